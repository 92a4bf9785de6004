/** What the client's runtime, `scripts/client/`, exports: read from its code, which the formatter keeps in one form. */
import { readFile } from "node:fs/promises";
import { firstParagraphLine } from "../../../shared/text.ts";

/** A type that the runtime exports. */
export interface Declaration {
  name: string;
  /** The first paragraph of its comment, on one line. */
  summary: string;
  /** The public members that have a comment. */
  members: { signature: string; summary: string }[];
}

const FOLDER = new URL("../../../client/", import.meta.url);

const read = (file: string) => readFile(new URL(file, FOLDER), "utf8");

/** The names that the runtime's index exports, by the file that declares them. */
export async function runtimeExports(): Promise<Map<string, string[]>> {
  const found = (await read("index.ts")).matchAll(/^export (?:type )?\{([^}]*)\} from "\.\/(.+)";$/gm);
  return new Map(
    [...found].map(([, names = "", file = ""]) => [file, names.match(/\b(?!type\b)\w+/g) ?? []]),
  );
}

/** A comment, what it is of, and all up to the next line that begins without a space. */
const DECLARATION =
  /^\/\*\*(?<comment>(?:(?!\*\/).)*)\*\/\nexport (?:class|interface|type) (?<name>\w+)(?<body>.*?)(?=^[\w/}]|(?![\s\S]))/gms;

/** The declarations of these names in a file of the runtime, in the order of the names. */
export async function declarationsIn(file: string, names: readonly string[]): Promise<Declaration[]> {
  const declared = (await read(file)).matchAll(DECLARATION);
  const found = new Map(
    [...declared].map(({ groups: { comment = "", name = "", body = "" } = {} }) => [
      name,
      { name, summary: summaryOf(comment), members: membersOf(body) },
    ]),
  );
  return names.flatMap((name) => found.get(name) ?? []);
}

/** A comment of a member, and the member up to its body or its end: on one line, or with a line that closes it. */
const MEMBER =
  /^ {2}\/\*\*(?<comment>(?:(?!\*\/).)*)\*\/\n {2}(?<code>[^\n]+?|\S[^\n]*(?:\n {4}[^\n]*)+\n {2}\S[^\n]*?)(?: \{|;)$/gms;

function membersOf(body: string): Declaration["members"] {
  return [...body.matchAll(MEMBER)].flatMap(({ groups: { comment = "", code = "" } = {} }) => {
    const summary = summaryOf(comment);
    const signature = signatureOf(code);
    const isInner = /^(protected |#|\[|constructor\b)/.test(signature);
    return isInner || summary === "" ? [] : [{ signature, summary }];
  });
}

/** A member without its modifiers and its first value, on one line. */
export function signatureOf(code: string): string {
  return code
    .trim()
    .replace(/^((override|readonly|async|static|get) )+/, "")
    .replace(/^(\w+\??(: [^=()]+)?) = .*$/s, "$1")
    .replaceAll(/\s+/g, " ");
}

/** The first paragraph of a comment, up to its tags. */
function summaryOf(comment: string): string {
  const text = comment.replaceAll(/^ *\* ?/gm, "").replace(/(^|\s)@[a-z].*/s, "");
  return firstParagraphLine(text);
}

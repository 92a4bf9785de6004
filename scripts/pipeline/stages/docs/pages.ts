/** The pages of text that stand beside Redoc's: guides, a page for each operation, the changes, and all in one. */

import type { Document, OperationEntry } from "../../../document/model.ts";
import { operations } from "../../../document/operations.ts";
import { InputError, type Problem } from "../../../shared/input-error.ts";
import { firstParagraphLine } from "../../../shared/text.ts";
import type { Contract } from "../../read/contract.ts";
import { type Guide, slugOf } from "../../read/guides.ts";
import { mapLinks, relativeAddress } from "./links.ts";
import { markdownOperation, titleOf } from "./markdown/operations.ts";
import { markdownReference, markdownValues } from "./markdown/reference.ts";

export interface TextPage {
  kind: "guide" | "operation" | "values" | "changelog" | "reference" | "missing";
  /** Its address below the site's root, without `.md` or `.html`, in both of which it is there. */
  path: string;
  title: string;
  /** The first tag of an operation. */
  tag?: string | undefined;
  /** One or two sentences of plain text. */
  summary: string;
  /** Markdown, the title included; links to other pages are relative to the site's root and end in `.md`. */
  text: string;
}

/**
 * @param files the names of the site's other files, which pages may link to
 * @throws {InputError} for each link of a guide that leads nowhere
 */
export function textPages(contract: Contract, files: readonly string[]): TextPage[] {
  const { document, guides, changelog } = contract;
  const { title, version } = document.info;
  const paths = operationPaths(document);
  const others: TextPage[] = [...operations(document)].map((entry) => ({
    kind: "operation",
    path: paths.get(keyOf(entry)) ?? "",
    title: titleOf(entry),
    tag: entry.operation.tags?.[0],
    summary: firstParagraphLine(entry.operation.description) || titleOf(entry),
    text: markdownOperation(document, entry, `${REFERENCE}.md`),
  }));
  const values = markdownValues(document);
  if (values)
    others.push({
      kind: "values",
      path: "values",
      title: "Values and errors",
      summary: `Every named value of ${title}, and every error with an example.`,
      text: `# Values and errors\n\n${values}`,
    });
  if (changelog?.dates.has(version))
    others.push({
      kind: "changelog",
      path: "changelog",
      title: "Changelog",
      summary: `What has changed in ${title}, version by version.`,
      text: changelog.text,
    });
  others.push({
    kind: "reference",
    path: REFERENCE,
    title: "The whole reference",
    summary: `All of ${title} on one page: every operation, field and schema.`,
    text: markdownReference(document),
  });
  const known = new Set([
    ...files,
    ...guides.map(({ slug }) => `${guidePath(slug)}.md`),
    ...others.map(({ path }) => `${path}.md`),
  ]);
  const problems: Problem[] = [];
  const own = guides.map((guide): TextPage => {
    const { slug, title, summary } = guide;
    const text = `# ${title}\n\n${fromRoot(guide, known, problems)}`;
    return { kind: "guide", path: guidePath(slug), title, summary, text };
  });
  if (problems.length > 0) throw new InputError(...problems);
  return [...own, ...others];
}

/** What hosts show for an address that the site does not have. It is in no list. */
export const MISSING: TextPage = {
  kind: "missing",
  path: "404",
  title: "Page not found",
  summary: "There is no page at this address.",
  text: "# Page not found\n\nThere is no page at this address. Choose one from the list.",
};

const GUIDES = "guides";
/** The page that has everything. */
export const REFERENCE = "reference";

function guidePath(slug: string): string {
  return `${GUIDES}/${slug}`;
}

/** What `operationPaths` knows an operation by. */
export function keyOf({ method, path }: OperationEntry): string {
  return `${method} ${path}`;
}

/**
 * The page of each operation, named after its ID; after its method and path where it has none that can be the name of a
 * file on every system.
 */
export function operationPaths(document: Document): Map<string, string> {
  const taken = new Set<string>();
  const entries = [...operations(document)].map((entry): [string, string] => {
    const id = entry.operation.operationId ?? "";
    const name = /^[\w.-]+$/.test(id) ? id : fileName(`${entry.method} ${entry.path}`);
    let free = name;
    for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${name}-${number}`;
    taken.add(free.toLowerCase());
    return [keyOf(entry), `operations/${free}`];
  });
  return new Map(entries);
}

/** `get /ships/{id}` as `get-ships-id`. */
function fileName(text: string): string {
  return text.replace(/[^\w.-]+/g, "-").replace(/^-|-$/g, "");
}

/** A guide's text, its links made relative to the site's root. */
function fromRoot({ text, place }: Guide, known: ReadonlySet<string>, problems: Problem[]): string {
  return mapLinks(text, GUIDES, ({ path, hash }, offset) => {
    const [, name = ""] = /^guides\/([^/]+)$/.exec(path) ?? [];
    const slug = slugOf(name);
    const target = slug === undefined ? path : `${guidePath(slug)}.md`;
    if (!known.has(target))
      problems.push({
        place: place(text.slice(0, offset).split("\n").length),
        message: `The site has no ${target}.`,
        advice:
          "Link to another guide by its file, to ../operations/<operationId>.md, ../reference.md or ../openapi.yaml.",
      });
    return target + hash;
  });
}

/** A page's Markdown with links that work where it stands, to pages of the same form. */
export function linked({ path, text }: TextPage, form: "md" | "html"): string {
  return mapLinks(text, "", (link) => {
    const target = form === "md" ? link.path : link.path.replace(/\.md$/, ".html");
    return relativeAddress(path, target) + link.hash;
  });
}

/** The members of a request's body that ask for another answer than the usual one, and what this does to types. */
import type { OperationEntry, Schema } from "../../../document/model.ts";
import { choicesOf } from "../../../document/response-choice.ts";
import { member, parts } from "../../../document/schemas.ts";
import type { Json } from "../../../shared/json.ts";
import { essence, STREAM_TYPE } from "../../../shared/media-types.ts";
import type { Answer, Source } from "./answer-types.ts";
import { type Argument, bodySchema, isForm } from "./arguments.ts";

/** By OpenAI's convention: the member of a request's body that asks for a stream. */
const STREAM = "stream";

/** An answer that a member of the body asks for. */
interface Choice {
  member: string;
  values: readonly Json[];
  /** Its media type, without parameters. */
  accept: string;
  type: string;
}

/** What else an operation answers, and the types of the bodies that ask for it. */
export interface Choices {
  argument: Argument;
  /** With the type of the body that asks for each. */
  list: (Choice & { body: string })[];
  /** The body that asks for none of them. */
  off: string;
  /** The body, for any answer. It is named by its variants where these have names, so that type errors show them. */
  any: string;
  /** The types of bodies that have a name, where a stream is all that there is to choose: by the name. */
  variants: Map<string, string> | undefined;
  isForm: boolean;
}

/** @returns undefined where the body decides nothing */
export function choicesFor(
  source: Source,
  entry: OperationEntry,
  answer: Answer,
  argument: Argument | undefined,
): Choices | undefined {
  const { response, accept, stream } = answer;
  if (!argument || !response) return undefined;
  const schema = bodySchema(source, entry);
  const found = choicesOf(response).flatMap(({ mediaType, condition, when }): Choice[] => {
    const kind = essence(mediaType);
    const type = kind === STREAM_TYPE ? stream?.type : answer.typeFor(mediaType);
    if (type === undefined) return [];
    if (condition?.in === "body" && member(source.document, schema, condition.name))
      return [{ member: condition.name, values: condition.values, accept: kind, type }];
    const byFlag = when === undefined && kind === STREAM_TYPE && accept !== STREAM_TYPE;
    return byFlag && typesOf(source, schema, STREAM).includes("boolean")
      ? [{ member: STREAM, values: [true], accept: kind, type }]
      : [];
  });
  if (found.length === 0) return undefined;
  // What a `FormData` asks for, no type can tell.
  const typed = argument.type.replace(/^FormData \| /, "");
  const list = found.map((choice) => ({
    ...choice,
    body: `${typed} & { ${choice.member}: ${union(choice.values)} }`,
  }));
  const [first] = list;
  const members = [...new Set(found.map((choice) => choice.member))];
  const off = `${typed} & { ${members.map((name) => `${name}?: ${others(source, schema, name, found)}`).join("; ")} }`;
  const names = { off: `${argument.type}NonStreaming`, on: `${argument.type}Streaming` };
  const isNamed =
    first !== undefined &&
    isStreamFlag(list) &&
    source.exported.has(argument.type) &&
    !source.taken.has(names.off) &&
    !source.taken.has(names.on);
  return {
    argument,
    list: isNamed ? [{ ...first, body: names.on }] : list,
    off: isNamed ? names.off : off,
    any: isNamed ? `${names.off} | ${names.on}` : argument.type,
    variants: isNamed
      ? new Map([
          [names.off, off],
          [names.on, first.body],
        ])
      : undefined,
    isForm: isForm(source, entry),
  };
}

/** Whether all that the body decides is, by `stream: true`, whether the answer comes as a stream. */
export function isStreamFlag([first, ...more]: readonly Choice[]): boolean {
  return first?.member === STREAM && first.values.every((value) => value === true) && more.length === 0;
}

/** The code that tells which media type is asked for. */
export function acceptCode({ list, isForm, argument }: Choices, usual: string): string {
  return list.reduceRight((otherwise, { member, values, accept }) => {
    const isFlag = member === STREAM && values.every((value) => value === true);
    const test =
      isFlag && !isForm
        ? `body${argument.optional ? "?" : ""}.${STREAM}`
        : `asksFor(body, ${[member, ...values].map((value) => JSON.stringify(value)).join(", ")})`;
    return `${test} ? ${JSON.stringify(accept)} : ${otherwise}`;
  }, JSON.stringify(usual));
}

/** The code of a body that asks for a stream; it replaces what the body asked for before. */
export function streamingBody({ list, isForm }: Choices): string {
  const choice = list.find(({ accept }) => accept === STREAM_TYPE);
  if (!choice) return "body";
  const value = JSON.stringify(choice.values[0] ?? true);
  return isForm
    ? `withMember(body, ${JSON.stringify(choice.member)}, ${value})`
    : `{ ...body, ${choice.member}: ${value} }`;
}

/** The types of a member that ask for none of the choices. */
function others(
  source: Source,
  schema: Schema | undefined,
  name: string,
  choices: readonly Choice[],
): string {
  const taken = choices.filter((choice) => choice.member === name).flatMap(({ values }) => values);
  const types = typesOf(source, schema, name);
  const known = [...parts(source.document, member(source.document, schema, name))].flatMap(
    (part) => part.enum ?? [],
  );
  const left = types.includes("boolean") ? [true, false] : known;
  const literals = left.filter((value) => !taken.includes(value));
  const more = left.length === 0 && types.includes("string") ? ["string"] : [];
  const nothing = types.includes("null") && !taken.includes(null) && !literals.includes(null) ? [null] : [];
  return (
    [...(literals.length + nothing.length > 0 ? [union([...literals, ...nothing])] : []), ...more].join(
      " | ",
    ) || "undefined"
  );
}

function typesOf({ document }: Source, schema: Schema | undefined, name: string): string[] {
  return [...parts(document, member(document, schema, name))].flatMap(({ type }) => type ?? []);
}

function union(values: readonly Json[]): string {
  return values.map((value) => JSON.stringify(value)).join(" | ");
}

/** What a server says when something failed, in any of the forms that servers use. No standard covers them all. */
import { isObject, parseJSON } from "../shared/json.ts";

/**
 * Members that hold the explanation, the most specific first, without capitals and dashes. RFC 9457 has `detail` and `title`.
 */
const WORDS = [
  ...["message", "msg", "errormessage", "errormsg", "errmsg", "errordescription", "errorinfo", "faultstring"],
  ...["detail", "details", "statusmsg", "errors", "violations", "invalidparams", "issues"],
  ...["exception", "reason", "title", "description"],
];
/** Members that hold the error itself. */
const ERRORS = ["error", "err", "fault"];
/** How deep one form may be wrapped in another, JSON within a text included. */
const DEEPEST = 6;
/** Items of a list, and characters of the whole, beyond which a message is no longer readable. */
const [MOST, LONGEST] = [5, 500];
/** How much of a text is looked at. */
const READ = 20_000;

/**
 * The server's own words.
 *
 * @param said an error's body: parsed JSON, JSON as text, a page of HTML, or plain text
 * @returns one line of at most 500 characters; undefined where none of the known forms holds any words
 */
export function errorWords(said: unknown): string | undefined {
  return words(said, 0)?.slice(0, LONGEST);
}

/**
 * Whether a successful status or a frame of a stream carries an error in place of what was asked for.
 *
 * @param value the parsed answer or frame
 * @param expected members of which a real answer has at least one, such as `choices`; empty if nothing is known
 */
export function isErrorReport(value: unknown, expected: readonly string[] = []): boolean {
  if (Array.isArray(value))
    return value.length > 0 && value.every((item) => isObject(item) && isErrorReport(item["error"] && item));
  if (!isObject(value)) return false;
  const { object, base_resp: base } = value;
  if (object === "error" || failed(base)) return true;
  const answered = hasAny(value, expected);
  // Beside an answer, which nearly every chunk of a stream is, it has one of two names.
  const plain = answered || expected.length === 0;
  const error = plain ? value["error"] || choiceError(value) : errorOf(value);
  // Some relays send an empty `error` beside every answer.
  if (error) return words(error, 0) !== undefined || (expected.length > 0 ? !answered : !isEmpty(error));
  return expected.length > 0 && !answered && words(value, 0) !== undefined;
}

/** Whether an object has one of these members, and not as null. */
export function hasAny(value: Record<string, unknown>, names: readonly string[]): boolean {
  for (const name of names) if (value[name] !== undefined && value[name] !== null) return true;
  return false;
}

/** The object that has `code`, `type` and `param` beside the words: the `error` member, or the body itself. */
export function errorHolder(said: unknown, depth = 0): Record<string, unknown> {
  const value = typeof said === "string" ? parsed(said) : Array.isArray(said) ? said[0] : said;
  if (!isObject(value) || depth > DEEPEST) return {};
  const error = errorOf(value);
  const { errors } = value;
  const inner = isObject(error) ? error : Array.isArray(errors) ? errors[0] : undefined;
  return isObject(inner) ? errorHolder(inner, depth + 1) : value;
}

function words(said: unknown, depth: number): string | undefined {
  if (depth > DEEPEST) return undefined;
  if (typeof said === "string") {
    const value = parsed(said);
    return (value !== undefined && words(value, depth + 1)) || plain(said.slice(0, READ)) || undefined;
  }
  if (Array.isArray(said)) {
    const found = said.slice(0, MOST).flatMap((item) => words(item, depth + 1) ?? []);
    return [...new Set(found)].join("; ") || undefined;
  }
  return isObject(said) ? wordsOfObject(said, depth + 1) : undefined;
}

function wordsOfObject(said: Record<string, unknown>, depth: number): string | undefined {
  const { loc, path, metadata, base_resp: base } = said;
  const error = errorOf(said);
  const inner = words(error, depth);
  const explained = first(said, depth) ?? (failed(base) ? words(base, depth) : undefined);
  // An error in one word, such as `Too Many Requests`, is explained by what stands beside it.
  const beside = typeof error === "string" && !explained && typeof path === "string" ? path : explained;
  const both = typeof error === "string" && inner && beside && !beside.includes(inner);
  const text = both ? `${inner}: ${beside}` : (inner ?? beside);
  // FastAPI names the field beside the message, OpenRouter the words of the upstream.
  const field = Array.isArray(loc) && text ? `${loc.join(".")}: ${text}` : text;
  const raw = isObject(metadata) ? words(metadata["raw"], depth) : undefined;
  return raw && !field?.includes(raw) ? [field, raw].filter(Boolean).join(": ") : field;
}

function first(said: Record<string, unknown>, depth: number): string | undefined {
  for (const value of named(said, WORDS)) {
    // Messages by field: `{"errors": {"model": ["is unknown"]}}`.
    const byField =
      isObject(value) && Object.entries(value).map(([field, text]) => ({ loc: [field], msg: text }));
    const found = words(value, depth) ?? (byField ? words(byField, depth) : undefined);
    if (found) return found;
  }
  return undefined;
}

/** What holds the error; undefined where it is empty, as beside every answer of some relays. */
function errorOf(said: Record<string, unknown>): unknown {
  return named(said, ERRORS).find(Boolean) ?? choiceError(said);
}

/** OpenRouter reports an upstream's failure within the choice. */
function choiceError({ choices }: Record<string, unknown>): unknown {
  if (Array.isArray(choices)) for (const choice of choices) if (isObject(choice?.error)) return choice.error;
  return undefined;
}

/** The members of these names, in the order of the names. `Message`, `error_msg` and `errorMsg` are all in use. */
function named(said: Record<string, unknown>, names: string[]): unknown[] {
  const found = Object.keys(said).map(
    (name) => [name.toLowerCase().replace(/[_-]/g, ""), said[name]] as const,
  );
  return names.flatMap((name) => found.filter(([known]) => known === name).map(([, value]) => value));
}

/** MiniMax reports failures with HTTP 200 and a second status, of which 0 is success. */
function failed(base: unknown): boolean {
  return isObject(base) && Boolean(base["status_code"]);
}

function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((item) => item === null || item === "");
}

/** JSON in a text; undefined where it is not JSON, or no object or list. */
function parsed(text: string): unknown {
  return /^\s*[[{]/.test(text) ? parseJSON(text) : undefined;
}

/** How a page or other markup begins. `<|im_start|>` begins none, and neither does `<image>` without an end. */
const MARKUP = /^\s*<([!?]|(html|head|title|body|h\d|p|div|center|pre)\b|[a-z][\s\S]*<\/[a-z])/i;

/** A text on one line; of a page, its title and its visible words. */
function plain(text: string): string {
  if (!MARKUP.test(text)) return text.trim();
  const title = visible(/<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? "");
  const body = visible(text.replace(/<!--[\s\S]*?-->|<(head|style|script)\b[\s\S]*?(<\/\1>|$)/gi, " "));
  return body.startsWith(title) ? body : `${title} ${body}`.trim();
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'" };

function visible(html: string): string {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/\s+/g, " ")
    .trim();
}

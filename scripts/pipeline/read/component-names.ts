/** Names for the components that a bundle gains: as a person would name them, each taken once. */
import { type Document, METHODS } from "../../document/model.ts";
import { isObject } from "../../shared/json.ts";
import { at, parsePointer, toPointer } from "../../shared/pointer.ts";

/** `/` and `~` are escaped in pointers, `%` and quotes in URLs: few tools get such names right. */
const UNSAFE = /[^\p{L}\p{M}\p{N} ._-]+/gu;

/** A component's name in the bundle: its own, but for characters that tools stumble over. */
export function safeName(name: string): string {
  return name.replace(UNSAFE, "_") || "_";
}

/**
 * A name for what a pointer leads to.
 *
 * @param pointer a JSON Pointer in the file; empty for its whole content
 * @param file the path or URL of the file
 * @param root the root document, if the pointer leads into it: an operation's parts are named after its operationId
 */
export function nameOf(pointer: string, file: string, root?: Document): string {
  const tokens = parsePointer(pointer);
  const last = tokens.at(-1);
  if (last === undefined) return safeName(baseName(file));
  if (root && tokens[0] === "paths") return ofOperation(tokens, root);
  const [container = "", before] = [tokens.at(-2), tokens.slice(0, -2)];
  if (root && container === "properties") return safeName(pascal(...named(before), last));
  if (root && /^(\d+|items|schema|contentSchema|additionalProperties|not)$/.test(last))
    return safeName(pascal(...named(tokens)));
  return safeName(last);
}

function baseName(file: string): string {
  const name = file.split(/[/\\]/).at(-1) ?? "";
  return name.replace(/\.[^.]*$/, "") || name;
}

/** `ListResponse` for the schema of what `list` answers, `ListRequest` for that of its body. */
function ofOperation(tokens: string[], root: Document): string {
  const [, path = "", method = "", part, ...rest] = tokens;
  const operation = at(root, toPointer(tokens.slice(0, 3)));
  const id = isObject(operation) && METHODS.some((known) => known === method) ? operation["operationId"] : "";
  const words = typeof id === "string" && id !== "" ? [id] : [method, ...path.split(/\W+/)];
  const role = part === "requestBody" ? "Request" : part === "responses" ? "Response" : "";
  const target = at(root, toPointer(tokens));
  const own = isObject(target) && typeof target["name"] === "string" ? [target["name"]] : [];
  return safeName(pascal(...words, role, ...own, ...named(rest)));
}

/** The tokens of a pointer that are names, without the keywords and indexes between them. */
function named(tokens: string[]): string[] {
  const keyword =
    /^(\d+|\dXX|default|components|schemas|responses|requestBodies|parameters|content|schema|properties|\$defs|.*\/.*)$/i;
  return tokens.filter((token) => !keyword.test(token));
}

/** Words as one name: `ListPets`. */
export function pascal(...words: string[]): string {
  return words
    .flatMap((word) => word.split(/[^\p{L}\p{N}]+/u))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

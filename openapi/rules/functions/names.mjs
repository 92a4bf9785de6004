/** The names that a contract gives to things, and the texts in backticks that mention one. */
import { entries } from "./document.mjs";
import { schemasAt } from "./members.mjs";
import { walk } from "./walk.mjs";

const LITERALS = ["true", "false", "null"];
/** What every message may have, and no contract declares. */
const HEADERS = [
  ...["accept", "accept-encoding", "accept-language", "authorization", "user-agent"],
  ...["content-disposition", "content-encoding", "content-length", "content-type"],
];
/** Shorter names often differ in a letter from another word: `it` from `id`. */
const LONG = 5;

const known = new WeakMap();

/**
 * The texts in backticks that look like something of the contract, and are not: a field, a value, a header, an operation,
 * or a path to a field such as `choices[0].message`. Blocks of code are left out, and so are plain words that are near to
 * no name: they may be values that the contract leaves open, or names of other software.
 *
 * @param more names that the text may use beside those of the contract
 * @returns `{ name, near }`, `near` being a name that differs in one letter
 */
export function unknownNames(document, text, more = []) {
  const prose = text.replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, "");
  const { names } = namesOf(document);
  return [...prose.matchAll(/`([^`]+)`/g)]
    .map(([, span]) => span.replaceAll(/\s+/g, " "))
    .filter((span) => !isKnown(document, span, more))
    .map((name) => ({ name, near: [...names].find((other) => isNear(name, other)) }))
    .filter(({ name, near }) => near !== undefined || !/^[a-z0-9]+$/.test(name));
}

function isKnown(document, span, more) {
  const { names, headers, paths } = namesOf(document);
  const isName = (name) => names.has(name) || more.includes(name);
  const [, method, path] = /^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE) (\/\S*)$/.exec(span) ?? [];
  if (method) return paths.some((one) => one.method === method && isEndOf(one.path, path));
  const [, header] =
    /^(x(?:-[a-z]+)+|[A-Z][a-z]*(?:-[A-Z][a-z]+)+|[A-Z][a-z]+(?=: ))(?:: .*)?$/.exec(span) ?? [];
  if (header) return headers.has(header.toLowerCase()) || isName(header);
  const [, member, value] = /^"(\w+)": (?:"(\w*)"|.*)$/.exec(span) ?? [];
  if (member) return isName(member) && (value === undefined || isName(value));
  if (/^\[[A-Z]+\]$/.test(span) || /^[a-z]\w*$/.test(span)) return isName(span);
  if (!/^[a-z]\w*(?:\.[a-z]\w*|\[-?\d+\])+$/.test(span)) return true;
  // A text with dots may be the name of a file, or of a host.
  const isPath = span.includes("[") || isName(span.split(".")[0]);
  return !isPath || isName(span) || leadsSomewhere(document, span);
}

/** Whether an address is the end of a path: a client's base URL may hold the beginning. */
function isEndOf(template, address) {
  const [given, known] = [address.split("?")[0], template].map((text) => text.split("/").slice(1));
  const end = known.slice(-given.length);
  return (
    end[0] === given[0] && given.every((part, index) => end[index] === part || end[index]?.startsWith("{"))
  );
}

/** Whether two names are the same but for one letter that is missing or added or, in long ones, changed. */
function isNear(name, other) {
  if (name.length === other.length && name.length < LONG) return false;
  const shortened = (text) => [
    text,
    ...Array.from(text, (_, index) => text.slice(0, index) + text.slice(index + 1)),
  ];
  return (
    Math.abs(name.length - other.length) < 2 &&
    shortened(name).some((text) => shortened(other).includes(text))
  );
}

/** Whether some field has a name, and below it the fields that a path such as `choices[0].message` leads through. */
function leadsSomewhere(document, path) {
  const [first, ...rest] = path.split(/[.[\]]+/).filter((part) => part !== "");
  return walk(document).some(
    ({ node, kind }) =>
      kind === "schema" &&
      Object.hasOwn(node.properties ?? {}, first) &&
      schemasAt(document, node.properties[first], rest.map((part) => `/${part}`).join("")).length > 0,
  );
}

function namesOf(document) {
  if (!known.has(document)) known.set(document, collect(document));
  return known.get(document);
}

function collect(document) {
  const names = new Set(LITERALS);
  const headers = new Set(HEADERS);
  const add = (value) => {
    if (typeof value === "string") {
      names.add(value);
      // What ends a stream is one of the texts of an example, and no JSON.
      for (const [, word] of value.matchAll(/^data: (\[[A-Z]+\])$/gm)) names.add(word);
    } else if (Array.isArray(value)) value.forEach(add);
    else for (const [name, inner] of entries(value)) add([name, inner]);
  };
  for (const { node, kind } of walk(document)) {
    if (kind === "schema") {
      const { properties = {}, const: only, enum: values = [], examples = [], default: usual } = node;
      add([Object.keys(properties), only, values, examples, usual]);
      add(Object.keys(node.discriminator?.mapping ?? {}));
    }
    if (kind.endsWith("example")) add(node.value);
    if (kind === "parameter") add([node.name, node.example]);
    if (kind === "parameter" && node.in === "header") headers.add(String(node.name).toLowerCase());
    if (kind === "response") for (const [name] of entries(node.headers)) headers.add(name.toLowerCase());
    if (kind === "operation") add([node.operationId, node["x-sdk-method"], node.tags]);
  }
  for (const [, { name }] of entries(document.components?.securitySchemes)) {
    add(name);
    headers.add(String(name).toLowerCase());
  }
  const paths = entries(document.paths).flatMap(([path, item]) =>
    entries(item).map(([method]) => ({ method: method.toUpperCase(), path })),
  );
  return { names, headers, paths };
}

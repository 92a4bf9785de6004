/** What rules ask of a document: its operations, and what references stand for. */
import { at } from "../../extensions/problems.mjs";
import { walk } from "./walk.mjs";

/** The tokens of a reference within the document, `#/components/schemas/Pet`. */
export function tokensOf(reference) {
  return decodeURIComponent(reference)
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A part of the document behind its references, with the path to it; undefined where they lead nowhere. */
export function resolve(document, node, path) {
  let found = { node, path };
  for (let hops = 0; typeof found.node?.$ref === "string"; hops++) {
    const { $ref } = found.node;
    const target = hops < 100 && $ref.startsWith("#") ? at(document, decodeURIComponent($ref)) : undefined;
    if (target === undefined) return undefined;
    found = { node: target, path: tokensOf($ref) };
  }
  return typeof found.node === "object" && found.node !== null ? found : undefined;
}

/**
 * Every operation: those of the paths, which consumers call, and those of webhooks and callbacks, which the server
 * calls (`fromServer`).
 */
export function operations(document) {
  return walk(document)
    .filter(({ kind }) => kind === "operation")
    .map(({ node, path }) => ({
      operation: node,
      path,
      fromServer: path[0] === "webhooks" || path.includes("callbacks"),
    }));
}

/** The operations that consumers call. */
export function calls(document) {
  return operations(document).filter(({ fromServer }) => !fromServer);
}

/** The parameters of an operation, those of its path among them, behind their references. */
export function parameters(document, { operation, path }) {
  const item = path.slice(0, -1).reduce((node, key) => node[key], document);
  return [item.parameters, operation.parameters]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .flatMap((parameter) => resolve(document, parameter, [])?.node ?? []);
}

/** The responses of an operation behind their references: `{ status, node, path }`. */
export function responses(document, { operation, path }) {
  return Object.entries(operation.responses ?? {})
    .filter(([status]) => !status.startsWith("x-"))
    .flatMap(([status, response]) => {
      const found = resolve(document, response, [...path, "responses", status]);
      return found ? [{ status, ...found }] : [];
    });
}

/** Whether a status, or `default`, stands for an error. */
export function isError(status) {
  return /^[45]/.test(status) || status === "default";
}

/** The entries of a map of objects; none where there is no map. */
export function entries(map) {
  return typeof map === "object" && map !== null ? Object.entries(map) : [];
}

/** The schemas of a list behind their references, with their paths. */
export function branches(document, list, path) {
  return (Array.isArray(list) ? list : []).flatMap((part, index) => {
    const found = resolve(document, part, [...path, index]);
    return found ? [{ ...found, reference: part?.$ref, index }] : [];
  });
}

/** The operations of a document, and what references stand for. */
import { at } from "../shared/pointer.ts";
import { type Document, METHODS, type OperationEntry, type Parameter, type Reference } from "./model.ts";

/** Every operation of the document, in document order. */
export function* operations(document: Document): Generator<OperationEntry> {
  for (const [path, referring] of Object.entries(document.paths ?? {})) {
    if (isExtension(path)) continue;
    const item = deref(document, referring);
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      const merged = new Map<string, Parameter>();
      for (const parameter of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
        const resolved = deref(document, parameter);
        merged.set(`${resolved.in}:${resolved.name}`, resolved);
      }
      const servers = operation.servers ?? item.servers ?? document.servers ?? [];
      yield { path, method, operation, parameters: [...merged.values()], servers };
    }
  }
}

/** The names of a path's parameters, in their order, each as often as it stands there. */
export function parameterNames(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
}

/** Whether a member among paths or responses is an extension, which may have any form. */
export function isExtension(name: string): boolean {
  return name.startsWith("x-");
}

/**
 * What a reference stands for; anything else is returned as it is.
 *
 * @throws {Error} when the reference leaves the document or points at nothing: a contract that was read by
 *   `readContract` has neither.
 */
export function deref<T extends object>(document: Document, node: T | Reference): T {
  let current: unknown = node;
  for (let hops = 0; isReference(current); hops++) {
    if (hops > 100) throw new Error(`The reference ${current.$ref} leads back to itself.`);
    current = at(document, current.$ref);
    if (current === undefined) throw new Error(`Nothing is at ${(node as Reference).$ref}.`);
  }
  return current as T;
}

function isReference(node: unknown): node is Reference {
  return typeof node === "object" && node !== null && typeof (node as Reference).$ref === "string";
}

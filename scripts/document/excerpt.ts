/** The part of a document that one operation needs. */
import { isObject, type Json, type Members, setMember } from "../shared/json.ts";
import { parsePointer } from "../shared/pointer.ts";
import { type Document, METHODS, type OperationEntry } from "./model.ts";
import { deref } from "./operations.ts";

/** The strings that are references in a value and all that is in it. Data must hold none. */
export function* referencesIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* referencesIn(item);
  else if (isObject(value))
    for (const [key, member] of Object.entries(value))
      if (key === "$ref" && typeof member === "string") yield member;
      else yield* referencesIn(member);
}

/**
 * A document with one operation, the components that it refers to, and all security schemes, without webhooks. It shares
 * their objects with the whole document, and is the whole document where a reference leads elsewhere than to a component.
 */
export function excerpt(
  document: Document,
  { path, method }: Pick<OperationEntry, "path" | "method">,
): Document {
  const item = deref(document, document.paths?.[path] ?? {});
  const others = METHODS.filter((name) => name !== method);
  const alone = Object.fromEntries(
    Object.entries(item).filter(([key]) => !others.some((name) => name === key)),
  );
  const whole = document.components ?? {};
  const components: Record<string, Record<string, unknown>> = {};
  const { securitySchemes } = whole;
  if (securitySchemes) components["securitySchemes"] = { ...securitySchemes };
  const waiting = [...referencesIn([alone, securitySchemes])];
  for (let reference = waiting.pop(); reference !== undefined; reference = waiting.pop()) {
    const [root, section = "", name = ""] = parsePointer(reference);
    const component = (whole as Record<string, Record<string, unknown>>)[section]?.[name];
    if (root !== "components" || component === undefined) return document;
    components[section] ??= {};
    const taken = components[section];
    if (Object.hasOwn(taken, name)) continue;
    setMember(taken as Members, name, component as Json);
    waiting.push(...referencesIn(component));
  }
  const { webhooks: _, ...head } = document as Document & { webhooks?: unknown };
  return { ...head, paths: { [path]: alone }, components } as Document;
}

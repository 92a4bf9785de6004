/** What a JSON Pointer into values leads to, by the schema of those values. */
import { resolve, tokensOf } from "./document.mjs";

/** The schemas that a schema combines, behind their references, itself among them. */
export function parts(document, schema, seen = new Set()) {
  const found = resolve(document, schema, []);
  if (!found || seen.has(schema)) return [];
  seen.add(schema);
  // What stands beside a reference counts as well.
  return [...new Set([schema, found.node])].flatMap((node) => {
    const { allOf = [], anyOf = [], oneOf = [] } = node;
    return [node, ...[...allOf, ...anyOf, ...oneOf].flatMap((one) => parts(document, one, seen))];
  });
}

/** The schemas of what is at a pointer; none where nothing can be there. The index -1 means the last item. */
export function schemasAt(document, schema, pointer) {
  return tokensOf(pointer).reduce(
    (schemas, token) =>
      schemas
        .flatMap((one) => parts(document, one))
        .flatMap(({ properties = {}, items, additionalProperties }) => {
          if (Object.hasOwn(properties, token)) return [properties[token]];
          if (/^(-1|\d+)$/.test(token) && items !== undefined) return [items];
          return typeof additionalProperties === "object" ? [additionalProperties] : [];
        }),
    [schema],
  );
}

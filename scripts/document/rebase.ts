/** References into a document, for a compiler that knows the document by a name. */

/**
 * A copy of a schema in which references into the document are references into the named resource.
 *
 * @param resource the name under which the compiler has the document
 * @param prefix how the references begin that mean the document, such as `#/components/`: any other one means the schema
 */
export function rebase(node: unknown, resource: string, prefix: string): unknown {
  if (Array.isArray(node)) return node.map((item) => rebase(item, resource, prefix));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === "$ref" && typeof value === "string" && value.startsWith(prefix)
        ? [key, `${resource}${value}`]
        : [key, rebase(value, resource, prefix)],
    ),
  );
}

/** Gives the events of streams names, so that types can refer to them. */
import { responsesOf } from "../../document/examples.ts";
import type { Document, SchemaObject } from "../../document/model.ts";
import { operations } from "../../document/operations.ts";
import { isObject } from "../../shared/json.ts";
import { toPointer } from "../../shared/pointer.ts";
import { pascal, safeName } from "./component-names.ts";

/**
 * Makes components of the schemas that describe what a streamed text holds, where they have no name: `RunJobEvent`, after
 * the operation. Each stays the same object, so that its place in the files is known.
 *
 * @param document is changed
 */
export function nameEvents(document: Document): void {
  for (const { path, method, operation } of operations(document)) {
    const name = pascal(
      ...(operation.operationId ? [operation.operationId] : [method, ...path.split(/\W+/)]),
    );
    for (const { response } of responsesOf(document, operation.responses))
      for (const { schema } of Object.values(response.content ?? {}))
        if (typeof schema === "object" && isUnnamed(schema.contentSchema))
          schema.contentSchema = { $ref: added(document, safeName(`${name}Event`), schema.contentSchema) };
  }
}

function isUnnamed(schema: unknown): schema is SchemaObject {
  return isObject(schema) && !("$ref" in schema);
}

/** Adds a component schema. @returns the reference to it */
function added(document: Document, wanted: string, schema: SchemaObject): string {
  document.components ??= {};
  document.components["schemas"] ??= {};
  const { schemas } = document.components as { schemas: Record<string, SchemaObject> };
  let name = wanted;
  for (let count = 2; Object.hasOwn(schemas, name); count++) name = `${wanted}${count}`;
  schemas[name] = schema;
  return `#${toPointer(["components", "schemas", name])}`;
}

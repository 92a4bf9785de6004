/** Requests that the old contract shows as examples, sent to the new one: what structure alone may not tell. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Document, Example, RequestBody } from "../../document/model.ts";
import { deref, operations } from "../../document/operations.ts";
import type { Json } from "../../shared/json.ts";
import { isJson } from "../../shared/media-types.ts";
import type { Change } from "./change.ts";

/**
 * The examples of request bodies that the old contract accepts and the new one refuses, as changes. An example without
 * a counterpart, or behind a schema that does not compile, is left out.
 */
export function refusedRequests(old: Document, now: Document): Change[] {
  const [before, after] = [validators(old), validators(now)];
  const bodies = new Map([...operations(now)].map((entry) => [nameOf(entry), bodyOf(now, entry.operation)]));
  return [...operations(old)].flatMap((entry) => {
    const operation = nameOf(entry);
    const [was, is] = [bodyOf(old, entry.operation), bodies.get(operation)];
    return Object.entries(was?.content ?? {}).flatMap(([type, media]) => {
      const target = is?.content?.[type];
      if (!isJson(type) || media.schema === undefined || target?.schema === undefined) return [];
      // To compile a schema takes long where it has thousands of parts.
      if (Object.keys(media.examples ?? {}).length === 0) return [];
      const [accepts, stillAccepts] = [before(media.schema), after(target.schema)];
      if (!accepts || !stillAccepts) return [];
      return Object.entries(media.examples ?? {}).flatMap(([name, example]): Change[] => {
        const { value } = deref<Example>(old, example);
        if (value === undefined || !accepts(value) || stillAccepts(value)) return [];
        return [refusal(operation, type, name, value, stillAccepts.errors)];
      });
    });
  });
}

function refusal(
  operation: string,
  type: string,
  name: string,
  value: Json,
  errors: readonly ErrorObject[] | null | undefined,
): Change {
  const [error] = errors ?? [];
  const reason = error ? `: ${error.instancePath || "it"} ${error.message}` : "";
  return {
    level: "major",
    operation,
    path: `/requestBody/content/${type.replaceAll("/", "~1")}/examples/${name}`,
    message: `The old contract's example \`${name}\` is now refused${reason}.`,
    was: value,
    is: null,
  };
}

/** Makes validators for the schemas of a document; undefined for one that does not compile. */
function validators(document: Document): (schema: object | boolean) => ValidateFunction | undefined {
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema(document, "contract");
  return (schema) => {
    try {
      return ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"contract#/')));
    } catch {
      return undefined;
    }
  };
}

function nameOf({ method, path }: { method: string; path: string }): string {
  return `${method.toUpperCase()} ${path}`;
}

function bodyOf(document: Document, { requestBody }: { requestBody?: RequestBody | { $ref: string } }) {
  return requestBody && deref<RequestBody>(document, requestBody);
}

/** Requests that the old contract shows as examples, sent to the new one: what structure alone may not tell. */
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import type { Document, Example, RequestBody } from "../../document/model.ts";
import { deref, operations } from "../../document/operations.ts";
import { patterns } from "../../document/pattern.ts";
import { rebase } from "../../document/rebase.ts";
import type { Json } from "../../shared/json.ts";
import { isJson } from "../../shared/media-types.ts";
import type { Change } from "./change.ts";

const CONTRACT = "contract";

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
      const [faults, newFaults] = [before(media.schema), after(target.schema)];
      return Object.entries(media.examples ?? {}).flatMap(([name, example]): Change[] => {
        const { value } = deref<Example>(old, example);
        if (value === undefined || faults(value)?.length !== 0) return [];
        const [first] = newFaults(value) ?? [];
        return first ? [refusal(operation, type, name, value, first)] : [];
      });
    });
  });
}

function refusal(
  operation: string,
  type: string,
  name: string,
  value: Json,
  { instancePath, message }: ErrorObject,
): Change {
  return {
    level: "major",
    operation,
    path: `/requestBody/content/${type.replaceAll("/", "~1")}/examples/${name}`,
    message: `The old contract's example \`${name}\` is now refused: ${instancePath || "it"} ${message}.`,
    was: value,
    is: null,
  };
}

/** What is wrong with a value; undefined where that cannot be told. */
type Faults = (value: Json) => readonly ErrorObject[] | undefined;

/**
 * Makes validators for the schemas of a document. Nothing can be told by a schema that does not compile, such as one
 * with a pattern that nothing bounds in time, or one that consists of itself. Formats are left to the comparison of the
 * schemas.
 */
function validators(document: Document): (schema: object | boolean) => Faults {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    validateSchema: false,
    validateFormats: false,
    code: { regExp: Object.assign(patterns(true), { code: "pattern" }) },
  });
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch {
      return undefined;
    }
  };
  // Two schemas with one `$id` are refused.
  const added = attempt(() => ajv.addSchema(document, CONTRACT));
  return (schema) => {
    const validate = added && attempt(() => ajv.compile(rebase(schema, CONTRACT, "#/components/") as object));
    return (value) => validate && attempt(() => (validate(value) ? [] : (validate.errors ?? [])));
  };
}

function nameOf({ method, path }: { method: string; path: string }): string {
  return `${method.toUpperCase()} ${path}`;
}

function bodyOf(document: Document, { requestBody }: { requestBody?: RequestBody | { $ref: string } }) {
  return requestBody && deref<RequestBody>(document, requestBody);
}

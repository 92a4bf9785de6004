/** The contract's schemas, compiled: to check what comes in, and to say what is wrong with it in one sentence. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Document, Json, Schema } from "../pipeline/document.ts";

export interface Violation {
  /** The field at fault, such as `messages[0].role`; null for the whole value. */
  field: string | null;
  message: string;
}

export type Check = (value: unknown) => Violation | undefined;

/** Compiles schemas whose references (`#/components/…`) mean the given document. */
export interface Compiler {
  /**
   * Checks a value and names the first thing wrong with it.
   *
   * @throws {Error} when the schema cannot be compiled
   */
  check(schema: Schema): Check;
  /** Tells whether a value matches; the schema may use `last`, for the last item of a list. */
  matcher(schema: Schema): (value: unknown) => boolean;
}

const CONTRACT = "contract";

export function compiler(document: Document): Compiler {
  const plain = instance(document, false);
  const tagged = instance(document, true);
  return {
    check: (schema) => {
      const validate = compileTagged(tagged, plain, schema);
      return (value) => (validate(value) ? undefined : describe(validate.errors ?? []));
    },
    matcher: (schema) => plain.compile(rebase(schema) as object),
  };
}

function instance(document: Document, discriminator: boolean): Ajv2020 {
  // One error is enough, and a body with 20,000 faults costs no more than one with a single fault.
  const ajv = new Ajv2020({ strict: false, allErrors: false, discriminator, verbose: true, logger: false });
  addFormats.default(ajv);
  ajv.addKeyword({
    keyword: "last",
    type: "array",
    schemaType: ["object", "boolean"],
    compile: (schema: Schema) => {
      const validate = ajv.compile(rebase(schema) as object);
      return (list: unknown[]) => list.length === 0 || validate(list.at(-1)) === true;
    },
  });
  ajv.addSchema(withoutMappings(document) as object, CONTRACT);
  return ajv;
}

/** By discriminator where the schema's own allow it: then a wrong member is told apart from a wrong kind. */
function compileTagged(tagged: Ajv2020, plain: Ajv2020, schema: Schema): ValidateFunction {
  const rebased = withoutMappings(rebase(schema)) as object;
  try {
    return tagged.compile(rebased);
  } catch {
    return plain.compile(rebased);
  }
}

/** References into the document, as references into the resource that Ajv knows it by. */
function rebase(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rebase);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === "$ref" && typeof value === "string" && value.startsWith("#/components/")
        ? [key, `${CONTRACT}${value}`]
        : [key, rebase(value)],
    ),
  );
}

/** Ajv reads the tags from the branches' `const`s and refuses a `mapping`, which in 3.1 says the same again. */
function withoutMappings(node: unknown): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value) =>
      key === "discriminator" && value?.mapping
        ? { propertyName: value.propertyName, tags: Object.keys(value.mapping) }
        : value,
    ),
  );
}

/** The error that says most: the deepest one, and no mere summary of others. */
function describe(errors: readonly ErrorObject[]): Violation {
  const depth = Math.max(...errors.map(({ instancePath }) => instancePath.length));
  const deepest = errors.filter(({ instancePath }) => instancePath.length === depth);
  const telling = deepest.filter(({ keyword }) => !["anyOf", "oneOf", "if"].includes(keyword));
  const types = telling.filter(({ keyword }) => keyword === "type");
  const error = telling.find(({ keyword }) => keyword !== "type") ?? telling[0] ?? deepest[0];
  if (!error) return { field: null, message: "is not valid" };
  const place = fieldName(error.instancePath);
  const join = (name: string) => (place === null ? name : `${place}.${name}`);
  switch (error.keyword) {
    case "required":
      return { field: join(error.params["missingProperty"]), message: "is required" };
    case "discriminator": {
      const tags: string[] = error.parentSchema?.["discriminator"]?.tags ?? [];
      return { field: join(error.params["tag"]), message: `must be ${listed(tags)}` };
    }
    case "enum":
      return { field: place, message: `must be ${listed(error.params["allowedValues"])}` };
    case "const":
      return { field: place, message: `must be ${listed([error.params["allowedValue"]])}` };
    case "type":
      return {
        field: place,
        message: `must be ${[...new Set(types.flatMap(({ params }) => params["type"]))].join(" or ")}`,
      };
    default:
      return { field: place, message: error.message ?? "is not valid" };
  }
}

function listed(values: readonly Json[]): string {
  const texts = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return texts.length > 1 ? `one of ${texts.join(", ")}` : (texts[0] ?? "something else");
}

/** `/messages/0/role` as `messages[0].role`. */
function fieldName(pointer: string): string | null {
  if (pointer === "") return null;
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce(
      (path, token) => (/^\d+$/.test(token) ? `${path}[${token}]` : path ? `${path}.${token}` : token),
      "",
    );
}

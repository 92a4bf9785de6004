/** Faults that make a document useless to every stage, whatever its style. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { type Document, operations, type SchemaObject } from "./document.ts";
import type { Path } from "./locate.ts";

export interface Fault {
  path: Path;
  message: string;
  advice: string;
}

/**
 * Looks for what no stage can take: schemas that are not JSON Schema, references that lead in a circle with nothing
 * between, and operations that share a name. References that lead nowhere are the bundler's to find.
 */
export function soundness(document: Document): Fault[] {
  return [...circles(document), ...duplicates(document), ...invalidSchemas(document)];
}

function* circles(document: Document): Generator<Fault> {
  for (const [section, components] of Object.entries(document.components ?? {})) {
    for (const name of Object.keys(components)) {
      const chain: string[] = [];
      let pointer: string | undefined = `#/components/${section}/${name}`;
      while (pointer !== undefined && !chain.includes(pointer)) {
        chain.push(pointer);
        const [, , sectionOf = "", nameOf = ""] = pointer.split("/");
        const node = document.components?.[sectionOf]?.[nameOf] as { $ref?: string } | undefined;
        pointer = node?.$ref;
      }
      if (pointer === chain[0])
        yield {
          path: ["components", section, name],
          message: `${name} refers to itself and to nothing else: ${[...chain, pointer].join(" -> ")}`,
          advice: "Describe one of them, so that the references have something to stand for.",
        };
    }
  }
}

function* duplicates(document: Document): Generator<Fault> {
  const seen = new Map<string, string>();
  for (const { path, method, operation } of operations(document)) {
    const { operationId } = operation;
    if (operationId === undefined) continue;
    const first = seen.get(operationId);
    if (first !== undefined)
      yield {
        path: ["paths", path, method, "operationId"],
        message: `The operationId ${operationId} is taken by ${first}.`,
        advice: "Give each operation an operationId of its own: types, client and mock are named after it.",
      };
    else seen.set(operationId, `${method.toUpperCase()} ${path}`);
  }
}

/** Before 3.1 a schema is not JSON Schema, and has a dialect of its own. */
function* invalidSchemas(document: Document): Generator<Fault> {
  if (document.openapi.startsWith("3.0")) return;
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  for (const { path, schema } of rootSchemas(document)) {
    if (ajv.validateSchema(schema)) continue;
    const deepest = (ajv.errors ?? []).reduce((a, b) =>
      b.instancePath.length > a.instancePath.length ? b : a,
    );
    const at = deepest.instancePath
      .split("/")
      .slice(1)
      .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
    const allowed = deepest.params["allowedValues"] as unknown;
    yield {
      path: [...path, ...at],
      message: `This is not a valid schema: ${deepest.message ?? "it breaks JSON Schema"}${Array.isArray(allowed) ? ` (${allowed.join(", ")})` : ""}.`,
      advice: "Correct the keyword. A schema that tools cannot read is one that they silently ignore.",
    };
  }
}

/** The schemas that stand in no other schema. */
function* rootSchemas(document: Document): Generator<{ path: Path; schema: SchemaObject }> {
  yield* find(document, []);
}

function* find(node: unknown, path: Path): Generator<{ path: Path; schema: SchemaObject }> {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "example" || key === "examples" || key.startsWith("x-")) continue;
    const here = [...path, key];
    const isSchemas = path.length === 1 && path[0] === "components" && key === "schemas";
    if (isSchemas) {
      for (const [name, schema] of Object.entries(value as object)) yield { path: [...here, name], schema };
    } else if (key === "schema" || key === "itemSchema") {
      yield { path: here, schema: value as SchemaObject };
    } else yield* find(value, here);
  }
}

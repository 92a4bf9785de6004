/** Stage: the contract's TypeScript types, `schema.ts`. */
import openapiTS, { astToString } from "openapi-typescript";
import type ts from "typescript";
import type { Document } from "../../../document/model.ts";
import type { Warn } from "../../../shared/input-error.ts";
import type { Contract, Files } from "../../read/contract.ts";
import { banner } from "../banner.ts";
import { isolate } from "./isolate.ts";
import { prepare } from "./prepare.ts";
import { untie } from "./recursion.ts";
import { typeOf } from "./schema-type.ts";

/**
 * Makes the types. A schema or operation that they cannot express has the type `unknown`.
 *
 * @param warn called for each of those, with its place
 * @returns `schema.ts`
 * @throws {InputError} when openapi-typescript cannot take the document even without its schemas and operations
 */
export async function types(contract: Contract, warn: Warn = () => {}): Promise<Files> {
  const document = prepare(contract.document);
  let nodes = await isolate(document, generate, contract, warn);
  // A schema that is `unknown` may leave another circle without an end, so look again.
  for (let found = true; found; ) {
    found = false;
    const untied = untie(nodes, (marked) => {
      const chain = marked.map(unmark);
      const [name = ""] = chain;
      found = true;
      warn({
        place: contract.locate(["components", "schemas", name]),
        message: `${name} consists of itself: ${shown(chain)}. Its type is \`unknown\`.`,
        advice: "Put a property or a list between: validation would never end, and no type can express it.",
      });
      (document.components?.["schemas"] as Record<string, unknown>)[name] = {};
    });
    nodes = found ? await generate(document) : untied;
  }
  return new Map([
    ["schema.ts", banner(contract, "//") + unmark(astToString(nodes).replaceAll(REMARKS, ""))],
  ]);
}

/** A chain of names, without its middle if it is long. */
function shown(chain: readonly string[]): string {
  const names = chain.length > 8 ? [...chain.slice(0, 4), "…", ...chain.slice(-3)] : chain;
  return names.join(" -> ");
}

/** In JSON, since openapi-typescript changes the objects that it is given. */
function generate(document: Document): Promise<ts.Node[]> {
  return openapiTS(JSON.stringify(document).replaceAll(INHERITED, `$&${MARK}`), {
    // A member with a default may still be left out of a request.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
    transform: typeOf,
  });
}

/**
 * What every object inherits, such as `toString`. As the name of a schema or a member it ends the process of
 * openapi-typescript, so that it is marked before, and unmarked in the types.
 */
const INHERITED = new RegExp(
  `\\b(${Object.getOwnPropertyNames(Object.prototype)
    .filter((name) => name !== "__proto__")
    .join("|")})\\b`,
  "g",
);
const MARK = "_inherited_name_";

function unmark(text: string): string {
  return text.replaceAll(MARK, "");
}

/** What openapi-typescript adds to the descriptions of a discriminator's properties. */
const REMARKS =
  / \(enum property replaced by openapi-typescript\)|\n[ *]+@description discriminator enum property added by openapi-typescript(?=\n)/g;

/** Query parameters as Prism is to read them, which knows less of their styles than OpenAPI has (OpenAPI 3.1, 4.8.12). */
import type { Document, OperationEntry, Schema } from "../../document/model.ts";
import { members, parts } from "../../document/schemas.ts";
import type { Context } from "../scenarios/expression.ts";

/** A parameter as Prism knows it. */
interface Styled {
  style: string;
  explode?: boolean;
}

/** The default of `explode`, which Prism takes for false: true for the style `form` alone. */
export function withExplode<Parameter extends Styled>(parameters: Parameter[] | undefined): Parameter[] {
  return (parameters ?? []).map((one) => ({ ...one, explode: one.explode ?? one.style === "form" }));
}

/**
 * What rewrites the query of an operation: values that are parted by spaces, and the lists in an object whose members stand
 * for themselves, of which one may have a single item.
 *
 * @returns undefined where no parameter needs it
 */
export function queryReader(
  document: Document,
  { parameters }: OperationEntry,
): ((query: Context["query"]) => Context["query"]) | undefined {
  const declared = parameters.filter(({ in: place }) => place === "query");
  const spaced = declared.filter(({ style, explode }) => style === "spaceDelimited" && explode !== true);
  const lists = declared
    .filter(({ style = "form", explode = true }) => style === "form" && explode)
    .flatMap(({ schema }) => members(document, schema))
    .filter(([, schema]) => isList(document, schema));
  if (spaced.length === 0 && lists.length === 0) return undefined;
  return (query) => {
    const read = { ...query };
    for (const { name } of spaced)
      if (typeof read[name] === "string") read[name] = read[name].replaceAll(" ", "%20");
    for (const [name] of lists) if (typeof read[name] === "string") read[name] = [read[name]];
    return read;
  };
}

function isList(document: Document, schema: Schema): boolean {
  return [...parts(document, schema)].some(({ type, items }) => type === "array" || items !== undefined);
}

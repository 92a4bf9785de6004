/** Query parameters as Prism is to read them, which knows less of their styles than OpenAPI has (OpenAPI 3.1, 4.8.12). */
import type { Document, OperationEntry, Schema } from "../../document/model.ts";
import { members, parts } from "../../document/schemas.ts";
import type { Members } from "../../shared/json.ts";
import { formReader } from "../http/read-form.ts";
import type { Context } from "../scenarios/expression.ts";

/** A parameter as Prism knows it. */
interface Styled {
  style: string;
  explode?: boolean;
  schema?: object;
}

/** The most brackets of a name that is read: `filter[date][from]` has two. */
const DEEPEST = 20;

/**
 * Parameters for Prism. It takes the default of `explode` for false, which is true for the style `form` alone. What comes
 * in the style `deepObject` is read here: Prism knows no members in capitals, and none but those of `properties`. A value
 * whose type it does not see, it takes as it is.
 */
export function forPrism<Parameter extends Styled>(parameters: Parameter[] | undefined): Parameter[] {
  return (parameters ?? []).map((one) =>
    one.style === "deepObject"
      ? { ...one, style: "form", schema: { allOf: [one.schema ?? {}] } }
      : { ...one, explode: one.explode ?? one.style === "form" },
  );
}

export type QueryReader = (query: Context["query"]) => Record<string, unknown>;

/**
 * What rewrites the query of an operation: values that are parted by spaces, objects in the style `deepObject`, and the
 * lists in an object whose members stand for themselves, of which one may have a single item.
 */
export function queryReader(document: Document, { parameters }: OperationEntry): QueryReader {
  const declared = parameters.filter(({ in: place }) => place === "query");
  const spaced = declared.filter(({ style, explode }) => style === "spaceDelimited" && explode !== true);
  const lists = declared
    .filter(({ style = "form", explode = true }) => style === "form" && explode)
    .flatMap(({ schema }) => members(document, schema))
    .filter(([, schema]) => isList(document, schema));
  const deep = declared
    .filter(({ style }) => style === "deepObject")
    .map(({ name, schema = true }) => ({
      name,
      read: formReader(document, { schema: { properties: { [name]: schema } } }),
    }));
  return (query) => {
    const read: Record<string, unknown> = { ...query };
    for (const { name, read: objectOf } of deep) {
      const fields = Object.entries(query)
        .filter(([key]) => key.startsWith(`${name}[`) && key.split("[", DEEPEST + 2).length <= DEEPEST + 1)
        .flatMap(([key, values]) => [values].flat().map((value): [string, string] => [key, value]));
      read[name] = (objectOf(fields) as Members)[name];
    }
    for (const { name } of spaced)
      if (typeof query[name] === "string") read[name] = query[name].replaceAll(" ", "%20");
    for (const [name] of lists) if (typeof read[name] === "string") read[name] = [read[name]];
    return read;
  };
}

function isList(document: Document, schema: Schema): boolean {
  return [...parts(document, schema)].some(({ type, items }) => type === "array" || items !== undefined);
}

/** The arguments of a generated method: path parameters, the body, the query. */
import type { MediaType, OperationEntry, RequestBody, Schema } from "../../../document/model.ts";
import { deref, parameterNames } from "../../../document/operations.ts";
import { parts } from "../../../document/schemas.ts";
import { essence, isJson, JSON_TYPE } from "../../../shared/media-types.ts";
import type { Source } from "./answer-types.ts";
import { isIdentifier, pascal, variable } from "./names.ts";
import { componentType, operationType, preferred, scalarType } from "./type-names.ts";
import { bodySerializer, FORM, isWrittenInLines, URL_ENCODED } from "./writing.ts";

/** One parameter of a method. */
export interface Argument {
  name: string;
  type: string;
  optional: boolean;
  description: string | undefined;
}

/** Path parameters in the order of the path, by name. */
export function pathArguments({ exported }: Source, entry: OperationEntry): Map<string, Argument> {
  const taken = new Set(["body", "query", "headers", "cookies", "options"]);
  const found = new Map<string, Argument>();
  for (const name of parameterNames(entry.path)) {
    const declared = entry.parameters.find((parameter) => parameter.in === "path" && parameter.name === name);
    const argument = variable(name, taken);
    taken.add(argument);
    const type =
      declared &&
      (componentType(declared.schema, exported) ??
        scalarType(declared.schema) ??
        operationType(entry, "parameters", "path", name));
    found.set(name, {
      name: argument,
      type: type ?? "string",
      optional: false,
      description: declared?.description,
    });
  }
  return found;
}

export function bodyArgument(source: Source, entry: OperationEntry): Argument | undefined {
  const body = requestBody(source, entry);
  const chosen = isBodiless(entry) ? undefined : chosenBody(source, entry);
  if (!body || !chosen) return undefined;
  const [mediaType, media] = chosen;
  const kind = essence(mediaType);
  const inSchema = operationType(entry, "requestBody");
  const typed =
    componentType(media.schema, source.exported) ??
    `NonNullable<${inSchema}>["content"][${JSON.stringify(mediaType)}]`;
  if (isWrittenInLines(kind)) {
    const described = media.schema === undefined ? "unknown" : typed;
    const type = `${described.includes("|") ? `(${described})` : described}[] | RequestInit["body"]`;
    return { name: "body", type, optional: body.required !== true, description: body.description };
  }
  const form = kind === FORM ? `FormData | ${typed}` : undefined;
  const type =
    form ?? (isJsonBody(source, mediaType, media) || kind === URL_ENCODED ? typed : `RequestInit["body"]`);
  return { name: "body", type, optional: body.required !== true, description: body.description };
}

/** The body's media type where it is neither JSON nor a form with parts, as code. */
export function bodyType(source: Source, entry: OperationEntry): string | undefined {
  const [mediaType, media] = chosenBody(source, entry) ?? [];
  if (mediaType === undefined || media === undefined) return undefined;
  const type = isJson(mediaType) || !isJsonBody(source, mediaType, media) ? essence(mediaType) : JSON_TYPE;
  return type === JSON_TYPE || type === FORM ? undefined : JSON.stringify(type);
}

/** The media type that the body is sent as: JSON where there is a choice. */
function chosenBody(source: Source, entry: OperationEntry) {
  return preferred(requestBody(source, entry)?.content, URL_ENCODED, FORM);
}

/** Whether the body is sent as JSON: also where any type will do, and the schema describes more than text. */
function isJsonBody({ document }: Source, mediaType: string, { schema }: MediaType): boolean {
  if (isJson(mediaType)) return true;
  if (!/^(\*|application)\/\*$/.test(essence(mediaType))) return false;
  return [...parts(document, schema)].some(
    ({ type, properties }) =>
      properties !== undefined || [type].flat().some((one) => one === "object" || one === "array"),
  );
}

export function queryArgument(source: Source, entry: OperationEntry): Argument | undefined {
  const declared = entry.parameters.filter((parameter) => parameter.in === "query");
  if (declared.length === 0) return undefined;
  const optional = !declared.some(({ required }) => required);
  const written = operationType(entry, "parameters", "query");
  const type = parametersType(source, entry, "Query", optional ? `NonNullable<${written}>` : written);
  const names = declared.map(({ name }) => `\`${name}\``).join(", ");
  return { name: "query", type, optional, description: names };
}

/** The name of a type of parameters, after the operation: `ListFilesQuery`. An operation without an ID gives none. */
function parametersType(source: Source, entry: OperationEntry, what: string, type: string): string {
  const { operationId } = entry.operation;
  if (operationId === undefined) return type;
  const wanted = `${pascal(operationId)}${what}`;
  if (!isIdentifier(wanted) || source.taken.has(wanted)) return type;
  source.taken.add(wanted);
  source.parameters.set(wanted, type);
  return wanted;
}

/** Header parameters that the operation demands. Those that can be left out can go into `options.headers`. */
export function headersArgument(source: Source, entry: OperationEntry): Argument | undefined {
  // OpenAPI 3.1, 4.8.12.2.1: parameters of these names have no effect.
  const declared = entry.parameters.filter(
    ({ in: place, name }) => place === "header" && !/^(accept|content-type|authorization)$/i.test(name),
  );
  if (!declared.some(({ required }) => required)) return undefined;
  const names = declared.map(({ name }) => `\`${name}\``).join(", ");
  const type = parametersType(source, entry, "Headers", operationType(entry, "parameters", "header"));
  return { name: "headers", type, optional: false, description: names };
}

/** Cookies that the operation demands. The page of a browser cannot set them. */
export function cookiesArgument(entry: OperationEntry): Argument | undefined {
  const declared = entry.parameters.filter(({ in: place }) => place === "cookie");
  if (!declared.some(({ required }) => required)) return undefined;
  const names = declared.map(({ name }) => `\`${name}\``).join(", ");
  const type = operationType(entry, "parameters", "cookie");
  return { name: "cookies", type, optional: false, description: `${names}. Not in the page of a browser.` };
}

/** Whether `fetch` sends no body with this method. */
export function isBodiless({ method }: OperationEntry): boolean {
  return method === "get" || method === "head";
}

/** What sends the body as the document says, as code; undefined where nothing is needed. */
export function bodyWriter(source: Source, entry: OperationEntry): string | undefined {
  const [mediaType, media] = chosenBody(source, entry) ?? [];
  if (mediaType === undefined || !media) return undefined;
  const own = bodySerializer(source.document, mediaType, media);
  const known = isJsonBody(source, mediaType, media) || essence(mediaType) === URL_ENCODED;
  return own ?? (known ? undefined : "asGiven");
}

/** The schema of the body. */
export function bodySchema(source: Source, entry: OperationEntry): Schema | undefined {
  return chosenBody(source, entry)?.[1].schema;
}

/** Whether the body is a form. */
export function isForm(source: Source, entry: OperationEntry): boolean {
  return essence(chosenBody(source, entry)?.[0] ?? "") === FORM;
}

/** The operation's request body, behind a reference. */
function requestBody({ document }: Source, { operation }: OperationEntry): RequestBody | undefined {
  return operation.requestBody && deref(document, operation.requestBody);
}

/** The arguments with one of them in another form. */
export function changed(list: Argument[], one: Argument | undefined, change: Partial<Argument>): Argument[] {
  return list.map((argument) => (argument === one ? { ...argument, ...change } : argument));
}

/** Only the last arguments can be left out: an optional one before a required one is passed as `undefined`. */
export function parameterList(list: Argument[]): string {
  return list
    .map(({ name, type, optional }, index) => {
      if (!optional) return `${name}: ${type}`;
      const last = list.slice(index + 1).every((later) => later.optional);
      return last ? `${name}?: ${type}` : `${name}: ${type} | undefined`;
    })
    .join(", ");
}

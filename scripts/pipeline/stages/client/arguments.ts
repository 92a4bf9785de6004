/** The arguments of a generated method: path parameters, the body, the query. */
import type { OperationEntry, RequestBody } from "../../../document/model.ts";
import { deref } from "../../../document/operations.ts";
import { parts } from "../../../document/schemas.ts";
import { essence, isJson, JSON_TYPE } from "../../../shared/media-types.ts";
import type { Source } from "./answer.ts";
import { variable } from "./names.ts";
import { componentType, operationType, preferred } from "./type-names.ts";

const FORM = "multipart/form-data";
const URL_ENCODED = "application/x-www-form-urlencoded";

/** One parameter of a method. */
export interface Argument {
  name: string;
  type: string;
  optional: boolean;
  description: string | undefined;
}

/** Path parameters in the order of the path, by name. */
export function pathArguments({ exported }: Source, entry: OperationEntry): Map<string, Argument> {
  const taken = new Set(["body", "query", "options"]);
  const found = new Map<string, Argument>();
  for (const [, name = ""] of entry.path.matchAll(/\{([^{}]+)\}/g)) {
    const declared = entry.parameters.find((parameter) => parameter.in === "path" && parameter.name === name);
    const argument = variable(name, taken);
    taken.add(argument);
    const type =
      declared &&
      (componentType(declared.schema, exported) ?? operationType(entry, "parameters", "path", name));
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
  const chosen = body && preferred(body.content, URL_ENCODED, FORM);
  if (!chosen) return undefined;
  const [mediaType, media] = chosen;
  const kind = essence(mediaType);
  const inSchema = operationType(entry, "requestBody");
  const typed =
    componentType(media.schema, source.exported) ??
    `NonNullable<${inSchema}>["content"][${JSON.stringify(mediaType)}]`;
  const type =
    isJson(kind) || kind === URL_ENCODED ? typed : kind === FORM ? "FormData" : `RequestInit["body"]`;
  return { name: "body", type, optional: body.required !== true, description: body.description };
}

/** The body's media type where it is not JSON, as code. */
export function bodyType(source: Source, entry: OperationEntry): string | undefined {
  const [mediaType] = preferred(requestBody(source, entry)?.content, URL_ENCODED, FORM) ?? [];
  return mediaType === undefined || essence(mediaType) === JSON_TYPE
    ? undefined
    : JSON.stringify(essence(mediaType));
}

export function queryArgument(entry: OperationEntry): Argument | undefined {
  const declared = entry.parameters.filter((parameter) => parameter.in === "query");
  if (declared.length === 0) return undefined;
  const optional = !declared.some(({ required }) => required);
  const type = operationType(entry, "parameters", "query");
  const names = declared.map(({ name }) => `\`${name}\``).join(", ");
  return { name: "query", type: optional ? `NonNullable<${type}>` : type, optional, description: names };
}

type Styled = OperationEntry["parameters"][number] & { style?: string; explode?: boolean };

/** The query parameters that openapi-fetch would not write as the document says, as code. */
export function queryStyles({ document }: Source, { parameters }: OperationEntry): string | undefined {
  const entries = parameters.flatMap((parameter) => {
    const { style = "form", explode = style === "form" }: Styled = parameter;
    const types = [...parts(document, parameter.schema)].flatMap(({ type }) => type ?? []);
    const usual =
      (!types.includes("array") || (style === "form" && explode)) &&
      (!types.includes("object") || (style === "deepObject" && explode));
    return parameter.in !== "query" || usual
      ? []
      : [`${JSON.stringify(parameter.name)}: { style: ${JSON.stringify(style)}, explode: ${explode} }`];
  });
  return entries.length > 0 ? `{ ${entries.join(", ")} }` : undefined;
}

/** The operation's request body, behind a reference. */
export function requestBody({ document }: Source, { operation }: OperationEntry): RequestBody | undefined {
  return operation.requestBody && deref(document, operation.requestBody);
}

/** What Prism is shown of a document, and what is made without it. */
import { declaredFor, responsesOf } from "../../document/examples.ts";
import type {
  Document,
  Example,
  MediaType,
  OperationEntry,
  Parameter,
  PathItem,
  Response,
  Schema,
  SchemaObject,
} from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { isObject } from "../../shared/json.ts";
import { essence, isJson, isJsonLines, STREAM_TYPE } from "../../shared/media-types.ts";

/**
 * The document without the schemas of an operation that Prism never looks at, because they are most of what it would
 * convert: that of the body, which the mock checks, and those of answers of JSON, which have examples or are made up.
 */
export function shownToPrism(document: Document, { path, method }: OperationEntry): Document {
  const item = deref(document, document.paths?.[path] ?? {});
  const { requestBody: _, ...operation } = item[method] ?? {};
  const { security = document.security } = operation;
  const responses = responsesOf(document, operation.responses).map(({ status, response }) => [
    status,
    { ...response, ...(response.content && { content: leaner(response.content) }) },
  ]);
  return {
    ...document,
    paths: {
      ...document.paths,
      [path]: {
        ...item,
        parameters: readLoosely(item.parameters),
        [method]: {
          ...operation,
          parameters: readLoosely(operation.parameters),
          responses: Object.fromEntries(responses),
          // Prism refuses a token where none is needed.
          ...(security?.some((one) => Object.keys(one).length === 0) && { security: [] }),
        },
      },
    },
  };

  /**
   * A parameter's text may be read as several of the types that `oneOf` lists, of which it allows one; and Prism reads no
   * object that may also be null, which no text is.
   */
  function readLoosely(parameters: PathItem["parameters"] = []): Parameter[] {
    return parameters.map((one) => {
      const parameter = deref<Parameter>(document, one);
      const schema = isObject(parameter.schema) && deref<SchemaObject>(document, parameter.schema);
      if (!schema) return parameter;
      const { nullable: _, oneOf, ...rest } = schema;
      if (Array.isArray(rest.type) && String(rest.type.filter((type) => type !== "null")) === "object")
        rest.type = "object";
      if (oneOf === undefined) return { ...parameter, schema: rest };
      return { ...parameter, schema: { ...rest, [rest["anyOf"] === undefined ? "anyOf" : "oneOf"]: oneOf } };
    });
  }

  function leaner(content: Record<string, MediaType>): Record<string, MediaType> {
    return Object.fromEntries(
      Object.entries(content).map(([type, media]) => [type, withoutSchema(type, media)]),
    );
  }

  function withoutSchema(type: string, media: MediaType): MediaType {
    const { schema: _, ...rest } = media;
    const examples = Object.values(media.examples ?? {}).map((one) => deref<Example>(document, one));
    if (isMadeUp(type, media)) return { ...rest, examples: { "": { value: isJson(type) ? {} : "" } } };
    return examples.length > 0 && examples.every(({ value }) => value !== undefined) ? rest : media;
  }
}

/** Whether an answer of this type is JSON, or a list of JSON values, without an example. */
function isMadeUp(type: string, media: MediaType): boolean {
  const { example, examples = {} } = media;
  if (example !== undefined || Object.keys(examples).length > 0) return false;
  return isJson(type) || itemOf(type, media) !== undefined;
}

/** The schema of an event of a stream, or of a line. */
function itemOf(type: string, { schema }: MediaType): Schema | undefined {
  const isList = essence(type) === STREAM_TYPE || isJsonLines(type);
  return isList && typeof schema === "object" ? schema.contentSchema : undefined;
}

/** The response that an operation declares for a status. */
export function declaredResponse(
  document: Document,
  { operation }: OperationEntry,
  status: number,
): Response | undefined {
  const responses = responsesOf(document, operation.responses);
  const declared = declaredFor(
    responses.map((one) => one.status),
    status,
  );
  return responses.find((one) => one.status === declared)?.response;
}

/** The schema to make an answer of this type from; undefined for an answer that has an example. */
export function schemaToMake(response: Response | undefined, type = ""): Schema | undefined {
  const [name, media] =
    Object.entries(response?.content ?? {}).find(([one]) => essence(one) === essence(type)) ?? [];
  return name !== undefined && media !== undefined && isMadeUp(name, media)
    ? (itemOf(name, media) ?? media.schema ?? true)
    : undefined;
}

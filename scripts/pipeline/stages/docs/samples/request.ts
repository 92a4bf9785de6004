/** What a sample sends, and what of the answer it shows: taken from an operation and one of its request examples. */
import { queryWriter, type Style } from "../../../../client/parameters.ts";
import { responsesOf } from "../../../../document/examples.ts";
import type {
  Document,
  Example,
  OperationEntry,
  Parameter,
  RequestBody,
  SchemaObject,
} from "../../../../document/model.ts";
import { deref, parameterNames } from "../../../../document/operations.ts";
import { parameterExample } from "../../../../document/parameter-example.ts";
import { styleOf } from "../../../../document/parameter-style.ts";
import { member } from "../../../../document/schemas.ts";
import { isChatStream } from "../../../../openai/detect.ts";
import { isObject, type Json, type Members } from "../../../../shared/json.ts";
import { isJson, JSON_TYPE, STREAM_TYPE } from "../../../../shared/media-types.ts";

export interface SampleRequest {
  method: string;
  /** The server's address. */
  server: string;
  /** The path, its parameters filled in. */
  path: string;
  /** The values of the path's parameters, in the order of the path. */
  pathValues: Json[];
  body: Json | undefined;
  /** The media type of the body: JSON, in one of its types. */
  bodyType: string;
  /** The query parameters and the headers that the operation requires. */
  query: Members;
  headers: Members;
  /** The query as it stands behind the `?` of the address. */
  search: string;
  /** The members of the body that OpenAI's Python package takes in `extra_body`. */
  extra: string[];
  /** The client's name for the operation: `chat.completions.create`; undefined where no SDK has it. */
  sdkMethod: string | undefined;
  /** The answer comes as a stream; `chat` if its chunks are those of a chat completion. */
  stream: "chat" | "other" | undefined;
  /** The members of the answer's message to show, for a chat completion. */
  shown: string[] | undefined;
}

/** The request examples of an operation by name; one without a name for an operation that has no examples. */
export function sampleRequests(document: Document, entry: OperationEntry): Map<string, SampleRequest> {
  const { operation, path, method, parameters } = entry;
  const body = operation.requestBody && deref<RequestBody>(document, operation.requestBody);
  const [bodyType = JSON_TYPE, media] =
    Object.entries(body?.content ?? {}).find(([type]) => isJson(type)) ?? [];
  const required = (place: Parameter["in"]) =>
    parameters.filter((parameter) => parameter.in === place && parameter.required);
  const valuesOf = (place: Parameter["in"]) =>
    Object.fromEntries(required(place).map((one) => [one.name, exampleValue(document, one)]));
  const query = valuesOf("query");
  const styles = required("query").map((one) => [one.name, styleOf(one, "form") as Style]);
  const examples: [string, Json | undefined][] = Object.entries(media?.examples ?? {}).map(
    ([name, example]) => [name, deref<Example>(document, example).value],
  );
  const found = examples.length > 0 ? examples : [["", media?.example] as [string, Json | undefined]];
  const values = parameterNames(path).map((name) => {
    const parameter = parameters.find((one) => one.in === "path" && one.name === name);
    return exampleValue(document, parameter ?? { name, in: "path" });
  });
  const rest = [...values];
  const filled = path.replace(/\{[^{}]+\}/g, () => encodeURIComponent(String(rest.shift())));
  return new Map(
    found.map(([name, value]) => [
      name,
      {
        method: method.toUpperCase(),
        server: (document.servers?.[0]?.url ?? "").replace(/\/$/, ""),
        path: filled,
        pathValues: values,
        body: value,
        bodyType,
        query,
        headers: valuesOf("header"),
        search: queryWriter(Object.fromEntries(styles))(query),
        extra: isObject(value) ? extraMembers(document, media?.schema as SchemaObject, value) : [],
        sdkMethod: operation["x-sdk-method"],
        ...answerTo(document, entry, name, value),
      },
    ]),
  );
}

/** A value for a parameter: one that it is documented with, or its name in capitals for the reader to replace. */
export function exampleValue(document: Document, parameter: Parameter): Json {
  return parameterExample(document, parameter) ?? parameter.name.toUpperCase();
}

/** A member goes into `extra_body` of OpenAI's Python package if its description says so. */
function extraMembers(document: Document, schema: SchemaObject | undefined, body: Members): string[] {
  return Object.keys(body).filter((name) =>
    member(document, schema, name)?.description?.includes("extra_body"),
  );
}

function answerTo(
  document: Document,
  { operation }: OperationEntry,
  name: string,
  body: Json | undefined,
): Pick<SampleRequest, "stream" | "shown"> {
  const [success] = responsesOf(document, operation.responses).filter(({ status }) => /^2/.test(status));
  const content = success?.response.content ?? {};
  const streamSchema = content[STREAM_TYPE]?.schema as SchemaObject | undefined;
  const chunk = streamSchema && deref<SchemaObject>(document, streamSchema).contentSchema;
  if (isObject(body) && body["stream"] === true && chunk)
    return { stream: isChatStream(document, chunk) ? "chat" : "other", shown: undefined };
  // An answer of the same name belongs to the request; else the first one shows what an answer has.
  const answers = content[JSON_TYPE]?.examples ?? {};
  const answer = answers[name] ?? Object.values(answers)[0];
  const value = answer && deref<Example>(document, answer).value;
  const [choice] = isObject(value) && Array.isArray(value["choices"]) ? value["choices"] : [];
  const message = isObject(choice) && isObject(choice["message"]) ? choice["message"] : undefined;
  if (!message) return { stream: undefined, shown: undefined };
  const filled = Object.entries(message).filter(([member, text]) => member !== "role" && text !== null);
  return { stream: undefined, shown: filled.map(([member]) => member) };
}

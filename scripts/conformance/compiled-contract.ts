/** The contract as checks need it: operations with their answers, schemas compiled, and what its prose marks. */
import { declaredFor, responsesOf } from "../document/examples.ts";
import type {
  Document,
  Header,
  OperationEntry,
  Parameter,
  Response,
  Schema,
  SchemaObject,
} from "../document/model.ts";
import { deref, operations } from "../document/operations.ts";
import { parameterExample } from "../document/parameter-example.ts";
import { choicesOf } from "../document/response-choice.ts";
import { member } from "../document/schemas.ts";
import { requiredSchemes, type SecurityScheme } from "../document/security.ts";
import { type StreamProtocol, streamProtocol } from "../document/stream-shape.ts";
import { type Validate, validation } from "../document/validation.ts";
import { isChatStream } from "../openai/detect.ts";
import { type Json, type Members, member as memberOf } from "../shared/json.ts";
import { isJson, STREAM_TYPE } from "../shared/media-types.ts";
import { memoizeIn } from "../shared/memoize.ts";

/** One operation of the contract. */
export interface ContractOperation extends OperationEntry {
  /** The `operationId`, else method and path. */
  name: string;
  /** The schema of a JSON request body; undefined where the operation takes none. */
  body: Schema | undefined;
  /** The media type of that body. */
  bodyType: string | undefined;
  bodyRequired: boolean;
  /** The schema of the JSON in each event of a streamed answer; undefined where the operation does not stream. */
  chunk: Schema | undefined;
  /** How that stream names its events and ends. */
  protocol: StreamProtocol;
  /** The member of a body that asks for the stream, and the values with which it does: `stream`, `[true]`. */
  streamedBy: { name: string; values: readonly Json[] };
  /** Whether it answers chat completions, whole and in chunks. */
  chat: boolean;
  /** Whether it asks for a token. */
  secured: boolean;
  /** The header that holds the key, where the operation takes no token in `authorization`. */
  keyHeader: string | undefined;
  /** The values that its parameters are documented with. */
  known: Map<Parameter, Json>;
}

/** What the contract declares for a status. */
export interface DeclaredAnswer {
  /** `200`, `4XX` or `default`. */
  declared: string;
  response: Response;
  /** The schema of a JSON body; undefined where none is declared. */
  json: Schema | undefined;
  headers: Record<string, Header>;
}

/** The contract of a document. It is made once: to compile its schemas takes longer than many a run. */
export const contractOf: (document: Document) => Contract = memoizeIn(
  new WeakMap<Document, Contract>(),
  (document) => new Contract(document),
);

export class Contract {
  readonly document: Document;
  readonly operations: ContractOperation[];
  /** The first part that all paths share, such as `/v1`; empty where they share none. */
  readonly prefix: string;
  private readonly compile: (schema: Schema) => Validate;
  private readonly names: Map<unknown, string>;

  /** @param document a contract in one piece; its references stay within it */
  constructor(document: Document) {
    this.document = document;
    this.compile = validation(document);
    this.names = new Map(
      Object.entries(document.components?.["schemas"] ?? {}).map(([name, schema]) => [schema, name]),
    );
    this.operations = [...operations(document)].map((entry) => this.operation(entry));
    this.prefix = commonStart(this.operations.map(({ path }) => path.split("/").slice(1)))
      .map((part) => `/${part}`)
      .join("");
  }

  private operation(entry: OperationEntry): ContractOperation {
    const { document } = this;
    const { operation, method, path } = entry;
    const request = operation.requestBody && deref(document, operation.requestBody);
    const successes = responsesOf(document, operation.responses).filter(({ status }) =>
      status.startsWith("2"),
    );
    const stream = successes
      .flatMap(({ response }) => choicesOf(response))
      .find(({ mediaType, media }) => mediaType === STREAM_TYPE && media.schema !== undefined);
    const schema = stream?.media.schema;
    const chunk =
      typeof schema === "object" ? deref(document, schema as SchemaObject).contentSchema : undefined;
    const condition = stream?.condition;
    const [bodyType, media] = Object.entries(request?.content ?? {}).find(([type]) => isJson(type)) ?? [];
    const security = operation.security ?? document.security ?? [];
    return {
      ...entry,
      name: operation.operationId ?? `${method.toUpperCase()} ${path}`,
      body: media?.schema,
      bodyType,
      bodyRequired: request?.required === true,
      chunk,
      protocol: streamProtocol(stream?.media ?? {}),
      streamedBy: condition?.in === "body" ? condition : { name: "stream", values: [true] },
      chat: isChatStream(document, chunk),
      secured: security.some((scheme) => Object.keys(scheme).length > 0),
      keyHeader: keyHeader(requiredSchemes(document, security)),
      known: new Map(
        entry.parameters.flatMap((parameter): [Parameter, Json][] => {
          const value = parameterExample(document, parameter);
          return value === undefined ? [] : [[parameter, value]];
        }),
      ),
    };
  }

  /** What is declared for a status: by itself, by its range, or by `default`; undefined for none of these. */
  answer({ operation }: ContractOperation, status: number): DeclaredAnswer | undefined {
    const responses = operation.responses ?? {};
    const declared = declaredFor(Object.keys(responses), status);
    const found = declared === undefined ? undefined : responses[declared];
    if (declared === undefined || found === undefined) return undefined;
    const response = deref<Response>(this.document, found);
    return {
      declared,
      response,
      json: Object.entries(response.content ?? {}).find(([type]) => isJson(type))?.[1].schema,
      headers: Object.fromEntries(
        Object.entries(response.headers ?? {}).map(([name, header]) => [
          name.toLowerCase(),
          deref<Header>(this.document, header),
        ]),
      ),
    };
  }

  /** The statuses that an operation declares as successful, in document order. */
  successes({ operation }: ContractOperation): string[] {
    return Object.keys(operation.responses ?? {}).filter((status) => status.startsWith("2"));
  }

  /** The check of a schema. */
  check(schema: Schema): Validate {
    return this.compile(schema);
  }

  /** The name of a component schema; undefined for any other schema. */
  nameOf(schema: Schema): string | undefined {
    return this.names.get(schema);
  }

  /** The schema of a member of the request's body. */
  field({ body }: ContractOperation, name: string): SchemaObject | undefined {
    return member(this.document, body, name);
  }
}

/** The header of the first key, where there are keys alone: a token in `authorization` goes before them. */
function keyHeader(schemes: readonly SecurityScheme[]): string | undefined {
  const keys = schemes.filter(({ type }) => type === "apiKey");
  return keys.length === schemes.length ? keys.find((scheme) => scheme.in === "header")?.name : undefined;
}

/** Whether a request with this body gets a stream. */
export function isStreamed({ chunk, streamedBy }: ContractOperation, body: Json | undefined): boolean {
  const asked = memberOf(body, streamedBy.name);
  return chunk !== undefined && asked !== undefined && streamedBy.values.includes(asked);
}

/** A body that asks for the stream. */
export function asStreamed({ streamedBy: { name, values } }: ContractOperation, body: Members): Members {
  return { ...body, [name]: values[0] ?? true };
}

/** Whether the contract leaves a field to the upstream: then nobody can tell what it must do with the field. */
export function isPassedThrough(schema: SchemaObject | undefined): boolean {
  return /\bpassed\s+through\b/i.test(schema?.description ?? "");
}

function commonStart(paths: string[][]): string[] {
  const [first = []] = paths;
  const end = first.findIndex(
    (part, index) =>
      part.startsWith("{") ||
      index === first.length - 1 ||
      paths.some((path) => path[index] !== part || index === path.length - 1),
  );
  return first.slice(0, end === -1 ? 0 : end);
}

// Written by `npm run build` from the OpenAPI document of "Routescope API". Do not edit it.
import type { APIPromise, ClientOptions, RequestOptions } from "../scripts/client/index.ts";
import { ChatCompletionStream } from "../scripts/client/index.ts";
import type { Service } from "../scripts/client/options.ts";
import { Transport } from "../scripts/client/transport.ts";
import type { components, paths } from "./schema.ts";

export * from "../scripts/client/index.ts";
export type { components, operations, paths } from "./schema.ts";

const service: Service = {
  name: "Routescope",
  env: "ROUTESCOPE",
  baseURL: "https://api.routescope.ai",
  prefix: "/v1",
  auth: { header: "Authorization", scheme: "Bearer " },
};

/** The methods of `client.chat.completions`. */
class ChatCompletionsResource {
  readonly #api: Transport<paths>;

  constructor(api: Transport<paths>) {
    this.#api = api;
  }

  /**
   * Create a chat completion.
   *
   * Answers a conversation with text, reasoning, code, tool calls or JSON. With `"stream": true` the answer arrives in
   * chunks while the model writes it.
   *
   * Guides: [Streaming](guides/streaming.md), [Tools](guides/tools.md),
   * [Structured outputs](guides/structured-outputs.md), [Thinking](guides/thinking.md),
   * [Choosing a model](guides/models.md).
   *
   * @param body A conversation and how to answer it.
   * @param options For this call alone: `signal`, `timeout`, `maxRetries`, `headers`, `extraBody`,
   *   `idempotencyKey`.
   * @returns The answer: whole as `application/json`, or in chunks as `text/event-stream` if the request has
   *   `"stream": true`.
   * @throws {BadRequestError} 400: The request is malformed, or a field is outside its documented range.
   *   Correct the field that `error.param` names; a retry fails again.
   * @throws {AuthenticationError} 401: The token is missing, malformed or unknown. Check the `Authorization`
   *   header.
   * @throws {PermissionDeniedError} 403: The token may not do this, or its quota is used up. Top up, or use
   *   another token or model.
   * @throws {NotFoundError} 404: The token has no such model. Choose a model from `GET /v1/models`.
   * @throws {APIError} 413: The body is too large. Send fewer messages or smaller images.
   * @throws {RateLimitError} 429: Too many requests or tokens in a short time. Wait for the time in
   *   `Retry-After`, then retry.
   * @throws {InternalServerError} 500: Routescope failed. Retry with exponential backoff: 0.5 s, 1 s, 2 s. If
   *   it persists, report the `x-request-id`.
   * @throws {InternalServerError} 503: The upstream is overloaded or unavailable. Retry with exponential
   *   backoff, or use another model.
   * @throws {APIError} Any other error, in the same form.
   */
  create(body: ChatCompletionCreateParamsNonStreaming, options?: RequestOptions): APIPromise<ChatCompletion>;
  /**
   * Create a chat completion.
   *
   * The answer comes as a stream of chunks.
   *
   * @param body A conversation and how to answer it.
   * @param options For this call alone: `signal`, `timeout`, `maxRetries`, `headers`, `extraBody`,
   *   `idempotencyKey`.
   * @returns The answer: whole as `application/json`, or in chunks as `text/event-stream` if the request has
   *   `"stream": true`.
   */
  create(body: ChatCompletionCreateParamsStreaming, options?: RequestOptions): APIPromise<ChatCompletionStream<ChatCompletionChunk, ChatCompletion>>;
  /**
   * Create a chat completion.
   *
   * `stream` decides how the answer comes.
   *
   * @param body A conversation and how to answer it.
   * @param options For this call alone: `signal`, `timeout`, `maxRetries`, `headers`, `extraBody`,
   *   `idempotencyKey`.
   * @returns The answer: whole as `application/json`, or in chunks as `text/event-stream` if the request has
   *   `"stream": true`.
   */
  create(body: ChatCompletionCreateParamsNonStreaming | ChatCompletionCreateParamsStreaming, options?: RequestOptions): APIPromise<ChatCompletion | ChatCompletionStream<ChatCompletionChunk, ChatCompletion>>;
  create(body: ChatCompletionCreateParams & { stream?: unknown }, options?: RequestOptions): APIPromise<ChatCompletion | ChatCompletionStream<ChatCompletionChunk, ChatCompletion>> {
    return this.#api.call("post", "/v1/chat/completions", { body, accept: body.stream ? "text/event-stream" : "application/json", expects: ["choices"], stream: ChatCompletionStream, finish: ["choices", "finish_reason"] }, options);
  }

  /**
   * Create a chat completion.
   *
   * The answer comes as a stream, which puts it together: listen to it, iterate it, or ask it for the complete answer.
   *
   * @param body A conversation and how to answer it.
   * @param options For this call alone: `signal`, `timeout`, `maxRetries`, `headers`, `extraBody`,
   *   `idempotencyKey`.
   * @returns The answer: whole as `application/json`, or in chunks as `text/event-stream` if the request has
   *   `"stream": true`.
   */
  stream(body: ChatCompletionCreateParamsNonStreaming | ChatCompletionCreateParamsStreaming, options?: RequestOptions): ChatCompletionStream<ChatCompletionChunk, ChatCompletion> {
    return this.#api.stream("post", "/v1/chat/completions", { body: { ...body, stream: true }, accept: "text/event-stream", expects: ["choices"], stream: ChatCompletionStream, finish: ["choices", "finish_reason"] }, options);
  }
}

/** The methods of `client.chat`. */
class ChatResource {
  readonly completions: ChatCompletionsResource;

  constructor(api: Transport<paths>) {
    this.completions = new ChatCompletionsResource(api);
  }
}

/** The methods of `client.models`. */
class ModelsResource {
  readonly #api: Transport<paths>;

  constructor(api: Transport<paths>) {
    this.#api = api;
  }

  /**
   * List models.
   *
   * Lists the models that your token may call. Send an `id` from the list as the `model` of a chat completion.
   *
   * @param options For this call alone: `signal`, `timeout`, `maxRetries`, `headers`, `extraBody`,
   *   `idempotencyKey`.
   * @returns The models that your token may call.
   * @throws {BadRequestError} 400: The request is malformed, or a field is outside its documented range.
   *   Correct the field that `error.param` names; a retry fails again.
   * @throws {AuthenticationError} 401: The token is missing, malformed or unknown. Check the `Authorization`
   *   header.
   * @throws {PermissionDeniedError} 403: The token may not do this, or its quota is used up. Top up, or use
   *   another token or model.
   * @throws {RateLimitError} 429: Too many requests or tokens in a short time. Wait for the time in
   *   `Retry-After`, then retry.
   * @throws {InternalServerError} 500: Routescope failed. Retry with exponential backoff: 0.5 s, 1 s, 2 s. If
   *   it persists, report the `x-request-id`.
   * @throws {InternalServerError} 503: The upstream is overloaded or unavailable. Retry with exponential
   *   backoff, or use another model.
   * @throws {APIError} Any other error, in the same form.
   */
  list(options?: RequestOptions): APIPromise<ModelList> {
    return this.#api.call("get", "/v1/models", { expects: ["data"] }, options);
  }

  /**
   * Retrieve a model.
   *
   * Retrieves the details of one model: the same object as its entry in the list.
   *
   * @param model The ID of the model. Write a slash in the ID as `%2F`; SDKs do this for you.
   * @param options For this call alone: `signal`, `timeout`, `maxRetries`, `headers`, `extraBody`,
   *   `idempotencyKey`.
   * @returns A model that your token may call.
   * @throws {BadRequestError} 400: The request is malformed, or a field is outside its documented range.
   *   Correct the field that `error.param` names; a retry fails again.
   * @throws {AuthenticationError} 401: The token is missing, malformed or unknown. Check the `Authorization`
   *   header.
   * @throws {PermissionDeniedError} 403: The token may not do this, or its quota is used up. Top up, or use
   *   another token or model.
   * @throws {NotFoundError} 404: The token has no such model. Choose a model from `GET /v1/models`.
   * @throws {RateLimitError} 429: Too many requests or tokens in a short time. Wait for the time in
   *   `Retry-After`, then retry.
   * @throws {InternalServerError} 500: Routescope failed. Retry with exponential backoff: 0.5 s, 1 s, 2 s. If
   *   it persists, report the `x-request-id`.
   * @throws {InternalServerError} 503: The upstream is overloaded or unavailable. Retry with exponential
   *   backoff, or use another model.
   * @throws {APIError} Any other error, in the same form.
   */
  retrieve(model: ModelId, options?: RequestOptions): APIPromise<Model> {
    return this.#api.call("get", "/v1/models/{model}", { path: { model }, expects: ["id"] }, options);
  }
}

/**
 * The client of the Routescope API. An OpenAI-compatible relay for chat, reasoning and code models.
 *
 * Without `apiKey`, the environment variable `ROUTESCOPE_API_KEY` is read.
 *
 * Without `baseURL`, `ROUTESCOPE_BASE_URL` is read, and without that it is https://api.routescope.ai.
 */
export class Routescope {
  /** The openapi-fetch client underneath: `http.use()` adds middleware. */
  readonly http: Transport<paths>["http"];
  readonly chat: ChatResource;
  readonly models: ModelsResource;

  /** @throws {TypeError} if the key or the base URL is missing or cannot be used */
  constructor(options: ClientOptions = {}) {
    const api = new Transport<paths>(options, service);
    this.http = api.http;
    this.chat = new ChatResource(api);
    this.models = new ModelsResource(api);
  }
}

/**
 * The ID of a model: one that Routescope documents, listed here with its capability and typical use, or another that
 * your token may call.
 */
export type ModelId = components["schemas"]["ModelId"];

/** A text. OpenAI's protocol. */
export type TextPart = components["schemas"]["TextPart"];

/** An image. OpenAI's protocol. */
export type ImagePart = components["schemas"]["ImagePart"];

/** Recorded speech or sound. OpenAI's protocol. */
export type AudioPart = components["schemas"]["AudioPart"];

/** A file, such as a PDF. OpenAI's protocol. */
export type FilePart = components["schemas"]["FilePart"];

/** One part of a user's message. OpenAI's protocol. */
export type ChatCompletionContentPart = components["schemas"]["ChatCompletionContentPart"];

/** A name that distinguishes participants with the same role. OpenAI's protocol. */
export type ParticipantName = components["schemas"]["ParticipantName"];

/** What the user says. */
export type ChatCompletionUserMessageParam = components["schemas"]["ChatCompletionUserMessageParam"];

/** Instructions for the whole conversation, for example how to answer. */
export type ChatCompletionSystemMessageParam = components["schemas"]["ChatCompletionSystemMessageParam"];

/** A refusal by the model. OpenAI's protocol. */
export type RefusalPart = components["schemas"]["RefusalPart"];

/** One part of the model's earlier message. OpenAI's protocol. */
export type AssistantContentPart = components["schemas"]["AssistantContentPart"];

/** A function and its arguments. OpenAI's protocol. */
export type FunctionCall = components["schemas"]["FunctionCall"];

/** A call of a function. OpenAI's protocol. */
export type FunctionToolCall = components["schemas"]["FunctionToolCall"];

/** A call of a custom tool. OpenAI's protocol. */
export type CustomToolCall = components["schemas"]["CustomToolCall"];

/** A call of a function or of a custom tool. OpenAI's protocol. */
export type ChatCompletionMessageToolCall = components["schemas"]["ChatCompletionMessageToolCall"];

/**
 * What the model said earlier. Append the `message` of an answer unchanged; fields that are not listed here are
 * accepted.
 */
export type ChatCompletionAssistantMessageParam = components["schemas"]["ChatCompletionAssistantMessageParam"];

/** The result of one tool call. */
export type ChatCompletionToolMessageParam = components["schemas"]["ChatCompletionToolMessageParam"];

/**
 * Instructions from the developer: what current SDKs send to reasoning models instead of a `system` message. OpenAI's protocol.
 */
export type ChatCompletionDeveloperMessageParam = components["schemas"]["ChatCompletionDeveloperMessageParam"];

/**
 * One message of a conversation. Its `role` says who speaks: `system`, `user`, `assistant` (the model) or `tool`.
 */
export type ChatCompletionMessageParam = components["schemas"]["ChatCompletionMessageParam"];

/** Extra options for a streamed answer. Upstream support may vary. Its fields are OpenAI's protocol. */
export type ChatCompletionStreamOptions = components["schemas"]["ChatCompletionStreamOptions"];

/** A JSON Schema. The upstream limits how complex it may be. */
export type JsonSchema = components["schemas"]["JsonSchema"];

/** A function that the model may call. OpenAI's protocol. */
export type FunctionDefinition = components["schemas"]["FunctionDefinition"];

/** A function of yours. The model answers with JSON arguments for it. OpenAI's protocol. */
export type FunctionTool = components["schemas"]["FunctionTool"];

/** A tool whose input is free text. OpenAI's protocol. */
export type CustomTool = components["schemas"]["CustomTool"];

/** A tool is a function of yours, or a custom tool, whose input is free text. */
export type ChatCompletionTool = components["schemas"]["ChatCompletionTool"];

/** A function, by name. */
export type NamedFunction = components["schemas"]["NamedFunction"];

/** The model must call this function. */
export type FunctionToolChoice = components["schemas"]["FunctionToolChoice"];

/** The model must call this custom tool. OpenAI's protocol. */
export type CustomToolChoice = components["schemas"]["CustomToolChoice"];

/** The model may call only these tools. OpenAI's protocol. */
export type AllowedToolsChoice = components["schemas"]["AllowedToolsChoice"];

/** Names the tool that the model must call, or the tools that it may call. */
export type NamedToolChoice = components["schemas"]["NamedToolChoice"];

/**
 * Whether the model calls tools, and which: `auto`, `none`, `required`, or an object that names a tool. The default
 * is `auto` if there are `tools` (OpenAI's protocol).
 */
export type ChatCompletionToolChoiceOption = components["schemas"]["ChatCompletionToolChoiceOption"];

/** Plain text, the default. OpenAI's protocol. */
export type TextFormat = components["schemas"]["TextFormat"];

/** Any JSON object. Also say in a message that you want JSON. OpenAI's protocol. */
export type JsonObjectFormat = components["schemas"]["JsonObjectFormat"];

/** JSON that matches a JSON Schema of yours. OpenAI's protocol. */
export type JsonSchemaFormat = components["schemas"]["JsonSchemaFormat"];

/** The form that the answer must have, for example JSON that matches a JSON Schema. */
export type ResponseFormat = components["schemas"]["ResponseFormat"];

/** Text that the answer is expected to repeat. OpenAI's protocol. */
export type Prediction = components["schemas"]["Prediction"];

/**
 * A conversation and how to answer it. Only `model` and `messages` are required. A field that is not listed here is
 * passed on to the upstream (OpenAI's protocol).
 */
export type ChatCompletionCreateParams = components["schemas"]["ChatCompletionCreateParams"];

/** A spoken answer. OpenAI's protocol. */
export type AudioAnswer = components["schemas"]["AudioAnswer"];

/**
 * The model's answer. To continue the conversation, append it to `messages` unchanged. OpenAI's protocol.
 */
export type ChatCompletionMessage = components["schemas"]["ChatCompletionMessage"];

/**
 * Why the answer ended; `null` in a stream until it ends. An upstream may send reasons that are not listed. OpenAI's protocol.
 */
export type FinishReason = components["schemas"]["FinishReason"];

/** A token, how likely it was, and which other tokens were likely in its place. OpenAI's protocol. */
export type TokenLogprob = components["schemas"]["TokenLogprob"];

/** The log probabilities of the output tokens, if the request has `"logprobs": true`. OpenAI's protocol. */
export type Logprobs = components["schemas"]["Logprobs"];

/** An answer, and why it ended. OpenAI's protocol. */
export type ChatCompletionChoice = components["schemas"]["ChatCompletionChoice"];

/**
 * How many tokens were used. A token is a word or a part of a word; tokens are what is billed and limited.
 * `input_tokens` equals `prompt_tokens`, and `output_tokens` equals `completion_tokens`. An upstream may add fields,
 * such as times or costs.
 */
export type CompletionUsage = components["schemas"]["CompletionUsage"];

/** The service class that was used. Seen in relays of this kind. */
export type ServiceTier = components["schemas"]["ServiceTier"];

/** Identifies the configuration of the upstream that answered. Seen in relays of this kind. */
export type SystemFingerprint = components["schemas"]["SystemFingerprint"];

/** The complete answer. */
export type ChatCompletion = components["schemas"]["ChatCompletion"];

/** The next part of a function call. OpenAI's protocol. */
export type FunctionCallDelta = components["schemas"]["FunctionCallDelta"];

/**
 * The next part of a tool call. The first part carries the call's `id`, `type` and function name, the later parts
 * only `arguments`. OpenAI's protocol.
 */
export type ToolCallDelta = components["schemas"]["ToolCallDelta"];

/**
 * What this chunk adds to the message. Append each field to what came before in the same field; the last delta is
 * empty. OpenAI's protocol.
 */
export type ChatCompletionDelta = components["schemas"]["ChatCompletionDelta"];

/** What a chunk adds to one answer. OpenAI's protocol. */
export type ChatCompletionChunkChoice = components["schemas"]["ChatCompletionChunkChoice"];

/**
 * One chunk of a streamed answer. All chunks of a stream have the same `id`, `created` and `model`, except that
 * some upstreams begin with an empty chunk. OpenAI's protocol.
 */
export type ChatCompletionChunk = components["schemas"]["ChatCompletionChunk"];

/**
 * The body of every error. Routescope documents the two members `error` and `message`, and that `"error": null` with
 * `"message": "success"` means success. What is inside `error` is OpenAI's protocol.
 */
export type ErrorResponse = components["schemas"]["ErrorResponse"];

/** A model that your token may call. */
export type Model = components["schemas"]["Model"];

/** The models that your token may call. */
export type ModelList = components["schemas"]["ModelList"];

/** A body that says how the answer comes. */
export type ChatCompletionCreateParamsNonStreaming = ChatCompletionCreateParams & { stream?: false | null };

/** A body that says how the answer comes. */
export type ChatCompletionCreateParamsStreaming = ChatCompletionCreateParams & { stream: true };

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
   * Answers a conversation with text, reasoning, code, tool calls or JSON.
   *
   * ## Streaming
   *
   * With `"stream": true` the answer does not come as one JSON document at the end but piece by piece while the
   * model writes. The response then is a stream of *server-sent events* (SSE): a text that grows line by line over
   * one open connection, with `Content-Type: text/event-stream`. Each event is a line that starts with `data: `,
   * and an empty line after it. What follows `data: ` is a *chunk*, a small JSON document:
   *
   * ```text
   * data: {"id":"task_01","object":"chat.completion.chunk","created":1763900000,"model":"gpt-5.4","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}
   *
   * data: {…,"choices":[{"index":0,"delta":{"content":"Routescope"},"finish_reason":null}]}
   *
   * data: {…,"choices":[{"index":0,"delta":{"content":" is"},"finish_reason":null}]}
   *
   * data: {…,"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}
   *
   * data: [DONE]
   *
   * ```
   *
   * All chunks have the members of the first. To get the answer, start with an empty text and append each `choices[0].delta.content`.
   *
   * - The first chunk carries the role, the last one the `finish_reason`; it is `null` in between. Then comes
   *   `data: [DONE]`, which is not JSON and ends the stream. A stream that ends without a `finish_reason` was cut.
   * - Reasoning comes in `delta.reasoning_content`, a refusal in `delta.refusal`.
   * - Tool calls come in `delta.tool_calls`. The first piece of a call carries its `id` and the function's name,
   *   the later ones pieces of `arguments`; pieces of the same call have the same `index`.
   * - With `"stream_options": {"include_usage": true}`, one more chunk before `[DONE]` reports the token usage. Its
   *   `choices` is empty.
   * - Lines that start with a colon are comments that keep the connection alive. Ignore them.
   * - An error before the first chunk is an ordinary error response. An error after it is an event whose data is
   *   an error body, `data: {"error": {"message": "…"}}`; the answer ends there.
   *
   * Chunks arrive at any size: an event, even a character, may be split over two reads. Use a parser for SSE, or
   * an SDK.
   *
   * ## Tool calls
   *
   * Describe functions in `tools`. When the model wants one, `finish_reason` is `tool_calls` and
   * `message.tool_calls` lists the calls. Append that message to `messages`, run each function, append a `tool`
   * message with its result and the call's `id` as `tool_call_id`, and send the conversation again.
   *
   * ## Notes on models
   *
   * - `model`: every model. Copy an ID that is available to the current token from the model selection table or
   *   from `GET /v1/models`.
   * - `stream_options`: OpenAI-compatible models that support streaming. Upstream support may vary.
   * - `enable_thinking`: an extension of Qwen / Alibaba Cloud, not a field of the GPT series.
   * - Reasoning and code models (o3 and the Codex series) have no further field in common. Follow the API's
   *   answers or what the console shows.
   *
   * @param body The conversation and how to answer it.
   * @param options For this call alone: `signal`, `timeout`, `maxRetries`, `headers`, `extraBody`,
   *   `idempotencyKey`.
   * @returns The answer: whole as `application/json`, or as a stream of chunks (`text/event-stream`) if the
   *   request has `"stream": true`.
   * @throws {BadRequestError} 400: The request is malformed or outside a documented limit. Mend the field
   *   that `error.param` names; do not retry it as it is.
   * @throws {AuthenticationError} 401: The token is missing, malformed or unknown. Check the `Authorization`
   *   header.
   * @throws {PermissionDeniedError} 403: The token may not do this, or its quota is used up. Top up, or use
   *   another token or model.
   * @throws {NotFoundError} 404: The token has no such model. Choose one from `GET /v1/models`.
   * @throws {APIError} 413: The body is too large. Send fewer messages or smaller images.
   * @throws {RateLimitError} 429: Too many requests or tokens in too short a time. Wait as long as
   *   `Retry-After` says, then retry.
   * @throws {InternalServerError} 500: Routescope failed. Retry with growing pauses; report the
   *   `x-request-id` if it goes on.
   * @throws {InternalServerError} 503: The upstream is overloaded or away. Retry with growing pauses, or use
   *   another model.
   * @throws {APIError} Any other error, in the same form.
   */
  create(body: ChatCompletionCreateParamsNonStreaming, options?: RequestOptions): APIPromise<ChatCompletion>;
  /**
   * Create a chat completion.
   *
   * The answer comes as a stream of chunks.
   *
   * @param body The conversation and how to answer it.
   * @param options For this call alone: `signal`, `timeout`, `maxRetries`, `headers`, `extraBody`,
   *   `idempotencyKey`.
   * @returns The answer: whole as `application/json`, or as a stream of chunks (`text/event-stream`) if the
   *   request has `"stream": true`.
   */
  create(body: ChatCompletionCreateParamsStreaming, options?: RequestOptions): APIPromise<ChatCompletionStream<ChatCompletionChunk, ChatCompletion>>;
  /**
   * Create a chat completion.
   *
   * `stream` decides how the answer comes.
   *
   * @param body The conversation and how to answer it.
   * @param options For this call alone: `signal`, `timeout`, `maxRetries`, `headers`, `extraBody`,
   *   `idempotencyKey`.
   * @returns The answer: whole as `application/json`, or as a stream of chunks (`text/event-stream`) if the
   *   request has `"stream": true`.
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
   * @param body The conversation and how to answer it.
   * @param options For this call alone: `signal`, `timeout`, `maxRetries`, `headers`, `extraBody`,
   *   `idempotencyKey`.
   * @returns The answer: whole as `application/json`, or as a stream of chunks (`text/event-stream`) if the
   *   request has `"stream": true`.
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
   * Lists the models that the current token may call. Use an `id` of the list as the `model` of a chat completion.
   *
   * @param options For this call alone: `signal`, `timeout`, `maxRetries`, `headers`, `extraBody`,
   *   `idempotencyKey`.
   * @returns The models.
   * @throws {BadRequestError} 400: The request is malformed or outside a documented limit. Mend the field
   *   that `error.param` names; do not retry it as it is.
   * @throws {AuthenticationError} 401: The token is missing, malformed or unknown. Check the `Authorization`
   *   header.
   * @throws {PermissionDeniedError} 403: The token may not do this, or its quota is used up. Top up, or use
   *   another token or model.
   * @throws {RateLimitError} 429: Too many requests or tokens in too short a time. Wait as long as
   *   `Retry-After` says, then retry.
   * @throws {InternalServerError} 500: Routescope failed. Retry with growing pauses; report the
   *   `x-request-id` if it goes on.
   * @throws {InternalServerError} 503: The upstream is overloaded or away. Retry with growing pauses, or use
   *   another model.
   * @throws {APIError} Any other error, in the same form.
   */
  list(options?: RequestOptions): APIPromise<ModelList> {
    return this.#api.call("get", "/v1/models", { expects: ["data"] }, options);
  }

  /**
   * Retrieve a model.
   *
   * Retrieves one model's details: the same object as in the list.
   *
   * @param model The ID of the model. In the path a slash in it is written `%2F`; SDKs see to that.
   * @param options For this call alone: `signal`, `timeout`, `maxRetries`, `headers`, `extraBody`,
   *   `idempotencyKey`.
   * @returns The model.
   * @throws {BadRequestError} 400: The request is malformed or outside a documented limit. Mend the field
   *   that `error.param` names; do not retry it as it is.
   * @throws {AuthenticationError} 401: The token is missing, malformed or unknown. Check the `Authorization`
   *   header.
   * @throws {PermissionDeniedError} 403: The token may not do this, or its quota is used up. Top up, or use
   *   another token or model.
   * @throws {NotFoundError} 404: The token has no such model. Choose one from `GET /v1/models`.
   * @throws {RateLimitError} 429: Too many requests or tokens in too short a time. Wait as long as
   *   `Retry-After` says, then retry.
   * @throws {InternalServerError} 500: Routescope failed. Retry with growing pauses; report the
   *   `x-request-id` if it goes on.
   * @throws {InternalServerError} 503: The upstream is overloaded or away. Retry with growing pauses, or use
   *   another model.
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
 * The ID of a model. The known ones are listed with their capability and typical use; a token may have others,
 * so any ID that `GET /v1/models` returns is valid.
 */
export type ModelId = components["schemas"]["ModelId"];

/** Text. */
export type TextPart = components["schemas"]["TextPart"];

/** A name that tells participants of the same role apart. Passed through. */
export type ParticipantName = components["schemas"]["ParticipantName"];

/** Instructions of the developer. What current SDKs send to reasoning models in place of `system`. */
export type ChatCompletionDeveloperMessageParam = components["schemas"]["ChatCompletionDeveloperMessageParam"];

/** Instructions that hold for the whole conversation. */
export type ChatCompletionSystemMessageParam = components["schemas"]["ChatCompletionSystemMessageParam"];

/** An image. */
export type ImagePart = components["schemas"]["ImagePart"];

/** Recorded speech or sound. */
export type AudioPart = components["schemas"]["AudioPart"];

/** A file, such as a PDF. */
export type FilePart = components["schemas"]["FilePart"];

/** One part of a user's message. */
export type ChatCompletionContentPart = components["schemas"]["ChatCompletionContentPart"];

/** What the end user says. */
export type ChatCompletionUserMessageParam = components["schemas"]["ChatCompletionUserMessageParam"];

/** A refusal of the model. */
export type RefusalPart = components["schemas"]["RefusalPart"];

/** One part of a model's earlier message. */
export type AssistantContentPart = components["schemas"]["AssistantContentPart"];

/** A function and its arguments. */
export type FunctionCall = components["schemas"]["FunctionCall"];

/** A call of a function. */
export type FunctionToolCall = components["schemas"]["FunctionToolCall"];

/** A call of a custom tool. Passed through. */
export type CustomToolCall = components["schemas"]["CustomToolCall"];

/** One tool that the model calls. */
export type ChatCompletionMessageToolCall = components["schemas"]["ChatCompletionMessageToolCall"];

/**
 * What the model said earlier. Append the `message` of an answer as it is; members that are not listed here are
 * accepted.
 */
export type ChatCompletionAssistantMessageParam = components["schemas"]["ChatCompletionAssistantMessageParam"];

/** The result of one tool call. */
export type ChatCompletionToolMessageParam = components["schemas"]["ChatCompletionToolMessageParam"];

/** One message of a conversation. Its `role` says who speaks. */
export type ChatCompletionMessageParam = components["schemas"]["ChatCompletionMessageParam"];

/** Extra options for a streamed answer. */
export type ChatCompletionStreamOptions = components["schemas"]["ChatCompletionStreamOptions"];

/** A JSON Schema. How complex it may be is limited by the upstream. */
export type JsonSchema = components["schemas"]["JsonSchema"];

/** A function that the model may call. */
export type FunctionDefinition = components["schemas"]["FunctionDefinition"];

/** A function whose arguments are JSON. */
export type FunctionTool = components["schemas"]["FunctionTool"];

/** A tool whose input is free text. Passed through. */
export type CustomTool = components["schemas"]["CustomTool"];

/** A tool that the model may call. */
export type ChatCompletionTool = components["schemas"]["ChatCompletionTool"];

/** A function by its name. */
export type NamedFunction = components["schemas"]["NamedFunction"];

/** The model must call this function. */
export type FunctionToolChoice = components["schemas"]["FunctionToolChoice"];

/** The model must call this custom tool. Passed through. */
export type CustomToolChoice = components["schemas"]["CustomToolChoice"];

/** The model may call only these of the tools. Passed through. */
export type AllowedToolsChoice = components["schemas"]["AllowedToolsChoice"];

/** Names the tool that the model must call, or the tools that it may. */
export type NamedToolChoice = components["schemas"]["NamedToolChoice"];

/**
 * Whether, and which, tools the model calls: `none`, `auto`, `required`, or an object that names a tool. Without
 * it the model decides (`auto`) if there are tools.
 */
export type ChatCompletionToolChoiceOption = components["schemas"]["ChatCompletionToolChoiceOption"];

/** Free text, the default. */
export type TextFormat = components["schemas"]["TextFormat"];

/** Any JSON object. Say in a message that the answer is to be JSON. */
export type JsonObjectFormat = components["schemas"]["JsonObjectFormat"];

/** JSON that matches a schema. */
export type JsonSchemaFormat = components["schemas"]["JsonSchemaFormat"];

/** Constrains the form of the answer, for example to a JSON Schema. */
export type ResponseFormat = components["schemas"]["ResponseFormat"];

/** Text that the answer is expected to repeat. */
export type Prediction = components["schemas"]["Prediction"];

/**
 * A conversation and how to answer it. Only `model` and `messages` are required. A member that is not listed
 * here is passed through to the upstream.
 */
export type ChatCompletionCreateParams = components["schemas"]["ChatCompletionCreateParams"];

/**
 * The body of every error. An answer may carry a top-level `message` beside `error`; an `error` of `null` means
 * that nothing went wrong.
 */
export type ErrorResponse = components["schemas"]["ErrorResponse"];

/** A spoken answer. */
export type AudioAnswer = components["schemas"]["AudioAnswer"];

/** The model's answer. To go on with the conversation, append it to `messages` as it is. */
export type ChatCompletionMessage = components["schemas"]["ChatCompletionMessage"];

/** Why the answer ended. `null` in a stream until it has. An upstream may send others. */
export type FinishReason = components["schemas"]["FinishReason"];

/** A token, how likely it was, and what else was likely in its place. */
export type TokenLogprob = components["schemas"]["TokenLogprob"];

/** The log probabilities of the output tokens, if `logprobs` asked for them. */
export type Logprobs = components["schemas"]["Logprobs"];

/** One answer. */
export type ChatCompletionChoice = components["schemas"]["ChatCompletionChoice"];

/**
 * The tokens that were used. `input_tokens` and `output_tokens` say the same as `prompt_tokens` and
 * `completion_tokens`. An upstream may add members, such as times or costs.
 */
export type CompletionUsage = components["schemas"]["CompletionUsage"];

/** The class of service that was used. Seen in relays of this kind. */
export type ServiceTier = components["schemas"]["ServiceTier"];

/** The configuration of the upstream that answered. Seen in relays of this kind. */
export type SystemFingerprint = components["schemas"]["SystemFingerprint"];

/** A whole answer. */
export type ChatCompletion = components["schemas"]["ChatCompletion"];

/** A piece of a function call. */
export type FunctionCallDelta = components["schemas"]["FunctionCallDelta"];

/**
 * A piece of a tool call. The first piece of a call carries its `id`, `type` and the function's name, the later
 * ones only `arguments`.
 */
export type ToolCallDelta = components["schemas"]["ToolCallDelta"];

/**
 * The piece itself. Join the pieces of each member in the order in which they come; the last delta is empty.
 */
export type ChatCompletionDelta = components["schemas"]["ChatCompletionDelta"];

/** What a chunk adds to one answer. */
export type ChatCompletionChunkChoice = components["schemas"]["ChatCompletionChunkChoice"];

/**
 * One piece of a streamed answer. All chunks of a stream have the same `id`, `created` and `model`, except that
 * some upstreams begin with an empty one.
 */
export type ChatCompletionChunk = components["schemas"]["ChatCompletionChunk"];

/** A model that the current token may call. */
export type Model = components["schemas"]["Model"];

/** The models that the current token may call. */
export type ModelList = components["schemas"]["ModelList"];

/** A body that says how the answer comes. */
export type ChatCompletionCreateParamsNonStreaming = ChatCompletionCreateParams & { stream?: false | null };

/** A body that says how the answer comes. */
export type ChatCompletionCreateParamsStreaming = ChatCompletionCreateParams & { stream: true };

// Written by `npm run build` from the OpenAPI document of "Routescope API". Do not edit it.
export interface paths {
    "/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a chat completion
         * @description Answers a conversation with text, reasoning, code, tool calls or JSON.
         *
         *     ## Streaming
         *
         *     With `"stream": true` the answer does not come as one JSON document at the end but piece by piece while the
         *     model writes. The response then is a stream of *server-sent events* (SSE): a text that grows line by line over
         *     one open connection, with `Content-Type: text/event-stream`. Each event is a line that starts with `data: `,
         *     and an empty line after it. What follows `data: ` is a *chunk*, a small JSON document:
         *
         *     ```text
         *     data: {"id":"task_01","object":"chat.completion.chunk","created":1763900000,"model":"gpt-5.4","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}
         *
         *     data: {…,"choices":[{"index":0,"delta":{"content":"Routescope"},"finish_reason":null}]}
         *
         *     data: {…,"choices":[{"index":0,"delta":{"content":" is"},"finish_reason":null}]}
         *
         *     data: {…,"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}
         *
         *     data: [DONE]
         *
         *     ```
         *
         *     All chunks have the members of the first. To get the answer, start with an empty text and append each `choices[0].delta.content`.
         *
         *     - The first chunk carries the role, the last one the `finish_reason`; it is `null` in between. Then comes
         *       `data: [DONE]`, which is not JSON and ends the stream. A stream that ends without a `finish_reason` was cut.
         *     - Reasoning comes in `delta.reasoning_content`, a refusal in `delta.refusal`.
         *     - Tool calls come in `delta.tool_calls`. The first piece of a call carries its `id` and the function's name,
         *       the later ones pieces of `arguments`; pieces of the same call have the same `index`.
         *     - With `"stream_options": {"include_usage": true}`, one more chunk before `[DONE]` reports the token usage. Its
         *       `choices` is empty.
         *     - Lines that start with a colon are comments that keep the connection alive. Ignore them.
         *     - An error before the first chunk is an ordinary error response. An error after it is an event whose data is
         *       an error body, `data: {"error": {"message": "…"}}`; the answer ends there.
         *
         *     Chunks arrive at any size: an event, even a character, may be split over two reads. Use a parser for SSE, or
         *     an SDK.
         *
         *     ## Tool calls
         *
         *     Describe functions in `tools`. When the model wants one, `finish_reason` is `tool_calls` and
         *     `message.tool_calls` lists the calls. Append that message to `messages`, run each function, append a `tool`
         *     message with its result and the call's `id` as `tool_call_id`, and send the conversation again.
         *
         *     ## Notes on models
         *
         *     - `model`: every model. Copy an ID that is available to the current token from the model selection table or
         *       from `GET /v1/models`.
         *     - `stream_options`: OpenAI-compatible models that support streaming. Upstream support may vary.
         *     - `enable_thinking`: an extension of Qwen / Alibaba Cloud, not a field of the GPT series.
         *     - Reasoning and code models (o3 and the Codex series) have no further field in common. Follow the API's
         *       answers or what the console shows.
         */
        post: operations["createChatCompletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List models
         * @description Lists the models that the current token may call. Use an `id` of the list as the `model` of a chat completion.
         */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The ID of the model. In the path a slash in it is written `%2F`; SDKs see to that.
                 * @example gpt-5.4
                 */
                model: components["parameters"]["Model"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a model
         * @description Retrieves one model's details: the same object as in the list.
         */
        get: operations["retrieveModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Model ID
         * @description The ID of a model. The known ones are listed with their capability and typical use; a token may have others,
         *     so any ID that `GET /v1/models` returns is valid.
         * @example gpt-5.4
         */
        ModelId: "gpt-5" | "gpt-5-2025-08-07" | "gpt-5.1" | "gpt-5.1-2025-11-13" | "gpt-5.1-chat-latest" | "gpt-5.2-2025-12-11" | "gpt-5.2-chat-latest" | "gpt-5.3-chat-latest" | "gpt-5.4" | "gpt-5.4-2026-03-05" | "gpt-5.4-mini" | "gpt-5.4-mini-2026-03-17" | "gpt-5.4-nano" | "gpt-5.4-pro" | "gpt-5.4-pro-2026-03-05" | "gpt-5-pro" | "gpt-5-pro-2025-10-06" | "gpt-5.1-codex-mini" | "gpt-5.1-codex" | "gpt-5.1-codex-max" | "gpt-5.2-codex" | "gpt-5.3-codex" | "o3" | "o3-2025-04-16" | (string & {});
        /**
         * Text part
         * @description Text.
         */
        TextPart: {
            /**
             * @description The kind of part, `text`.
             * @enum {string}
             */
            type: "text";
            /**
             * @description The text.
             * @example What is in this picture?
             */
            text: string;
        };
        /**
         * Participant name
         * @description A name that tells participants of the same role apart. Passed through.
         * @example ada
         */
        ParticipantName: string | null;
        /**
         * Developer message
         * @description Instructions of the developer. What current SDKs send to reasoning models in place of `system`.
         */
        ChatCompletionDeveloperMessageParam: {
            /**
             * @description Who speaks, `developer`.
             * @enum {string}
             */
            role: "developer";
            /**
             * @description The instructions.
             * @example Answer in one sentence.
             */
            content: string | components["schemas"]["TextPart"][];
            name?: components["schemas"]["ParticipantName"];
        };
        /**
         * System message
         * @description Instructions that hold for the whole conversation.
         */
        ChatCompletionSystemMessageParam: {
            /**
             * @description Who speaks, `system`.
             * @enum {string}
             */
            role: "system";
            /**
             * @description The instructions.
             * @example Answer in one sentence.
             */
            content: string | components["schemas"]["TextPart"][];
            name?: components["schemas"]["ParticipantName"];
        };
        /**
         * Image part
         * @description An image.
         */
        ImagePart: {
            /**
             * @description The kind of part, `image_url`.
             * @enum {string}
             */
            type: "image_url";
            /** @description Where the image is, and how closely to look. */
            image_url: {
                /**
                 * @description The address of the image, or the image itself as a `data:` URL.
                 * @example https://example.com/cat.png
                 */
                url: string;
                /**
                 * @description How closely to look. Passed through.
                 * @default auto
                 * @enum {string}
                 */
                detail?: "auto" | "low" | "high";
            };
        };
        /**
         * Audio part
         * @description Recorded speech or sound.
         */
        AudioPart: {
            /**
             * @description The kind of part, `input_audio`.
             * @enum {string}
             */
            type: "input_audio";
            /** @description The recording. */
            input_audio: {
                /**
                 * @description The recording, in Base64.
                 * @example UklGRiQAAABXQVZF
                 */
                data: string;
                /**
                 * @description The format of the recording.
                 * @enum {string}
                 */
                format: "wav" | "mp3";
            };
        };
        /**
         * File part
         * @description A file, such as a PDF.
         */
        FilePart: {
            /**
             * @description The kind of part, `file`.
             * @enum {string}
             */
            type: "file";
            /** @description The file, by its content or by its ID. */
            file: {
                /**
                 * @description The name of the file.
                 * @example report.pdf
                 */
                filename?: string;
                /**
                 * @description The content of the file, in Base64.
                 * @example JVBERi0xLjcK
                 */
                file_data?: string;
                /**
                 * @description The ID of a file that the upstream has.
                 * @example file-abc123
                 */
                file_id?: string;
            };
        };
        /**
         * Content part
         * @description One part of a user's message.
         */
        ChatCompletionContentPart: components["schemas"]["TextPart"] | components["schemas"]["ImagePart"] | components["schemas"]["AudioPart"] | components["schemas"]["FilePart"];
        /**
         * User message
         * @description What the end user says.
         */
        ChatCompletionUserMessageParam: {
            /**
             * @description Who speaks, `user`.
             * @enum {string}
             */
            role: "user";
            /**
             * @description The message, as text or as a list of parts.
             * @example Introduce Routescope API in one sentence.
             */
            content: string | components["schemas"]["ChatCompletionContentPart"][];
            name?: components["schemas"]["ParticipantName"];
        };
        /**
         * Refusal part
         * @description A refusal of the model.
         */
        RefusalPart: {
            /**
             * @description The kind of part, `refusal`.
             * @enum {string}
             */
            type: "refusal";
            /**
             * @description The refusal.
             * @example I can't help with that.
             */
            refusal: string;
        };
        /**
         * Assistant content part
         * @description One part of a model's earlier message.
         */
        AssistantContentPart: components["schemas"]["TextPart"] | components["schemas"]["RefusalPart"];
        /**
         * Function call
         * @description A function and its arguments.
         */
        FunctionCall: {
            /**
             * @description The name of the function.
             * @example get_weather
             */
            name: string;
            /**
             * @description The arguments, as JSON text. The model may err: parse and check them before use.
             * @example {"city": "Oslo"}
             */
            arguments: string;
        };
        /**
         * Function tool call
         * @description A call of a function.
         */
        FunctionToolCall: {
            /**
             * @description The ID of the call; the `tool` message with its result repeats it.
             * @example call_9pKxQ2
             */
            id: string;
            /**
             * @description The kind of tool, `function`. Some upstreams leave it out.
             * @constant
             */
            type?: "function";
            function: components["schemas"]["FunctionCall"];
        };
        /**
         * Custom tool call
         * @description A call of a custom tool. Passed through.
         */
        CustomToolCall: {
            /**
             * @description The ID of the call; the `tool` message with its result repeats it.
             * @example call_4mZtR8
             */
            id: string;
            /**
             * @description The kind of tool, `custom`.
             * @constant
             */
            type: "custom";
            /** @description The tool and its input. */
            custom: {
                /**
                 * @description The name of the tool.
                 * @example run_sql
                 */
                name: string;
                /**
                 * @description The input, as text.
                 * @example SELECT 1
                 */
                input: string;
            };
        };
        /**
         * Tool call
         * @description One tool that the model calls.
         */
        ChatCompletionMessageToolCall: components["schemas"]["FunctionToolCall"] | components["schemas"]["CustomToolCall"];
        /**
         * Assistant message
         * @description What the model said earlier. Append the `message` of an answer as it is; members that are not listed here are
         *     accepted.
         */
        ChatCompletionAssistantMessageParam: {
            /**
             * @description Who speaks, `assistant`.
             * @enum {string}
             */
            role: "assistant";
            /**
             * @description The model's text. May be absent, `null` or empty beside `tool_calls`.
             * @example Routescope is a relay.
             */
            content?: string | components["schemas"]["AssistantContentPart"][] | null;
            name?: components["schemas"]["ParticipantName"];
            /** @description The refusal that the model answered with. Passed through. */
            refusal?: string | null;
            /** @description The reasoning that came with the answer. Passed through. */
            reasoning_content?: string | null;
            /** @description The tool calls that the model asked for. Each is answered by a `tool` message. */
            tool_calls?: components["schemas"]["ChatCompletionMessageToolCall"][] | null;
            /**
             * @deprecated
             * @description The older form of `tool_calls`. Passed through.
             */
            function_call?: components["schemas"]["FunctionCall"] | null;
            /** @description A spoken answer of the model, by its ID. Passed through. */
            audio?: {
                /**
                 * @description The ID of the spoken answer.
                 * @example audio_abc123
                 */
                id: string;
            } | null;
        };
        /**
         * Tool message
         * @description The result of one tool call.
         */
        ChatCompletionToolMessageParam: {
            /**
             * @description Who speaks, `tool`.
             * @enum {string}
             */
            role: "tool";
            /**
             * @description The tool's result, as text or as a list of text parts.
             * @example {"temperature": 18, "unit": "celsius"}
             */
            content: string | components["schemas"]["TextPart"][];
            /**
             * @description The `id` of the tool call that this answers.
             * @example call_9pKxQ2
             */
            tool_call_id: string;
        };
        /**
         * Message
         * @description One message of a conversation. Its `role` says who speaks.
         */
        ChatCompletionMessageParam: components["schemas"]["ChatCompletionDeveloperMessageParam"] | components["schemas"]["ChatCompletionSystemMessageParam"] | components["schemas"]["ChatCompletionUserMessageParam"] | components["schemas"]["ChatCompletionAssistantMessageParam"] | components["schemas"]["ChatCompletionToolMessageParam"];
        /**
         * Stream options
         * @description Extra options for a streamed answer.
         */
        ChatCompletionStreamOptions: {
            /**
             * @description Whether to report the token usage: one more chunk before `[DONE]` carries it, with an empty `choices`, and
             *     `usage` is `null` in every chunk before.
             * @default false
             */
            include_usage?: boolean;
            /** @description Whether the upstream pads chunks so that their size tells nothing of the text. Passed through. */
            include_obfuscation?: boolean;
        };
        /**
         * JSON Schema
         * @description A JSON Schema. How complex it may be is limited by the upstream.
         * @example {
         *       "type": "object",
         *       "properties": {
         *         "city": {
         *           "type": "string"
         *         }
         *       },
         *       "required": [
         *         "city"
         *       ]
         *     }
         */
        JsonSchema: {
            [key: string]: unknown;
        };
        /**
         * Function definition
         * @description A function that the model may call.
         */
        FunctionDefinition: {
            /**
             * @description The name of the function: up to 64 letters, digits, underscores and dashes.
             * @example get_weather
             */
            name: string;
            /**
             * @description What the function does and when to call it, for the model.
             * @example Get the current weather of a city.
             */
            description?: string;
            /** @description The function's arguments as a JSON Schema. Absent, or without properties, for a function that takes none. */
            parameters?: components["schemas"]["JsonSchema"];
            /**
             * @description Whether the arguments must match `parameters` exactly. Passed through.
             * @default false
             */
            strict?: boolean | null;
        };
        /**
         * Function tool
         * @description A function whose arguments are JSON.
         */
        FunctionTool: {
            /**
             * @description The kind of part, `function`.
             * @enum {string}
             */
            type: "function";
            function: components["schemas"]["FunctionDefinition"];
        };
        /**
         * Custom tool
         * @description A tool whose input is free text. Passed through.
         */
        CustomTool: {
            /**
             * @description The kind of part, `custom`.
             * @enum {string}
             */
            type: "custom";
            /** @description The tool. */
            custom: {
                /**
                 * @description The name of the tool.
                 * @example run_sql
                 */
                name: string;
                /**
                 * @description What the tool does, for the model.
                 * @example Runs a SQL query.
                 */
                description?: string;
                /**
                 * @description What the input must look like; any text if absent.
                 * @example {
                 *       "type": "text"
                 *     }
                 */
                format?: Record<string, unknown>;
            };
        };
        /**
         * Tool
         * @description A tool that the model may call.
         */
        ChatCompletionTool: components["schemas"]["FunctionTool"] | components["schemas"]["CustomTool"];
        /**
         * Named function
         * @description A function by its name.
         */
        NamedFunction: {
            /**
             * @description The name of the function.
             * @example get_weather
             */
            name: string;
        };
        /**
         * Function tool choice
         * @description The model must call this function.
         */
        FunctionToolChoice: {
            /**
             * @description The kind of part, `function`.
             * @enum {string}
             */
            type: "function";
            function: components["schemas"]["NamedFunction"];
        };
        /**
         * Custom tool choice
         * @description The model must call this custom tool. Passed through.
         */
        CustomToolChoice: {
            /**
             * @description The kind of part, `custom`.
             * @enum {string}
             */
            type: "custom";
            /** @description The custom tool. */
            custom: {
                /**
                 * @description The name of the custom tool.
                 * @example run_sql
                 */
                name: string;
            };
        };
        /**
         * Allowed tools choice
         * @description The model may call only these of the tools. Passed through.
         */
        AllowedToolsChoice: {
            /**
             * @description The kind of part, `allowed_tools`.
             * @enum {string}
             */
            type: "allowed_tools";
            /** @description The tools, and whether one must be called. */
            allowed_tools: {
                /**
                 * @description Whether one must be called.
                 * @enum {string}
                 */
                mode: "auto" | "required";
                /**
                 * @description The tools, named as in `tool_choice`.
                 * @example [
                 *       {
                 *         "type": "function",
                 *         "function": {
                 *           "name": "get_weather"
                 *         }
                 *       }
                 *     ]
                 */
                tools: Record<string, unknown>[];
            };
        };
        /**
         * Named tool choice
         * @description Names the tool that the model must call, or the tools that it may.
         */
        NamedToolChoice: components["schemas"]["FunctionToolChoice"] | components["schemas"]["CustomToolChoice"] | components["schemas"]["AllowedToolsChoice"];
        /**
         * Tool choice
         * @description Whether, and which, tools the model calls: `none`, `auto`, `required`, or an object that names a tool. Without
         *     it the model decides (`auto`) if there are tools.
         * @example auto
         */
        ChatCompletionToolChoiceOption: ("none" | "auto" | "required") | components["schemas"]["NamedToolChoice"];
        /**
         * Text format
         * @description Free text, the default.
         */
        TextFormat: {
            /**
             * @description The kind of part, `text`.
             * @enum {string}
             */
            type: "text";
        };
        /**
         * JSON object format
         * @description Any JSON object. Say in a message that the answer is to be JSON.
         */
        JsonObjectFormat: {
            /**
             * @description The kind of part, `json_object`.
             * @enum {string}
             */
            type: "json_object";
        };
        /**
         * JSON Schema format
         * @description JSON that matches a schema.
         */
        JsonSchemaFormat: {
            /**
             * @description The kind of part, `json_schema`.
             * @enum {string}
             */
            type: "json_schema";
            /** @description The schema, with a name. */
            json_schema: {
                /**
                 * @description The name of the schema: up to 64 letters, digits, underscores and dashes.
                 * @example person
                 */
                name: string;
                /**
                 * @description What the answer is for, for the model.
                 * @example A person in the text.
                 */
                description?: string;
                schema?: components["schemas"]["JsonSchema"];
                /**
                 * @description Whether the answer must match the schema exactly. Passed through.
                 * @default false
                 */
                strict?: boolean | null;
            };
        };
        /**
         * Response format
         * @description Constrains the form of the answer, for example to a JSON Schema.
         */
        ResponseFormat: components["schemas"]["TextFormat"] | components["schemas"]["JsonObjectFormat"] | components["schemas"]["JsonSchemaFormat"];
        /**
         * Prediction
         * @description Text that the answer is expected to repeat.
         */
        Prediction: {
            /**
             * @description The kind of prediction, `content`.
             * @constant
             */
            type: "content";
            /** @description The expected text. */
            content: string | components["schemas"]["TextPart"][];
        };
        /**
         * Chat completion request
         * @description A conversation and how to answer it. Only `model` and `messages` are required. A member that is not listed
         *     here is passed through to the upstream.
         */
        ChatCompletionCreateParams: {
            /**
             * @description The model to call. Copy an ID that is available to the current token from the model selection table or
             *     from `GET /v1/models`.
             */
            model: components["schemas"]["ModelId"];
            /** @description The conversation so far, oldest message first. At least 1 message. */
            messages: components["schemas"]["ChatCompletionMessageParam"][];
            /**
             * @description Sampling temperature, from 0 to 2. The larger the value, the more random the answer. Change this or
             *     `top_p`, not both.
             * @example 0.7
             */
            temperature?: number | null;
            /**
             * @description Nucleus sampling, from 0 to 1: only the most likely tokens that together reach this probability are
             *     considered. Usually not adjusted together with `temperature`.
             * @example 0.9
             */
            top_p?: number | null;
            /**
             * @description The maximum number of output tokens, from 1 to what the model's context leaves. An answer that reaches it
             *     ends with `finish_reason` `length`.
             * @example 1024
             */
            max_tokens?: number | null;
            /**
             * @description Whether to stream the answer as server-sent events (SSE). `true` sends it piece by piece while the model
             *     writes; `false` sends it whole at the end.
             * @default false
             */
            stream?: boolean | null;
            /** @description Extra options for a streamed answer. Upstream support varies. */
            stream_options?: components["schemas"]["ChatCompletionStreamOptions"] | null;
            /**
             * @description Whether the model thinks before it answers. An extension of the OpenAI-compatible API of Qwen / Alibaba
             *     Cloud, not a field of the GPT series: `true` turns thinking on, `false` turns it off. Some thinking models
             *     are always on and cannot be switched off. It is a plain top-level member of the body; from the Python
             *     OpenAI SDK, send it as `extra_body={"enable_thinking": True}`.
             * @example true
             */
            enable_thinking?: boolean;
            /**
             * @description The tools that the model may call. How many there may be, and how complex their schemas, is limited by the
             *     upstream.
             */
            tools?: components["schemas"]["ChatCompletionTool"][];
            tool_choice?: components["schemas"]["ChatCompletionToolChoiceOption"];
            response_format?: components["schemas"]["ResponseFormat"];
            /**
             * @description An identifier of the end user, for auditing and risk control.
             * @example user-1234
             */
            user?: string;
            /**
             * @description The maximum number of output tokens, reasoning included: what current models read in place of
             *     `max_tokens`. Passed through.
             * @example 1024
             */
            max_completion_tokens?: number | null;
            /**
             * @description How many answers to generate, from 1 to 128. Each is one entry of `choices`. Passed through.
             * @default 1
             */
            n?: number | null;
            /**
             * @description Up to 4 texts at which the answer ends; the answer does not contain them. Passed through.
             * @example [
             *       "\n\n"
             *     ]
             */
            stop?: string | string[] | null;
            /**
             * @description A number that makes sampling repeatable, as far as the upstream can. Passed through.
             * @example 7
             */
            seed?: number | null;
            /**
             * @description From -2 to 2. Positive values make a token less likely the more often it has occurred. Passed through.
             * @default 0
             */
            frequency_penalty?: number | null;
            /**
             * @description From -2 to 2. Positive values make a token less likely once it has occurred. Passed through.
             * @default 0
             */
            presence_penalty?: number | null;
            /**
             * @description From token IDs to a bias from -100 (never) to 100 (always) that is added before sampling. Passed through.
             * @example {
             *       "50256": -100
             *     }
             */
            logit_bias?: {
                [key: string]: number;
            } | null;
            /**
             * @description Whether to return the log probability of each output token. Passed through.
             * @default false
             */
            logprobs?: boolean | null;
            /**
             * @description How many of the most likely tokens to return at each position, from 0 to 20. Needs `logprobs`. Passed
             *     through.
             * @example 2
             */
            top_logprobs?: number | null;
            /**
             * @description How much a reasoning model thinks before it answers. Passed through.
             * @enum {string|null}
             */
            reasoning_effort?: "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | null;
            /**
             * @description How long the answer should be. Passed through.
             * @enum {string|null}
             */
            verbosity?: "low" | "medium" | "high" | null;
            /**
             * @description Whether the model may call several tools in one answer. Passed through.
             * @default true
             */
            parallel_tool_calls?: boolean;
            /**
             * @description Up to 16 pairs of your own that the upstream stores with the answer; keys up to 64 characters, values up
             *     to 512. Passed through.
             * @example {
             *       "ticket": "A-17"
             *     }
             */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * @description Whether the upstream keeps the answer for later retrieval. Passed through.
             * @default false
             */
            store?: boolean | null;
            /**
             * @description The class of service that the upstream should use. Passed through.
             * @example auto
             */
            service_tier?: string | null;
            /**
             * @description The kinds of output that are asked for. Passed through.
             * @example [
             *       "text"
             *     ]
             */
            modalities?: ("text" | "audio")[] | null;
            /** @description How spoken output should sound. Passed through. */
            audio?: {
                /**
                 * @description The voice, by name or as an object with its `id`.
                 * @example alloy
                 */
                voice: string | Record<string, unknown>;
                /**
                 * @description The audio format.
                 * @enum {string}
                 */
                format: "wav" | "aac" | "mp3" | "flac" | "opus" | "pcm16";
            } | null;
            /** @description Text that much of the answer is expected to repeat, which makes it faster. Passed through. */
            prediction?: components["schemas"]["Prediction"] | null;
            /**
             * @description Lets models that can search the web do so, and how. Passed through.
             * @example {
             *       "search_context_size": "medium"
             *     }
             */
            web_search_options?: Record<string, unknown>;
            /**
             * @description A stable, hashed identifier of the end user for abuse detection. Passed through.
             * @example user-1f3a
             */
            safety_identifier?: string | null;
            /**
             * @description Groups requests that share a long beginning, so that the upstream can cache it. Passed through.
             * @example support-bot
             */
            prompt_cache_key?: string | null;
            /**
             * @description How long the upstream keeps that cache, such as `24h`. Passed through.
             * @example 24h
             */
            prompt_cache_retention?: string | null;
            /**
             * @deprecated
             * @description The older form of `tools`, up to 128 functions. Passed through.
             */
            functions?: components["schemas"]["FunctionDefinition"][];
            /**
             * @deprecated
             * @description The older form of `tool_choice`. Passed through.
             */
            function_call?: ("none" | "auto") | components["schemas"]["NamedFunction"];
        };
        /**
         * Error response
         * @description The body of every error. An answer may carry a top-level `message` beside `error`; an `error` of `null` means
         *     that nothing went wrong.
         */
        ErrorResponse: {
            /** @description What went wrong, in the form that OpenAI's SDKs read; `null` if nothing did. */
            error: {
                /**
                 * @description What went wrong, for people.
                 * @example temperature: must be <= 2
                 */
                message: string;
                /**
                 * @description The family of the error, such as `invalid_request_error`.
                 * @example invalid_request_error
                 */
                type?: string | null;
                /**
                 * @description The field at fault, where there is one. Relays of this kind also leave it out or send `""`.
                 * @example temperature
                 */
                param?: string | null;
                /**
                 * @description The error in a word that programs can compare. Relays of this kind also send a number.
                 * @example invalid_value
                 */
                code?: string | number | null;
            } | null;
            /**
             * @description The same in one sentence, or `success` where `error` is `null`.
             * @example success
             */
            message?: string | null;
        };
        /**
         * Audio answer
         * @description A spoken answer.
         */
        AudioAnswer: {
            /**
             * @description The ID by which a later message can refer to it.
             * @example audio_abc123
             */
            id: string;
            /**
             * @description The recording, in Base64.
             * @example UklGRiQAAABXQVZF
             */
            data?: string;
            /**
             * Format: int64
             * @description Until when the ID is known, in seconds since 1970-01-01T00:00:00Z.
             * @example 1763903600
             */
            expires_at?: number;
            /**
             * @description What is said.
             * @example Hello!
             */
            transcript?: string;
        };
        /**
         * Answer message
         * @description The model's answer. To go on with the conversation, append it to `messages` as it is.
         */
        ChatCompletionMessage: {
            /**
             * @description Who speaks, `assistant`.
             * @constant
             */
            role: "assistant";
            /**
             * @description The text of the answer. Absent or `null` beside tool calls or a refusal.
             * @example Routescope API is one endpoint for many models.
             */
            content?: string | null;
            /**
             * @description What the model thought before it answered, where it tells.
             * @example The user wants one sentence.
             */
            reasoning_content?: string | null;
            /** @description The same under the name that some upstreams use. Seen in relays of this kind. */
            reasoning?: string | null;
            /**
             * @description Why the model declines to answer, if it does.
             * @example I can't help with that.
             */
            refusal?: string | null;
            /** @description The tools that the model wants to call. */
            tool_calls?: components["schemas"]["ChatCompletionMessageToolCall"][] | null;
            /**
             * @deprecated
             * @description The older form of `tool_calls`.
             */
            function_call?: components["schemas"]["FunctionCall"] | null;
            /** @description Notes on the text, such as the sources of a web search. Seen in relays of this kind. */
            annotations?: Record<string, unknown>[] | null;
            /** @description The spoken answer, if `audio` was asked for. Seen in relays of this kind. */
            audio?: components["schemas"]["AudioAnswer"] | null;
        };
        /**
         * Finish reason
         * @description Why the answer ended. `null` in a stream until it has. An upstream may send others.
         * @example stop
         */
        FinishReason: "stop" | "length" | "tool_calls" | "content_filter" | "function_call" | (string & {}) | null;
        /**
         * Token log probability
         * @description A token, how likely it was, and what else was likely in its place.
         */
        TokenLogprob: {
            /**
             * @description The token.
             * @example relay
             */
            token: string;
            /**
             * @description Its log probability; -9999 for a very unlikely one.
             * @example -0.31
             */
            logprob: number | null;
            /**
             * @description Its bytes in UTF-8, where it is not whole characters.
             * @example [
             *       32,
             *       114,
             *       101,
             *       108,
             *       97,
             *       121
             *     ]
             */
            bytes?: number[] | null;
            /** @description The most likely tokens at this place; as many as `top_logprobs` asked for. */
            top_logprobs?: {
                /**
                 * @description The token.
                 * @example relay
                 */
                token: string;
                /**
                 * @description Its log probability.
                 * @example -0.31
                 */
                logprob: number | null;
                /**
                 * @description Its bytes in UTF-8.
                 * @example [
                 *       32,
                 *       114,
                 *       101,
                 *       108,
                 *       97,
                 *       121
                 *     ]
                 */
                bytes?: number[] | null;
            }[] | null;
        };
        /**
         * Log probabilities
         * @description The log probabilities of the output tokens, if `logprobs` asked for them.
         */
        Logprobs: {
            /** @description One entry for each token of the text. */
            content?: components["schemas"]["TokenLogprob"][] | null;
            /** @description One entry for each token of the refusal. */
            refusal?: components["schemas"]["TokenLogprob"][] | null;
        } | null;
        /**
         * Choice
         * @description One answer.
         */
        ChatCompletionChoice: {
            /**
             * @description The place of this answer in `choices`, from 0.
             * @example 0
             */
            index: number;
            message: components["schemas"]["ChatCompletionMessage"];
            finish_reason: components["schemas"]["FinishReason"];
            logprobs?: components["schemas"]["Logprobs"];
        };
        /**
         * Usage
         * @description The tokens that were used. `input_tokens` and `output_tokens` say the same as `prompt_tokens` and
         *     `completion_tokens`. An upstream may add members, such as times or costs.
         */
        CompletionUsage: {
            /**
             * @description The tokens of the request.
             * @example 14
             */
            prompt_tokens: number;
            /**
             * @description The tokens of the answer, reasoning included.
             * @example 18
             */
            completion_tokens: number;
            /**
             * @description Both together.
             * @example 32
             */
            total_tokens: number;
            /**
             * @description The same as `prompt_tokens`.
             * @example 14
             */
            input_tokens?: number | null;
            /**
             * @description The same as `completion_tokens`.
             * @example 18
             */
            output_tokens?: number | null;
            /** @description What the tokens of the request were. Seen in relays of this kind; the members vary. */
            prompt_tokens_details?: {
                /**
                 * @description Those that the upstream had cached.
                 * @example 0
                 */
                cached_tokens?: number | null;
                /**
                 * @description Those of recordings.
                 * @example 0
                 */
                audio_tokens?: number | null;
            } | null;
            /** @description What the tokens of the answer were. Seen in relays of this kind; the members vary. */
            completion_tokens_details?: {
                /**
                 * @description Those of the reasoning.
                 * @example 0
                 */
                reasoning_tokens?: number | null;
                /**
                 * @description Those of speech.
                 * @example 0
                 */
                audio_tokens?: number | null;
                /**
                 * @description Those of the `prediction` that occur in the answer.
                 * @example 0
                 */
                accepted_prediction_tokens?: number | null;
                /**
                 * @description Those of the `prediction` that do not.
                 * @example 0
                 */
                rejected_prediction_tokens?: number | null;
            } | null;
        };
        /**
         * Service tier
         * @description The class of service that was used. Seen in relays of this kind.
         * @example default
         */
        ServiceTier: string | null;
        /**
         * System fingerprint
         * @description The configuration of the upstream that answered. Seen in relays of this kind.
         * @example fp_44709d6fcb
         */
        SystemFingerprint: string | null;
        /**
         * Chat completion
         * @description A whole answer.
         */
        ChatCompletion: {
            /**
             * @description The ID of the answer. Any text; do not rely on its form.
             * @example task_01JZ8M9Q4R7V2K8N9P0Q
             */
            id: string;
            /**
             * @description What this is, `chat.completion`.
             * @example chat.completion
             */
            object: string;
            /**
             * Format: int64
             * @description When the answer was made, in seconds since 1970-01-01T00:00:00Z.
             * @example 1763900000
             */
            created: number;
            /**
             * @description The model that answered. May be more specific than the one that was asked for.
             * @example gpt-5.4
             */
            model: string;
            /** @description The answers, one unless `n` asked for more. */
            choices: components["schemas"]["ChatCompletionChoice"][];
            usage: components["schemas"]["CompletionUsage"];
            service_tier?: components["schemas"]["ServiceTier"];
            system_fingerprint?: components["schemas"]["SystemFingerprint"];
        };
        /**
         * Function call delta
         * @description A piece of a function call.
         */
        FunctionCallDelta: {
            /**
             * @description The name of the function.
             * @example get_weather
             */
            name?: string | null;
            /**
             * @description The next piece of the arguments.
             * @example {"city"
             */
            arguments?: string | null;
        };
        /**
         * Tool call delta
         * @description A piece of a tool call. The first piece of a call carries its `id`, `type` and the function's name, the later
         *     ones only `arguments`.
         */
        ToolCallDelta: {
            /**
             * @description The call that this belongs to, from 0. Some upstreams leave it out; then go by `id`, else by order.
             * @example 0
             */
            index?: number | null;
            /**
             * @description The ID of the call.
             * @example call_9pKxQ2
             */
            id?: string | null;
            /**
             * @description The kind of tool, `function` or `custom`.
             * @example function
             */
            type?: string | null;
            /** @description The function's part. */
            function?: components["schemas"]["FunctionCallDelta"] | null;
            /** @description The custom tool's part. Passed through. */
            custom?: {
                /**
                 * @description The name of the tool.
                 * @example run_sql
                 */
                name?: string | null;
                /**
                 * @description The next piece of the input.
                 * @example SELECT
                 */
                input?: string | null;
            } | null;
        };
        /**
         * Delta
         * @description The piece itself. Join the pieces of each member in the order in which they come; the last delta is empty.
         */
        ChatCompletionDelta: {
            /**
             * @description Who speaks, `assistant`; in the first chunk only.
             * @example assistant
             */
            role?: string | null;
            /**
             * @description The next piece of the text.
             * @example Route
             */
            content?: string | null;
            /**
             * @description The next piece of the reasoning.
             * @example The user
             */
            reasoning_content?: string | null;
            /** @description The same under the name that some upstreams use. Seen in relays of this kind. */
            reasoning?: string | null;
            /**
             * @description The next piece of the refusal.
             * @example I can't
             */
            refusal?: string | null;
            /** @description The next pieces of the tool calls. Pieces of the same call have the same `index`. */
            tool_calls?: components["schemas"]["ToolCallDelta"][] | null;
            /**
             * @deprecated
             * @description The older form of `tool_calls`.
             */
            function_call?: components["schemas"]["FunctionCallDelta"] | null;
        };
        /**
         * Chunk choice
         * @description What a chunk adds to one answer.
         */
        ChatCompletionChunkChoice: {
            /**
             * @description The answer that this belongs to, from 0.
             * @example 0
             */
            index: number;
            delta: components["schemas"]["ChatCompletionDelta"];
            finish_reason?: components["schemas"]["FinishReason"];
            logprobs?: components["schemas"]["Logprobs"];
        };
        /**
         * Chat completion chunk
         * @description One piece of a streamed answer. All chunks of a stream have the same `id`, `created` and `model`, except that
         *     some upstreams begin with an empty one.
         */
        ChatCompletionChunk: {
            /**
             * @description The ID of the answer.
             * @example task_01JZ8M9Q4R7V2K8N9P0Q
             */
            id: string;
            /**
             * @description What this is, `chat.completion.chunk`. Some upstreams leave it out or empty.
             * @example chat.completion.chunk
             */
            object?: string | null;
            /**
             * Format: int64
             * @description When the answer was begun, in seconds since 1970-01-01T00:00:00Z.
             * @example 1763900000
             */
            created: number;
            /**
             * @description The model that answers.
             * @example gpt-5.4
             */
            model: string;
            /** @description What is added to each answer. Empty in the chunk that carries the usage. */
            choices: components["schemas"]["ChatCompletionChunkChoice"][];
            /**
             * @description The tokens that were used: in the last chunk before `[DONE]`, if `stream_options.include_usage` asked for
             *     it, and `null` in the chunks before.
             */
            usage?: components["schemas"]["CompletionUsage"] | null;
            service_tier?: components["schemas"]["ServiceTier"];
            system_fingerprint?: components["schemas"]["SystemFingerprint"];
        };
        /**
         * Model
         * @description A model that the current token may call.
         */
        Model: {
            /**
             * @description The ID of the model, to be sent as `model`.
             * @example gpt-5.4
             */
            id: string;
            /**
             * @description What this is, `model`.
             * @example model
             */
            object?: string;
            /**
             * Format: int64
             * @description When the model was made available, in seconds since 1970-01-01T00:00:00Z.
             * @example 1772668800
             */
            created?: number | null;
            /**
             * @description Who provides the model.
             * @example openai
             */
            owned_by?: string | null;
        };
        /**
         * Model list
         * @description The models that the current token may call.
         */
        ModelList: {
            /**
             * @description What this is, `list`.
             * @example list
             */
            object?: string;
            /** @description One entry a model. */
            data: components["schemas"]["Model"][];
        };
    };
    responses: {
        /** @description Any other error, in the same form. */
        Error: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The request is malformed or outside a documented limit. Mend the field that `error.param` names; do not retry it as it is. */
        BadRequest: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The token is missing, malformed or unknown. Check the `Authorization` header. */
        Unauthorized: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The token may not do this, or its quota is used up. Top up, or use another token or model. */
        Forbidden: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The body is too large. Send fewer messages or smaller images. */
        PayloadTooLarge: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Too many requests or tokens in too short a time. Wait as long as `Retry-After` says, then retry. */
        TooManyRequests: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "retry-after": components["headers"]["RetryAfter"];
                "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Routescope failed. Retry with growing pauses; report the `x-request-id` if it goes on. */
        InternalServerError: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The upstream is overloaded or away. Retry with growing pauses, or use another model. */
        ServiceUnavailable: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "retry-after": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
    };
    parameters: {
        /**
         * @description The ID of the model. In the path a slash in it is written `%2F`; SDKs see to that.
         * @example gpt-5.4
         */
        Model: components["schemas"]["ModelId"];
    };
    requestBodies: never;
    headers: {
        /**
         * @description The ID of the request. Quote it when you report a problem.
         * @example req_01JZ8M9Q4R7V2K8N9P0Q
         */
        RequestId: string;
        /**
         * @description How many requests the token may send in a window. Seen in relays of this kind.
         * @example 500
         */
        RateLimitLimitRequests: number;
        /**
         * @description How many of them are left. Seen in relays of this kind.
         * @example 499
         */
        RateLimitRemainingRequests: number;
        /**
         * @description When all of them are there again, as a duration. Seen in relays of this kind.
         * @example 120ms
         */
        RateLimitResetRequests: string;
        /**
         * @description How many tokens the token may use in a window. Seen in relays of this kind.
         * @example 200000
         */
        RateLimitLimitTokens: number;
        /**
         * @description How many of them are left. Seen in relays of this kind.
         * @example 199950
         */
        RateLimitRemainingTokens: number;
        /**
         * @description When all of them are there again, as a duration. Seen in relays of this kind.
         * @example 15ms
         */
        RateLimitResetTokens: string;
        /**
         * @description How many seconds to wait before the next try. Relays of this kind also leave it out.
         * @example 1
         */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createChatCompletion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The conversation and how to answer it. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatCompletionCreateParams"];
            };
        };
        responses: {
            /**
             * @description The answer: whole as `application/json`, or as a stream of chunks (`text/event-stream`) if the request has
             *     `"stream": true`.
             */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-ratelimit-limit-requests": components["headers"]["RateLimitLimitRequests"];
                    "x-ratelimit-remaining-requests": components["headers"]["RateLimitRemainingRequests"];
                    "x-ratelimit-reset-requests": components["headers"]["RateLimitResetRequests"];
                    "x-ratelimit-limit-tokens": components["headers"]["RateLimitLimitTokens"];
                    "x-ratelimit-remaining-tokens": components["headers"]["RateLimitRemainingTokens"];
                    "x-ratelimit-reset-tokens": components["headers"]["RateLimitResetTokens"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatCompletion"];
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The token has no such model. Choose one from `GET /v1/models`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["Error"];
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The models. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["Error"];
        };
    };
    retrieveModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The ID of the model. In the path a slash in it is written `%2F`; SDKs see to that.
                 * @example gpt-5.4
                 */
                model: components["parameters"]["Model"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The token has no such model. Choose one from `GET /v1/models`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            default: components["responses"]["Error"];
        };
    };
}

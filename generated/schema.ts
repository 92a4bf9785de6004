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
         * @description Answers a conversation with text, reasoning, code, tool calls or JSON. With `"stream": true` the answer arrives in
         *     chunks while the model writes it.
         *
         *     Guides: [Streaming](guides/streaming.md), [Tools](guides/tools.md),
         *     [Structured outputs](guides/structured-outputs.md), [Thinking](guides/thinking.md),
         *     [Choosing a model](guides/models.md).
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
         * @description Lists the models that your token may call. Send an `id` from the list as the `model` of a chat completion.
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
                 * @description The ID of the model. Write a slash in the ID as `%2F`; SDKs do this for you.
                 * @example gpt-5.4
                 */
                model: components["parameters"]["Model"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a model
         * @description Retrieves the details of one model: the same object as its entry in the list.
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
         * @description The ID of a model: one that Routescope documents, listed here with its capability and typical use, or another that
         *     your token may call.
         * @example gpt-5.4
         */
        ModelId: "gpt-5" | "gpt-5-2025-08-07" | "gpt-5.1" | "gpt-5.1-2025-11-13" | "gpt-5.1-chat-latest" | "gpt-5.2-2025-12-11" | "gpt-5.2-chat-latest" | "gpt-5.3-chat-latest" | "gpt-5.4" | "gpt-5.4-2026-03-05" | "gpt-5.4-mini" | "gpt-5.4-mini-2026-03-17" | "gpt-5.4-nano" | "gpt-5.4-pro" | "gpt-5.4-pro-2026-03-05" | "gpt-5-pro" | "gpt-5-pro-2025-10-06" | "gpt-5.1-codex-mini" | "gpt-5.1-codex" | "gpt-5.1-codex-max" | "gpt-5.2-codex" | "gpt-5.3-codex" | "o3" | "o3-2025-04-16" | (string & {});
        /**
         * Text part
         * @description A text. OpenAI's protocol.
         */
        TextPart: {
            /**
             * @description The type: `text`.
             * @constant
             */
            type: "text";
            /**
             * @description The text.
             * @example What is in this picture?
             */
            text: string;
        };
        /**
         * Image part
         * @description An image. OpenAI's protocol.
         */
        ImagePart: {
            /**
             * @description The type: `image_url`.
             * @constant
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
                 * @description How closely to look. OpenAI's protocol.
                 * @default auto
                 * @enum {string}
                 */
                detail?: "auto" | "low" | "high";
            };
        };
        /**
         * Audio part
         * @description Recorded speech or sound. OpenAI's protocol.
         */
        AudioPart: {
            /**
             * @description The type: `input_audio`.
             * @constant
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
         * @description A file, such as a PDF. OpenAI's protocol.
         */
        FilePart: {
            /**
             * @description The type: `file`.
             * @constant
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
         * @description One part of a user's message. OpenAI's protocol.
         */
        ChatCompletionContentPart: components["schemas"]["TextPart"] | components["schemas"]["ImagePart"] | components["schemas"]["AudioPart"] | components["schemas"]["FilePart"];
        /**
         * Participant name
         * @description A name that distinguishes participants with the same role. OpenAI's protocol.
         * @example ada
         */
        ParticipantName: string | null;
        /**
         * User message
         * @description What the user says.
         */
        ChatCompletionUserMessageParam: {
            /**
             * @description The role: `user`.
             * @constant
             */
            role: "user";
            /**
             * @description The message: text, or a list of parts with text, images, audio or files. Parts are OpenAI's protocol.
             * @example Introduce Routescope API in one sentence.
             */
            content: string | components["schemas"]["ChatCompletionContentPart"][];
            name?: components["schemas"]["ParticipantName"];
        };
        /**
         * System message
         * @description Instructions for the whole conversation, for example how to answer.
         */
        ChatCompletionSystemMessageParam: {
            /**
             * @description The role: `system`.
             * @constant
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
         * Refusal part
         * @description A refusal by the model. OpenAI's protocol.
         */
        RefusalPart: {
            /**
             * @description The type: `refusal`.
             * @constant
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
         * @description One part of the model's earlier message. OpenAI's protocol.
         */
        AssistantContentPart: components["schemas"]["TextPart"] | components["schemas"]["RefusalPart"];
        /**
         * Function call
         * @description A function and its arguments. OpenAI's protocol.
         */
        FunctionCall: {
            /**
             * @description The name of the function.
             * @example get_weather
             */
            name: string;
            /**
             * @description The arguments, as JSON text. The model can make mistakes: parse and check them before use.
             * @example {"city": "Oslo"}
             */
            arguments: string;
        };
        /**
         * Function tool call
         * @description A call of a function. OpenAI's protocol.
         */
        FunctionToolCall: {
            /**
             * @description The ID of the call. Repeat it as `tool_call_id` in the `tool` message with the result.
             * @example call_9pKxQ2
             */
            id: string;
            /**
             * @description Always `function`. Some upstreams leave it out.
             * @constant
             */
            type?: "function";
            function: components["schemas"]["FunctionCall"];
        };
        /**
         * Custom tool call
         * @description A call of a custom tool. OpenAI's protocol.
         */
        CustomToolCall: {
            /**
             * @description The ID of the call. Repeat it as `tool_call_id` in the `tool` message with the result.
             * @example call_4mZtR8
             */
            id: string;
            /**
             * @description Always `custom`.
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
         * @description A call of a function or of a custom tool. OpenAI's protocol.
         */
        ChatCompletionMessageToolCall: components["schemas"]["FunctionToolCall"] | components["schemas"]["CustomToolCall"];
        /**
         * Assistant message
         * @description What the model said earlier. Append the `message` of an answer unchanged; fields that are not listed here are
         *     accepted.
         */
        ChatCompletionAssistantMessageParam: {
            /**
             * @description The role: `assistant`.
             * @constant
             */
            role: "assistant";
            /**
             * @description The model's text. May be absent, `null` or empty if there are `tool_calls`.
             * @example Routescope is a relay.
             */
            content?: string | components["schemas"]["AssistantContentPart"][] | null;
            name?: components["schemas"]["ParticipantName"];
            /** @description The refusal that the model answered with. OpenAI's protocol. */
            refusal?: string | null;
            /** @description The reasoning that came with the answer. Seen in relays of this kind. */
            reasoning_content?: string | null;
            /** @description The tool calls that the model asked for. Answer each with a `tool` message. OpenAI's protocol. */
            tool_calls?: components["schemas"]["ChatCompletionMessageToolCall"][] | null;
            /**
             * @deprecated
             * @description The older form of `tool_calls`. OpenAI's protocol.
             */
            function_call?: components["schemas"]["FunctionCall"] | null;
            /** @description A spoken answer of the model, by its ID. OpenAI's protocol. */
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
             * @description The role: `tool`.
             * @constant
             */
            role: "tool";
            /**
             * @description The tool's result, as text or as a list of text parts.
             * @example {"temperature": 18, "unit": "celsius"}
             */
            content: string | components["schemas"]["TextPart"][];
            /**
             * @description The `id` of the tool call that this is the result of.
             * @example call_9pKxQ2
             */
            tool_call_id: string;
        };
        /**
         * Developer message
         * @description Instructions from the developer: what current SDKs send to reasoning models instead of a `system` message. OpenAI's protocol.
         */
        ChatCompletionDeveloperMessageParam: {
            /**
             * @description The role: `developer`.
             * @constant
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
         * Message
         * @description One message of a conversation. Its `role` says who speaks: `system`, `user`, `assistant` (the model) or `tool`.
         */
        ChatCompletionMessageParam: components["schemas"]["ChatCompletionUserMessageParam"] | components["schemas"]["ChatCompletionSystemMessageParam"] | components["schemas"]["ChatCompletionAssistantMessageParam"] | components["schemas"]["ChatCompletionToolMessageParam"] | components["schemas"]["ChatCompletionDeveloperMessageParam"];
        /**
         * Stream options
         * @description Extra options for a streamed answer. Upstream support may vary. Its fields are OpenAI's protocol.
         */
        ChatCompletionStreamOptions: {
            /**
             * @description Whether to report the token usage. One more chunk before `[DONE]` then carries `usage` and an empty `choices`;
             *     the chunks before have `"usage": null`. OpenAI's protocol.
             * @default false
             */
            include_usage?: boolean;
            /** @description Whether the upstream pads chunks so that their size reveals nothing about the text. OpenAI's protocol. */
            include_obfuscation?: boolean;
        };
        /**
         * JSON Schema
         * @description A JSON Schema. The upstream limits how complex it may be.
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
         * @description A function that the model may call. OpenAI's protocol.
         */
        FunctionDefinition: {
            /**
             * @description The name of the function: up to 64 letters, digits, underscores and dashes.
             * @example get_weather
             */
            name: string;
            /**
             * @description What the function does and when to call it. The model reads this.
             * @example Get the current weather of a city.
             */
            description?: string;
            /** @description The function's arguments as a JSON Schema. Absent, or without properties, for a function that takes none. */
            parameters?: components["schemas"]["JsonSchema"];
            /**
             * @description Whether the arguments must match `parameters` exactly. OpenAI's protocol.
             * @default false
             */
            strict?: boolean | null;
        };
        /**
         * Function tool
         * @description A function of yours. The model answers with JSON arguments for it. OpenAI's protocol.
         */
        FunctionTool: {
            /**
             * @description The type: `function`.
             * @constant
             */
            type: "function";
            function: components["schemas"]["FunctionDefinition"];
        };
        /**
         * Custom tool
         * @description A tool whose input is free text. OpenAI's protocol.
         */
        CustomTool: {
            /**
             * @description The type: `custom`.
             * @constant
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
                 * @description What the tool does. The model reads this.
                 * @example Runs a SQL query.
                 */
                description?: string;
                /**
                 * @description What form the input must have. Any text if absent.
                 * @example {
                 *       "type": "text"
                 *     }
                 */
                format?: Record<string, unknown>;
            };
        };
        /**
         * Tool
         * @description A tool is a function of yours, or a custom tool, whose input is free text.
         */
        ChatCompletionTool: components["schemas"]["FunctionTool"] | components["schemas"]["CustomTool"];
        /**
         * Named function
         * @description A function, by name.
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
             * @description The type: `function`.
             * @constant
             */
            type: "function";
            function: components["schemas"]["NamedFunction"];
        };
        /**
         * Custom tool choice
         * @description The model must call this custom tool. OpenAI's protocol.
         */
        CustomToolChoice: {
            /**
             * @description The type: `custom`.
             * @constant
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
         * @description The model may call only these tools. OpenAI's protocol.
         */
        AllowedToolsChoice: {
            /**
             * @description The type: `allowed_tools`.
             * @constant
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
                 * @description The tools, each named as in `tool_choice`.
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
         * @description Names the tool that the model must call, or the tools that it may call.
         */
        NamedToolChoice: components["schemas"]["FunctionToolChoice"] | components["schemas"]["CustomToolChoice"] | components["schemas"]["AllowedToolsChoice"];
        /**
         * Tool choice
         * @description Whether the model calls tools, and which: `auto`, `none`, `required`, or an object that names a tool. The default
         *     is `auto` if there are `tools` (OpenAI's protocol).
         * @example auto
         */
        ChatCompletionToolChoiceOption: ("none" | "auto" | "required") | components["schemas"]["NamedToolChoice"];
        /**
         * Text format
         * @description Plain text, the default. OpenAI's protocol.
         */
        TextFormat: {
            /**
             * @description The type: `text`.
             * @constant
             */
            type: "text";
        };
        /**
         * JSON object format
         * @description Any JSON object. Also say in a message that you want JSON. OpenAI's protocol.
         */
        JsonObjectFormat: {
            /**
             * @description The type: `json_object`.
             * @constant
             */
            type: "json_object";
        };
        /**
         * JSON Schema format
         * @description JSON that matches a JSON Schema of yours. OpenAI's protocol.
         */
        JsonSchemaFormat: {
            /**
             * @description The type: `json_schema`.
             * @constant
             */
            type: "json_schema";
            /** @description The schema and its name. */
            json_schema: {
                /**
                 * @description The name of the schema: up to 64 letters, digits, underscores and dashes.
                 * @example person
                 */
                name: string;
                /**
                 * @description What the answer is for. The model reads this.
                 * @example A person in the text.
                 */
                description?: string;
                schema?: components["schemas"]["JsonSchema"];
                /**
                 * @description Whether the answer must match the schema exactly. OpenAI's protocol.
                 * @default false
                 */
                strict?: boolean | null;
            };
        };
        /**
         * Response format
         * @description The form that the answer must have, for example JSON that matches a JSON Schema.
         */
        ResponseFormat: components["schemas"]["TextFormat"] | components["schemas"]["JsonObjectFormat"] | components["schemas"]["JsonSchemaFormat"];
        /**
         * Prediction
         * @description Text that the answer is expected to repeat. OpenAI's protocol.
         */
        Prediction: {
            /**
             * @description Always `content`.
             * @constant
             */
            type: "content";
            /** @description The expected text. */
            content: string | components["schemas"]["TextPart"][];
        };
        /**
         * Chat completion request
         * @description A conversation and how to answer it. Only `model` and `messages` are required. A field that is not listed here is
         *     passed on to the upstream (OpenAI's protocol).
         */
        ChatCompletionCreateParams: {
            /**
             * @description The model to call. Copy an ID that is available to your token from the model selection table or from
             *     `GET /v1/models`.
             */
            model: components["schemas"]["ModelId"];
            /** @description The conversation so far, oldest message first; at least 1 message. */
            messages: components["schemas"]["ChatCompletionMessageParam"][];
            /**
             * @description Sampling temperature, from 0 to 2. The larger the value, the more random the answer. Usually you change this or
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
             * @description Whether to stream the answer as server-sent events (SSE). With `true` the answer comes in chunks while the model
             *     writes it; with `false` it comes whole, once it is complete.
             * @default false
             */
            stream?: boolean | null;
            /** @description Extra options for a streamed answer. Upstream support may vary. */
            stream_options?: components["schemas"]["ChatCompletionStreamOptions"] | null;
            /**
             * @description Whether the model thinks before it answers: `true` turns thinking on, `false` turns it off. Some thinking models
             *     always think and do not support turning it off. This is an extension of the OpenAI-compatible API of Qwen /
             *     Alibaba Cloud, not a field of the GPT series. From the Python OpenAI SDK, send it as
             *     `extra_body={"enable_thinking": True}`.
             * @example true
             */
            enable_thinking?: boolean;
            /**
             * @description The tools that the model may call. The upstream limits how many there may be and how complex their schemas may
             *     be.
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
             * @description The maximum number of output tokens, reasoning included. Current OpenAI models read this instead of
             *     `max_tokens`. OpenAI's protocol.
             * @example 1024
             */
            max_completion_tokens?: number | null;
            /**
             * @description How many answers to generate, from 1 to 128. Each is an entry of `choices`. OpenAI's protocol.
             * @default 1
             */
            n?: number | null;
            /**
             * @description Up to 4 texts at which the answer ends; the answer does not contain them. OpenAI's protocol.
             * @example [
             *       "\n\n"
             *     ]
             */
            stop?: string | string[] | null;
            /**
             * @description A number that makes sampling repeatable, as far as the upstream supports it. OpenAI's protocol.
             * @example 7
             */
            seed?: number | null;
            /**
             * @description From -2 to 2. Positive values make a token less likely the more often it has occurred. OpenAI's protocol.
             * @default 0
             */
            frequency_penalty?: number | null;
            /**
             * @description From -2 to 2. Positive values make a token less likely once it has occurred. OpenAI's protocol.
             * @default 0
             */
            presence_penalty?: number | null;
            /**
             * @description A map from token IDs to a bias from -100 (never) to 100 (always) that is added before sampling. OpenAI's protocol.
             * @example {
             *       "50256": -100
             *     }
             */
            logit_bias?: {
                [key: string]: number;
            } | null;
            /**
             * @description Whether to return the log probability of each output token. OpenAI's protocol.
             * @default false
             */
            logprobs?: boolean | null;
            /**
             * @description How many of the most likely tokens to return at each position, from 0 to 20. Needs `logprobs`. OpenAI's protocol.
             * @example 2
             */
            top_logprobs?: number | null;
            /**
             * @description How much a reasoning model thinks before it answers. OpenAI's protocol.
             * @enum {string|null}
             */
            reasoning_effort?: "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | null;
            /**
             * @description How long the answer should be. OpenAI's protocol.
             * @enum {string|null}
             */
            verbosity?: "low" | "medium" | "high" | null;
            /**
             * @description Whether the model may call several tools in one answer. OpenAI's protocol.
             * @default true
             */
            parallel_tool_calls?: boolean;
            /**
             * @description Up to 16 key-value pairs that the upstream stores with the answer. Keys have up to 64 characters, values up to
             *     512. OpenAI's protocol.
             * @example {
             *       "ticket": "A-17"
             *     }
             */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * @description Whether the upstream keeps the answer for later retrieval. OpenAI's protocol.
             * @default false
             */
            store?: boolean | null;
            /**
             * @description The service class that the upstream should use. OpenAI's protocol.
             * @example auto
             */
            service_tier?: string | null;
            /**
             * @description The kinds of output that you want. OpenAI's protocol.
             * @example [
             *       "text"
             *     ]
             */
            modalities?: ("text" | "audio")[] | null;
            /** @description How spoken output should sound. OpenAI's protocol. */
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
            /** @description Text that most of the answer is expected to repeat, which makes the answer faster. OpenAI's protocol. */
            prediction?: components["schemas"]["Prediction"] | null;
            /**
             * @description Whether and how the model may search the web, for models that can. OpenAI's protocol.
             * @example {
             *       "search_context_size": "medium"
             *     }
             */
            web_search_options?: Record<string, unknown>;
            /**
             * @description A stable, hashed identifier of the end user for abuse detection. OpenAI's protocol.
             * @example user-1f3a
             */
            safety_identifier?: string | null;
            /**
             * @description Groups requests that begin with the same long text, so that the upstream can cache it. OpenAI's protocol.
             * @example support-bot
             */
            prompt_cache_key?: string | null;
            /**
             * @description How long the upstream keeps this cache, such as `24h`. OpenAI's protocol.
             * @example 24h
             */
            prompt_cache_retention?: string | null;
            /**
             * @deprecated
             * @description The older form of `tools`, up to 128 functions. OpenAI's protocol.
             */
            functions?: components["schemas"]["FunctionDefinition"][];
            /**
             * @deprecated
             * @description The older form of `tool_choice`. OpenAI's protocol.
             */
            function_call?: ("none" | "auto") | components["schemas"]["NamedFunction"];
        };
        /**
         * Audio answer
         * @description A spoken answer. OpenAI's protocol.
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
             * @description Until when the ID can be used, in seconds since 1970-01-01T00:00:00Z.
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
         * @description The model's answer. To continue the conversation, append it to `messages` unchanged. OpenAI's protocol.
         */
        ChatCompletionMessage: {
            /**
             * @description Always `assistant`.
             * @constant
             */
            role: "assistant";
            /**
             * @description The text of the answer. Absent or `null` beside tool calls or a refusal.
             * @example Routescope API is one endpoint for many models.
             */
            content?: string | null;
            /**
             * @description The reasoning that led to the answer, where the upstream returns it. Seen in relays of this kind.
             * @example The user wants one sentence.
             */
            reasoning_content?: string | null;
            /** @description The reasoning, under the name that some upstreams use. Seen in relays of this kind. */
            reasoning?: string | null;
            /**
             * @description Why the model refuses to answer, if it does.
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
         * @description Why the answer ended; `null` in a stream until it ends. An upstream may send reasons that are not listed. OpenAI's protocol.
         * @example stop
         */
        FinishReason: "stop" | "length" | "tool_calls" | "content_filter" | "function_call" | (string & {}) | null;
        /**
         * Token log probability
         * @description A token, how likely it was, and which other tokens were likely in its place. OpenAI's protocol.
         */
        TokenLogprob: {
            /**
             * @description The token.
             * @example relay
             */
            token: string;
            /**
             * @description Its log probability; -9999 for a very unlikely token.
             * @example -0.31
             */
            logprob: number | null;
            /**
             * @description Its bytes in UTF-8: a token can be a part of a character.
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
            /** @description The most likely tokens at this position, as many as the request's `top_logprobs`. */
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
         * @description The log probabilities of the output tokens, if the request has `"logprobs": true`. OpenAI's protocol.
         */
        Logprobs: {
            /** @description One entry for each token of the text. */
            content?: components["schemas"]["TokenLogprob"][] | null;
            /** @description One entry for each token of the refusal. */
            refusal?: components["schemas"]["TokenLogprob"][] | null;
        } | null;
        /**
         * Choice
         * @description An answer, and why it ended. OpenAI's protocol.
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
         * @description How many tokens were used. A token is a word or a part of a word; tokens are what is billed and limited.
         *     `input_tokens` equals `prompt_tokens`, and `output_tokens` equals `completion_tokens`. An upstream may add fields,
         *     such as times or costs.
         */
        CompletionUsage: {
            /**
             * @description The number of tokens in the request.
             * @example 14
             */
            prompt_tokens: number;
            /**
             * @description The number of tokens in the answer, reasoning included.
             * @example 18
             */
            completion_tokens: number;
            /**
             * @description The sum of both.
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
            /** @description How the tokens in the request divide up. The fields vary. Seen in relays of this kind. */
            prompt_tokens_details?: {
                /**
                 * @description Tokens that the upstream had cached.
                 * @example 0
                 */
                cached_tokens?: number | null;
                /**
                 * @description Tokens of recordings.
                 * @example 0
                 */
                audio_tokens?: number | null;
            } | null;
            /** @description How the tokens in the answer divide up. The fields vary. Seen in relays of this kind. */
            completion_tokens_details?: {
                /**
                 * @description Tokens of the reasoning.
                 * @example 0
                 */
                reasoning_tokens?: number | null;
                /**
                 * @description Tokens of speech.
                 * @example 0
                 */
                audio_tokens?: number | null;
                /**
                 * @description Tokens of the `prediction` that occur in the answer.
                 * @example 0
                 */
                accepted_prediction_tokens?: number | null;
                /**
                 * @description Tokens of the `prediction` that do not occur in the answer.
                 * @example 0
                 */
                rejected_prediction_tokens?: number | null;
            } | null;
        };
        /**
         * Service tier
         * @description The service class that was used. Seen in relays of this kind.
         * @example default
         */
        ServiceTier: string | null;
        /**
         * System fingerprint
         * @description Identifies the configuration of the upstream that answered. Seen in relays of this kind.
         * @example fp_44709d6fcb
         */
        SystemFingerprint: string | null;
        /**
         * Chat completion
         * @description The complete answer.
         */
        ChatCompletion: {
            /**
             * @description The ID of the answer. It may be any string; do not rely on its form.
             * @example task_01JZ8M9Q4R7V2K8N9P0Q
             */
            id: string;
            /**
             * @description Always `chat.completion`.
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
            /** @description The answers: one, unless `n` asked for more. */
            choices: components["schemas"]["ChatCompletionChoice"][];
            usage: components["schemas"]["CompletionUsage"];
            service_tier?: components["schemas"]["ServiceTier"];
            system_fingerprint?: components["schemas"]["SystemFingerprint"];
        };
        /**
         * Function call delta
         * @description The next part of a function call. OpenAI's protocol.
         */
        FunctionCallDelta: {
            /**
             * @description The name of the function.
             * @example get_weather
             */
            name?: string | null;
            /**
             * @description The next part of the arguments.
             * @example {"city"
             */
            arguments?: string | null;
        };
        /**
         * Tool call delta
         * @description The next part of a tool call. The first part carries the call's `id`, `type` and function name, the later parts
         *     only `arguments`. OpenAI's protocol.
         */
        ToolCallDelta: {
            /**
             * @description Which call this part belongs to, from 0. Some upstreams leave it out: then join parts by `id`, else by order.
             * @example 0
             */
            index?: number | null;
            /**
             * @description The ID of the call.
             * @example call_9pKxQ2
             */
            id?: string | null;
            /**
             * @description `function` or `custom`.
             * @example function
             */
            type?: string | null;
            /** @description The function's name, or the next part of its arguments. */
            function?: components["schemas"]["FunctionCallDelta"] | null;
            /** @description The custom tool's name, or the next part of its input. */
            custom?: {
                /**
                 * @description The name of the tool.
                 * @example run_sql
                 */
                name?: string | null;
                /**
                 * @description The next part of the input.
                 * @example SELECT
                 */
                input?: string | null;
            } | null;
        };
        /**
         * Delta
         * @description What this chunk adds to the message. Append each field to what came before in the same field; the last delta is
         *     empty. OpenAI's protocol.
         */
        ChatCompletionDelta: {
            /**
             * @description Always `assistant`; in the first chunk only.
             * @example assistant
             */
            role?: string | null;
            /**
             * @description The next part of the text.
             * @example Route
             */
            content?: string | null;
            /**
             * @description The next part of the reasoning. Seen in relays of this kind.
             * @example The user
             */
            reasoning_content?: string | null;
            /** @description The reasoning, under the name that some upstreams use. Seen in relays of this kind. */
            reasoning?: string | null;
            /**
             * @description The next part of the refusal.
             * @example I can't
             */
            refusal?: string | null;
            /** @description The next parts of the tool calls. Parts of the same call have the same `index`. */
            tool_calls?: components["schemas"]["ToolCallDelta"][] | null;
            /**
             * @deprecated
             * @description The older form of `tool_calls`.
             */
            function_call?: components["schemas"]["FunctionCallDelta"] | null;
        };
        /**
         * Chunk choice
         * @description What a chunk adds to one answer. OpenAI's protocol.
         */
        ChatCompletionChunkChoice: {
            /**
             * @description Which answer this belongs to, from 0.
             * @example 0
             */
            index: number;
            delta: components["schemas"]["ChatCompletionDelta"];
            finish_reason?: components["schemas"]["FinishReason"];
            logprobs?: components["schemas"]["Logprobs"];
        };
        /**
         * Chat completion chunk
         * @description One chunk of a streamed answer. All chunks of a stream have the same `id`, `created` and `model`, except that
         *     some upstreams begin with an empty chunk. OpenAI's protocol.
         */
        ChatCompletionChunk: {
            /**
             * @description The ID of the answer.
             * @example task_01JZ8M9Q4R7V2K8N9P0Q
             */
            id: string;
            /**
             * @description Always `chat.completion.chunk`; some upstreams leave it out or empty.
             * @example chat.completion.chunk
             */
            object?: string | null;
            /**
             * Format: int64
             * @description When the answer began, in seconds since 1970-01-01T00:00:00Z.
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
             * @description The tokens that were used. With `stream_options.include_usage` the last chunk before `[DONE]` has it and the
             *     chunks before have `null`; without, it is absent.
             */
            usage?: components["schemas"]["CompletionUsage"] | null;
            service_tier?: components["schemas"]["ServiceTier"];
            system_fingerprint?: components["schemas"]["SystemFingerprint"];
        };
        /**
         * Error response
         * @description The body of every error. Routescope documents the two members `error` and `message`, and that `"error": null` with
         *     `"message": "success"` means success. What is inside `error` is OpenAI's protocol.
         */
        ErrorResponse: {
            /** @description What went wrong; `null` if nothing did. */
            error: {
                /**
                 * @description What went wrong, for people.
                 * @example temperature: must be <= 2
                 */
                message: string;
                /**
                 * @description The kind of error, such as `invalid_request_error`.
                 * @example invalid_request_error
                 */
                type?: string | null;
                /**
                 * @description The field that caused the error, if there is one. Relays of this kind also leave it out or send `""`.
                 * @example temperature
                 */
                param?: string | null;
                /**
                 * @description The error as a code that programs can compare. Relays of this kind also send a number.
                 * @example invalid_value
                 */
                code?: string | number | null;
            } | null;
            /**
             * @description `success` if `error` is `null`; otherwise what went wrong, in one sentence.
             * @example success
             */
            message?: string | null;
        };
        /**
         * Model
         * @description A model that your token may call.
         */
        Model: {
            /**
             * @description The ID of the model. Send it as `model`.
             * @example gpt-5.4
             */
            id: string;
            /**
             * @description Always `model`. OpenAI's protocol.
             * @example model
             */
            object?: string;
            /**
             * Format: int64
             * @description When the model became available, in seconds since 1970-01-01T00:00:00Z. OpenAI's protocol.
             * @example 1772668800
             */
            created?: number | null;
            /**
             * @description Who provides the model. OpenAI's protocol.
             * @example openai
             */
            owned_by?: string | null;
        };
        /**
         * Model list
         * @description The models that your token may call.
         */
        ModelList: {
            /**
             * @description Always `list`. OpenAI's protocol.
             * @example list
             */
            object?: string;
            /** @description The models, one entry each. */
            data: components["schemas"]["Model"][];
        };
    };
    responses: {
        /** @description The request is malformed, or a field is outside its documented range. Correct the field that `error.param` names; a retry fails again. */
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
        /** @description Too many requests or tokens in a short time. Wait for the time in `Retry-After`, then retry. */
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
        /** @description Routescope failed. Retry with exponential backoff: 0.5 s, 1 s, 2 s. If it persists, report the `x-request-id`. */
        InternalServerError: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The upstream is overloaded or unavailable. Retry with exponential backoff, or use another model. */
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
    };
    parameters: {
        /**
         * @description The ID of the model. Write a slash in the ID as `%2F`; SDKs do this for you.
         * @example gpt-5.4
         */
        Model: components["schemas"]["ModelId"];
    };
    requestBodies: never;
    headers: {
        /**
         * @description The ID of the request. Quote it when you report a problem. Seen in relays of this kind.
         * @example req_01JZ8M9Q4R7V2K8N9P0Q
         */
        RequestId: string;
        /**
         * @description How many requests the token may send in a time window. Seen in relays of this kind.
         * @example 500
         */
        RateLimitLimitRequests: number;
        /**
         * @description How many requests are left in the time window. Seen in relays of this kind.
         * @example 499
         */
        RateLimitRemainingRequests: number;
        /**
         * @description How long until all requests are available again, such as `120ms`. Seen in relays of this kind.
         * @example 120ms
         */
        RateLimitResetRequests: string;
        /**
         * @description How many tokens may be used in a time window. Seen in relays of this kind.
         * @example 200000
         */
        RateLimitLimitTokens: number;
        /**
         * @description How many tokens are left in the time window. Seen in relays of this kind.
         * @example 199950
         */
        RateLimitRemainingTokens: number;
        /**
         * @description How long until all tokens are available again, such as `15ms`. Seen in relays of this kind.
         * @example 15ms
         */
        RateLimitResetTokens: string;
        /**
         * @description How many seconds to wait before you retry. Relays of this kind sometimes leave it out. OpenAI's protocol.
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
        /** @description A conversation and how to answer it. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatCompletionCreateParams"];
            };
        };
        responses: {
            /**
             * @description The answer: whole as `application/json`, or in chunks as `text/event-stream` if the request has
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
            /** @description The token has no such model. Choose a model from `GET /v1/models`. */
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
            /** @description The models that your token may call. */
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
                 * @description The ID of the model. Write a slash in the ID as `%2F`; SDKs do this for you.
                 * @example gpt-5.4
                 */
                model: components["parameters"]["Model"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A model that your token may call. */
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
            /** @description The token has no such model. Choose a model from `GET /v1/models`. */
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

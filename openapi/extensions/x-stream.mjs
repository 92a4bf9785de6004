/** The JSON Schema of `x-stream`: how a media type of a response is streamed, event by event. */
const pointer = { type: "string", pattern: "^(/([^~/]|~[01])*)*$" };
const names = { type: "array", items: { type: "string", minLength: 1 }, minItems: 1, uniqueItems: true };

export default {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "x-stream",
  description:
    "How the events of a stream are read, beside the schema of their data (`contentSchema`, or `itemSchema` of OpenAPI 3.2). Its place is the media type of a response, such as `text/event-stream`. Without it, every event is a piece of the answer, and `[DONE]` ends the stream.",
  type: "object",
  minProperties: 1,
  properties: {
    name: {
      description:
        "Where the name of an event is: `event` for the line `event:`, or a JSON Pointer (RFC 6901) into its data, such as `/type`. Without it, events have no names.",
      anyOf: [{ const: "event" }, { ...pointer, minLength: 1 }],
    },
    end: { description: "The names of the events that end the stream. What follows is ignored.", ...names },
    failure: {
      description: "The names of the events that say that the answer failed. Each ends the stream as well.",
      ...names,
    },
    done: {
      description: "Whether the event `[DONE]` follows the last one. Default: true, unless `end` is given.",
      type: "boolean",
    },
    result: {
      description: "Where the whole answer is. Without it, the stream has none.",
      oneOf: [
        {
          description: "In the data of one event.",
          type: "object",
          required: ["event", "pointer"],
          properties: {
            event: { description: "The name of the event.", type: "string", minLength: 1 },
            pointer: { description: "Where in its data; empty for all of it.", ...pointer },
          },
          additionalProperties: false,
        },
        {
          description: "Joined from all events, by a convention of `scripts/openai/`.",
          type: "object",
          required: ["join"],
          properties: { join: { enum: ["chat.completion"] } },
          additionalProperties: false,
        },
      ],
    },
  },
  dependentRequired: { end: ["name"], failure: ["name"] },
  additionalProperties: false,
};

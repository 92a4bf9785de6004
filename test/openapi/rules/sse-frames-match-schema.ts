import type { Cases } from "../../pipeline/fixture.ts";

const stream = (value: string) => ({
  components: {
    schemas: { ErrorResponse: { required: ["error"], properties: { error: { required: ["message"] } } } },
    responses: {
      Stream: {
        content: {
          "text/event-stream": {
            schema: { type: "string", contentSchema: { type: "object", required: ["id"] } },
            examples: { one: { value } },
          },
        },
      },
    },
  },
});
const path = "components/responses/Stream/content/text/event-stream/examples/one/value";

export const cases: Cases = {
  passes: [
    stream(': ping\n\ndata: {"id":1}\n\ndata: {"error":{"message":"gone"}}\n\ndata: [DONE]\n\n'),
    stream('event: chunk\r\ndata:{"id":\r\ndata: 1}\r\n\r\n'),
  ],
  fails: [
    {
      document: stream('data: {"id":1}\n\ndata: {}\n\ndata: {"id"\n\ndata: {"error":{}}\n\n'),
      findings: [
        {
          path,
          message:
            "Event 2 is not what contentSchema says: the value must have required property 'id'. Correct it.",
        },
        { path, message: "Event 3 is not what contentSchema says: it is not JSON. Correct it." },
        {
          path,
          message:
            "Event 4 is not what contentSchema says: /error must have required property 'message'. Correct it.",
        },
      ],
    },
  ],
  bite: {
    found: ["paths/chat-completions.yaml", 'value: "data: 7'],
  },
};

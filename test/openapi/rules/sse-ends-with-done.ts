import type { Cases } from "../../pipeline/fixture.ts";

const described = (how: object, ...values: unknown[]) => ({
  paths: {
    "/chat": {
      post: {
        responses: {
          200: {
            content: {
              "text/event-stream": {
                ...how,
                examples: Object.fromEntries(values.map((value, index) => [index, { value }])),
              },
              "text/plain": { examples: { one: { value: "data: 1" } } },
            },
          },
        },
      },
    },
  },
});
const stream = (...values: unknown[]) => described({}, ...values);
const ended = { name: "/type", end: ["done"] };
const message =
  "The stream does not end with `data: [DONE]` and an empty line. Add them, with nothing after them.";

export const cases: Cases = {
  passes: [
    stream("data: {}\n\ndata: [DONE]\n\n", "data:[DONE]\n\n", { not: "a text" }),
    // This one ends with an event of another name.
    described({ "x-stream": ended }, 'data: {"type":"done"}\n\n'),
  ],
  fails: [
    {
      document: stream("data: {}\n\n", "data: [DONE]", "data: [DONE]\n\ndata: {}\n\n"),
      findings: [0, 1, 2].map((name) => ({
        path: `paths//chat/post/responses/200/content/text/event-stream/examples/${name}/value`,
        message,
      })),
    },
    {
      document: described({ "x-stream": { ...ended, done: true } }, 'data: {"type":"done"}\n\n'),
      findings: [
        { path: "paths//chat/post/responses/200/content/text/event-stream/examples/0/value", message },
      ],
    },
  ],
  bite: {
    change: [
      "paths/chat-completions.yaml",
      "ChatCompletionChunk.yaml\n",
      'ChatCompletionChunk.yaml\n          examples:\n            cut:\n              summary: Cut\n              value: ": ping\\n\\n"\n            odd:\n              summary: Odd\n              value: "data: 7\\n\\ndata: [DONE]\\n\\n"\n',
    ],
    found: ["paths/chat-completions.yaml", 'value: ": ping'],
  },
};

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
const first = "paths//chat/post/responses/200/content/text/event-stream/examples/0/value";
const message =
  "The stream does not end with `data: [DONE]` and an empty line. Add them, with nothing after them.";

export const cases: Cases = {
  passes: [
    stream("data: {}\n\ndata: [DONE]\n\n", "data:[DONE]\n\n", "data: [DONE]\r\n\r\n", { not: "a text" }),
    // This one ends with an event of another name.
    described({ "x-stream": ended }, 'data: {"type":"done"}\n\n'),
    described({ "x-stream": { ...ended, failure: ["error"] } }, 'data: {"type":"error"}\n\n'),
    described({ "x-stream": { ...ended, done: true } }, 'data: {"type":"done"}\n\ndata: [DONE]\n\n'),
    described({ "x-stream": { ...ended, name: "event" } }, "event: done\ndata: {}\n\n"),
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
      findings: [{ path: first, message }],
    },
    {
      document: described({ "x-stream": ended }, 'data: {"type":"begun"}\n\n'),
      findings: [
        {
          path: first,
          message:
            'The stream does not end with "begun": clients take it for one that was cut off. Add one of done, with its name at /type.',
        },
      ],
    },
    {
      // The name is in the data, where nobody looks for it.
      document: described({ "x-stream": { ...ended, name: "event" } }, 'data: {"type":"done"}\n\n'),
      findings: [
        {
          path: first,
          message:
            "The last event of the stream has no name, so that clients take the stream for one that was cut off. Add one of done, with the example as a list of {event, data}.",
        },
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

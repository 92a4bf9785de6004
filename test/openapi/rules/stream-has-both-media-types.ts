import type { Cases } from "../../pipeline/fixture.ts";

const chat = (types: string[], properties: object) => ({
  paths: {
    "/chat": {
      post: {
        requestBody: { content: { "application/json": { schema: { properties } } } },
        responses: { 200: { content: Object.fromEntries(types.map((type) => [type, {}])) } },
      },
    },
  },
});
const spoken = chat(["audio/mpeg"], { stream_format: {} });
const content: Record<string, object> = spoken.paths["/chat"].post.responses[200].content;
content["text/event-stream"] = { "x-when": { properties: { body: { required: ["stream_format"] } } } };
const [whole, stream] = ["application/json", "text/event-stream"];
const at = "paths//chat/post/responses/200/content";

export const cases: Cases = {
  passes: [
    chat([whole, stream], { stream: {} }),
    chat([whole], {}),
    chat(["image/png"], { toString: {} }),
    spoken,
  ],
  fails: [
    {
      document: chat([stream], { stream: {} }),
      findings: [
        {
          path: at,
          message: "The answer comes as a stream alone. Describe the whole one as application/json.",
        },
      ],
    },
    {
      document: chat([whole], { stream: {} }),
      findings: [
        {
          path: at,
          message:
            'A request may ask for a stream, but none is described. Add text/event-stream, or remove "stream" from the body.',
        },
      ],
    },
    {
      document: chat([whole, stream], {}),
      findings: [
        {
          path: `${at}/text/event-stream`,
          message:
            'No request can ask for this stream. Add the property "stream" to the body, or an x-when to text/event-stream.',
        },
      ],
    },
  ],
  bite: {
    change: [
      "paths/models.yaml",
      "        application/json:\n",
      '        text/event-stream: {example: "data: [DONE]\\n\\n"}\n        application/json:\n',
    ],
    found: ["paths/models.yaml", "text/event-stream:"],
  },
};

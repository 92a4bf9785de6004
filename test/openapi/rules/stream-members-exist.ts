import type { Cases } from "../../pipeline/fixture.ts";

const stream = (how: unknown, contentSchema: unknown) => ({
  paths: {
    "/jobs": {
      post: {
        responses: {
          200: {
            content: { "text/event-stream": { "x-stream": how, schema: { type: "string", contentSchema } } },
          },
        },
      },
    },
  },
});
const step = (type: unknown, more: object = {}) => ({ properties: { type, ...more } });
const events = {
  oneOf: [
    step({ const: "job.step" }),
    step({ enum: ["job.done", "job.failed"] }, { job: { type: "object" } }),
  ],
};
const at = "paths//jobs/post/responses/200/content/text/event-stream/x-stream";
const result = { event: "job.done", pointer: "/job" };

export const cases: Cases = {
  passes: [
    stream({ name: "/type", end: ["job.done"], failure: ["job.failed", "error"], result }, events),
    stream({ name: "event", end: ["anything"] }, events),
    stream({ name: "/type", end: ["job.over"] }, { oneOf: [...events.oneOf, step({ type: "string" })] }),
    stream({ done: false }, {}),
  ],
  fails: [
    {
      document: stream(
        {
          name: "/type",
          end: ["job.done", "job.over"],
          result: { event: "job.whole", pointer: "/answer" },
        },
        events,
      ),
      findings: [
        { path: `${at}/end/1`, message: 'No event is called "job.over". Correct the name.' },
        { path: `${at}/result/event`, message: 'No event is called "job.whole". Correct the name.' },
        { path: `${at}/result/pointer`, message: "No event has a member at /answer. Correct the pointer." },
      ],
    },
    {
      document: stream({ name: "/kind", end: ["job.done"] }, events),
      findings: [{ path: `${at}/name`, message: "No event has a member at /kind. Correct the pointer." }],
    },
    {
      document: stream({ end: ["job.done"] }, events),
      findings: [
        {
          path: at,
          message:
            "x-stream: it must have property name when property end is present. openapi/extensions/x-stream.mjs says what it may be.",
        },
      ],
    },
  ],
  bite: {
    change: [
      "paths/chat-completions.yaml",
      "        text/event-stream:\n",
      "        text/event-stream:\n          x-stream:\n            name: /kind\n",
    ],
    found: ["paths/chat-completions.yaml", "name: /kind"],
  },
};

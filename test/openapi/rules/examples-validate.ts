import type { Cases } from "../../pipeline/fixture.ts";

const schema = { type: "integer", enum: [1, 2] };
const json = (more: object) => ({ content: { "application/json": { schema, ...more } } });
const message = (problem: string) =>
  `The example does not fit its schema: ${problem}. Correct the one or the other.`;
/** Streams whose examples are lists of events. */
const streams = (...events: unknown[]) => ({
  paths: {
    "/pets": {
      get: {
        responses: {
          200: {
            content: {
              "text/event-stream": {
                schema: { type: "string", contentSchema: { type: "object", required: ["type"] } },
                examples: { a: { value: events } },
              },
            },
          },
        },
      },
    },
  },
});
const values = message("the value must be equal to one of the allowed values (1, 2)");

export const cases: Cases = {
  passes: [
    streams({ type: "born" }, { event: "named", data: { type: "born" } }),
    {
      paths: {
        "/pets": {
          parameters: [{ name: "n", in: "query", schema, example: 1 }],
          get: {
            responses: {
              200: { headers: { "x-n": { schema, example: 2 } }, ...json({ examples: { a: { value: 1 } } }) },
            },
          },
        },
      },
      components: { schemas: { Two: { ...schema, examples: [1, 2] } } },
    },
  ],
  fails: [
    {
      document: streams({ type: "born" }, { data: { name: "Tom" } }),
      findings: [
        {
          path: "paths//pets/get/responses/200/content/text/event-stream/examples/a/value/1",
          message: message("the value must have required property 'type'"),
        },
      ],
    },
    {
      document: {
        paths: {
          "/pets": {
            parameters: [{ name: "n", in: "query", schema, example: 3 }],
            post: {
              requestBody: json({ examples: { a: { $ref: "#/components/examples/Three" } } }),
              responses: { 200: { headers: { "x-n": { schema, example: 3 } }, ...json({ example: 3 }) } },
            },
          },
        },
        webhooks: { born: { post: { requestBody: json({ examples: { a: { value: 3 } } }) } } },
        components: {
          examples: { Three: { value: 3 } },
          schemas: { Name: { type: "string", examples: ["a", 1] } },
        },
      },
      findings: [
        { path: "paths//pets/parameters/0/example", message: values },
        { path: "paths//pets/post/responses/200/headers/x-n/example", message: values },
        { path: "paths//pets/post/responses/200/content/application/json/example", message: values },
        { path: "webhooks/born/post/requestBody/content/application/json/examples/a/value", message: values },
        { path: "components/examples/Three/value", message: values },
        { path: "components/schemas/Name/examples/1", message: message("the value must be string") },
      ],
    },
  ],
  bite: {
    change: ["examples/retrieveModel/model.yaml", "created: 1772668800", "created: soon"],
    found: ["examples/retrieveModel/model.yaml", "created: soon"],
  },
};

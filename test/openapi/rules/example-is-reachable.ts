import type { Cases } from "../../pipeline/fixture.ts";

const when = (...fields: string[]) => ({ properties: { body: { required: fields } } });
const chat = (success: object, error: object = {}) => ({
  paths: {
    "/chat": {
      post: {
        requestBody: {
          content: { "application/json": { schema: { properties: { model: {}, tools: {} } } } },
        },
        responses: {
          200: { content: { "application/json": { examples: success } } },
          404: { content: { "application/json": { examples: error } } },
        },
      },
    },
  },
});
const at = (status: number, name: string) =>
  `paths//chat/post/responses/${status}/content/application/json/examples/${name}/x-when`;
const taken = (name: string, status: number) =>
  `The example "${name}" (${status}) takes every request that this one would answer. Put this one before it, or ask for something else.`;

export const cases: Cases = {
  passes: [
    chat(
      { tools: { "x-when": when("tools") }, rest: { "x-when": {} }, plain: {} },
      { model: { "x-when": when("model") } },
    ),
  ],
  fails: [
    {
      document: chat({ rest: { "x-when": {} }, tools: { "x-when": when("tools") } }),
      findings: [{ path: at(200, "tools"), message: taken("rest", 200) }],
    },
    {
      document: chat({ tools: { "x-when": when("tools") } }, { same: { "x-when": when("tools") } }),
      findings: [{ path: at(200, "tools"), message: taken("same", 404) }],
    },
    {
      document: chat({
        typo: { "x-when": { properties: { body: { properties: { modle: { const: "a" } } } } } },
      }),
      findings: [
        {
          path: `${at(200, "typo")}/properties/body/properties/modle`,
          message:
            'No request has the field "modle" in its body, by the schema of the body. Correct the name.',
        },
      ],
    },
  ],
  bite: {
    change: [
      "examples/createChatCompletion/model_not_found.yaml",
      "        model:\n          not",
      "        modle:\n          not",
    ],
    found: ["examples/createChatCompletion/model_not_found.yaml", "        modle:\n"],
  },
};

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
  `The example "${name}" (${status}) takes every request found that this one would answer. Put this one before it, ask for something else, or add an example of such a request to the request body.`;
const NONE =
  "No request was found that this x-when matches and the operation allows. Correct it, or add an example of such a request to the request body.";
const whenBody = (body: object) => ({ "x-when": { required: ["body"], properties: { body } } });
const isTool = { properties: { role: { const: "tool" } }, required: ["role"] };

/** A request whose body is so, and examples of its answer. */
const asked = (schema: object, success: object, more: object = {}) => ({
  paths: {
    "/chat": {
      post: {
        requestBody: { content: { "application/json": { schema, ...more } } },
        responses: { 200: { content: { "application/json": { examples: success } } } },
      },
    },
  },
});
const BODY = {
  type: "object",
  required: ["model"],
  properties: {
    model: { type: "string", pattern: "^[a-z]\\d+(-mini)?$" },
    n: { type: "integer", minimum: 1, maximum: 3 },
    mode: { enum: ["fast", "slow"] },
    messages: {
      type: "array",
      maxItems: 2,
      items: { type: "object", properties: { role: { type: "string" } } },
    },
  },
};

export const cases: Cases = {
  passes: [
    chat(
      { tools: { "x-when": when("tools") }, rest: { "x-when": {} }, plain: {} },
      { model: { "x-when": when("model") } },
    ),
    // Each of these needs a search: the special case first, then what is left of it.
    asked(BODY, {
      mini: whenBody({ properties: { model: { pattern: "mini$" } }, required: ["model"] }),
      many: whenBody({ properties: { n: { minimum: 2 } }, required: ["n"] }),
      slow: whenBody({ properties: { mode: { not: { const: "fast" } } }, required: ["mode"] }),
      tool: whenBody({ properties: { messages: { minItems: 1, last: isTool } }, required: ["messages"] }),
      earlier: whenBody({ properties: { messages: { contains: isTool } }, required: ["messages"] }),
      no_tool: whenBody({ properties: { messages: { lastOf: { items: isTool, is: false } } } }),
    }),
    // A request that no search would find is in the contract.
    asked(
      { type: "object", properties: { sum: { pattern: "^(?=.*7)(?=.*9)[79]{6}$" } } },
      { sum: whenBody({ required: ["sum"], properties: { sum: { type: "string" } } }) },
      { examples: { one: { value: { sum: "797979" } } } },
    ),
    // Only one media type is asked for: what answers the other takes nothing from it.
    {
      paths: {
        "/a/{id}": {
          parameters: [{ name: "id", in: "path", required: true }],
          get: {
            responses: {
              200: {
                content: {
                  "application/json": { examples: { all: { "x-when": {} } } },
                  "text/plain": {
                    examples: {
                      one: { "x-when": { properties: { path: { properties: { id: { const: "1" } } } } } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
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
    {
      // Both before it together leave nothing.
      document: asked(BODY, {
        few: whenBody({ properties: { n: { maximum: 1 } } }),
        many: whenBody({ properties: { n: { minimum: 2 } } }),
        two: whenBody({ required: ["n"], properties: { n: { const: 2 } } }),
      }),
      findings: [{ path: at(200, "two"), message: taken("many", 200) }],
    },
    {
      document: asked(BODY, { beyond: whenBody({ required: ["n"], properties: { n: { minimum: 4 } } }) }),
      findings: [{ path: at(200, "beyond"), message: NONE }],
    },
    // No text is made that long.
    {
      document: asked(BODY, { long: whenBody({ properties: { model: { minLength: 2 ** 40 } } }) }),
      findings: [{ path: at(200, "long"), message: NONE }],
    },
    {
      document: {
        paths: {
          "/chat": {
            post: {
              parameters: [{ name: "page", in: "query" }],
              responses: {
                200: {
                  content: {
                    "application/json": {
                      examples: {
                        next: { "x-when": { properties: { query: { properties: { pages: {} } } } } },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
      findings: [
        {
          path: `${at(200, "next")}/properties/query/properties/pages`,
          message: 'No request has the field "pages" in its query, by the parameters. Correct the name.',
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

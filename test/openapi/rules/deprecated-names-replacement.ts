import type { Cases } from "../../pipeline/fixture.ts";

const message = "This is deprecated, and its description names nothing to use instead. Name it in backticks.";

export const cases: Cases = {
  passes: [
    {
      paths: {
        "/old": {
          get: { deprecated: true, description: "Use [the new one](#new)." },
          put: { deprecated: false },
        },
      },
      components: {
        schemas: {
          A: { properties: { a: { deprecated: true, $ref: "#/components/schemas/B" } } },
          B: { description: "The older form of `c`." },
        },
      },
    },
  ],
  fails: [
    {
      document: {
        paths: { "/old": { get: { deprecated: true, description: "Do not use." } } },
        components: { schemas: { A: { properties: { a: { deprecated: true } } } } },
      },
      findings: [
        { path: "paths//old/get/deprecated", message },
        { path: "components/schemas/A/properties/a/deprecated", message },
      ],
    },
  ],
  bite: {
    change: [
      "components/schemas/ChatCompletionDelta.yaml",
      "The older form of `tool_calls`",
      "The older form",
    ],
    found: ["components/schemas/ChatCompletionDelta.yaml", "deprecated: true"],
  },
};

import type { Cases } from "../../pipeline/fixture.ts";

const message = (name: string) => `The property "${name}" is not snake_case. Write it like finish_reason.`;

export const cases: Cases = {
  passes: [
    {
      components: {
        schemas: {
          Pet: { properties: { name: {}, owner_name_2: {} }, default: { fullName: 1 } },
          "Any-Name": {},
        },
      },
    },
  ],
  fails: [
    {
      document: {
        components: {
          schemas: { Pet: { properties: { ownerName: { properties: { "last-name": {} } }, Age: {} } } },
        },
        webhooks: {
          born: {
            post: {
              requestBody: { content: { "application/json": { schema: { properties: { _id: {} } } } } },
            },
          },
        },
      },
      findings: [
        { path: "components/schemas/Pet/properties/ownerName", message: message("ownerName") },
        {
          path: "components/schemas/Pet/properties/ownerName/properties/last-name",
          message: message("last-name"),
        },
        { path: "components/schemas/Pet/properties/Age", message: message("Age") },
        {
          path: "webhooks/born/post/requestBody/content/application/json/schema/properties/_id",
          message: message("_id"),
        },
      ],
    },
  ],
  bite: {
    change: ["components/schemas/CompletionUsage.yaml", "      cached_tokens:\n", "      cachedTokens:\n"],
    found: ["components/schemas/CompletionUsage.yaml", "cachedTokens:"],
  },
};

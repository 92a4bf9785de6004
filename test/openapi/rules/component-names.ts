import type { Cases } from "../../pipeline/fixture.ts";

export const cases: Cases = {
  passes: [
    {
      components: {
        schemas: { Pet: {}, PetList: {}, HTTPError: {}, Base64: {} },
        examples: { any_name: {} },
      },
    },
  ],
  fails: [
    {
      document: {
        components: { schemas: { pet: {}, Pet_list: {} }, securitySchemes: { "bearer-auth": {} } },
      },
      findings: [
        {
          path: "components/schemas/pet",
          message: '"pet" is not PascalCase. Rename the component, and its file.',
        },
        {
          path: "components/schemas/Pet_list",
          message: '"Pet_list" is not PascalCase. Rename the component, and its file.',
        },
        {
          path: "components/securitySchemes/bearer-auth",
          message: '"bearer-auth" is not PascalCase. Rename the component, and its file.',
        },
      ],
    },
  ],
  bite: {
    change: ["openapi.yaml", "BearerAuth", "bearer_auth"],
    found: ["openapi.yaml", "    bearer_auth:\n      type"],
  },
};

import type { Cases } from "../../pipeline/fixture.ts";

export const cases: Cases = {
  passes: [{ paths: { "/v1/pets": {}, "/v12": {}, "x-paths": {} } }, {}],
  fails: [
    {
      document: { paths: { "/pets": {}, "/v1pets": {}, "/api/v1/pets": {} } },
      findings: ["/pets", "/v1pets", "/api/v1/pets"].map((path) => ({
        path: `paths/${path}`,
        message: `The path "${path}" has no version. Begin it with /v1.`,
      })),
    },
  ],
  bite: {
    change: ["openapi.yaml", "  /v1/models/{model}:\n", "  /models/{model}:\n"],
    found: ["openapi.yaml", "  /models/{model}:\n"],
  },
};

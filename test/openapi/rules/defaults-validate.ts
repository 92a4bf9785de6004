import type { Cases } from "../../pipeline/fixture.ts";

export const cases: Cases = {
  passes: [
    { components: { schemas: { Size: { type: "integer", maximum: 3, default: 2 }, Open: { default: 1 } } } },
  ],
  fails: [
    {
      document: {
        paths: {
          "/pets": { parameters: [{ name: "n", in: "query", schema: { type: "integer", default: "2" } }] },
        },
        components: { schemas: { Size: { properties: { n: { type: "integer", maximum: 3, default: 4 } } } } },
      },
      findings: [
        {
          path: "paths//pets/parameters/0/schema/default",
          message:
            "The default does not fit its schema: the value must be integer. Correct the one or the other.",
        },
        {
          path: "components/schemas/Size/properties/n/default",
          message:
            "The default does not fit its schema: the value must be <= 3. Correct the one or the other.",
        },
      ],
    },
  ],
  bite: {
    change: ["components/schemas/ImagePart.yaml", "default: auto", "default: huge"],
    found: ["components/schemas/ImagePart.yaml", "default: huge"],
  },
};

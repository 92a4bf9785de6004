import type { Cases } from "../../pipeline/fixture.ts";

const pet = (value: unknown, more: object = {}) => ({
  components: {
    responses: {
      Pet: {
        content: {
          "application/json": {
            schema: { $ref: "#/components/schemas/Pet" },
            examples: { one: { value } },
          },
        },
      },
    },
    schemas: {
      Pet: {
        allOf: [{ properties: { name: { type: "string" } } }],
        properties: {
          toys: {
            type: "array",
            items: {
              oneOf: [
                { properties: { kind: { const: "ball" }, size: {} } },
                { properties: { kind: { const: "rope" }, length: {} } },
              ],
            },
          },
          labels: { additionalProperties: { type: "string" } },
          extra: { type: "object" },
        },
        ...more,
      },
    },
  },
});
const at = "components/responses/Pet/content/application/json/examples/one/value";
const message = (name: string) =>
  `The schema has no member "${name}". Correct the name, or add it to the schema.`;

export const cases: Cases = {
  passes: [
    pet({ name: "Tom", toys: [{ kind: "ball", size: 1 }], labels: { any: "" }, extra: { any: 1 } }),
    pet({ nam: "Tom" }, { additionalProperties: true }),
    pet({ "x-nam": "Tom" }, { patternProperties: { "^x-": {} } }),
    pet({ nam: "Tom" }, { unevaluatedProperties: { type: "string" } }),
    pet({ nam: "Tom" }, { if: { required: ["name"] }, else: { properties: { nam: {} } } }),
    pet({ nam: "Tom" }, { dependentSchemas: { name: { properties: { nam: {} } } } }),
    pet({ nam: "Tom" }, { discriminator: { propertyName: "name" } }),
    pet("text"),
    {
      components: {
        schemas: {
          Pet: { properties: { name: {} } },
          Cat: {
            $ref: "#/components/schemas/Pet",
            properties: { color: {} },
            examples: [{ name: "Tom", color: "" }],
          },
        },
      },
    },
    { components: { schemas: { Pet: { examples: [{ nam: "Tom" }] } } } },
  ],
  fails: [
    {
      document: pet(
        { nam: "Tom", toys: [{ kind: "rope", size: 1 }, { toString: 1 }] },
        { additionalProperties: false },
      ),
      findings: [
        { path: `${at}/nam`, message: message("nam") },
        { path: `${at}/toys/0/size`, message: message("size") },
        { path: `${at}/toys/1/toString`, message: message("toString") },
      ],
    },
    {
      document: {
        components: {
          schemas: { Pet: { properties: { name: {} }, examples: [{ name: "Tom" }, { nam: "Tom" }] } },
        },
      },
      findings: [{ path: "components/schemas/Pet/examples/1/nam", message: message("nam") }],
    },
  ],
  bite: {
    change: ["examples/retrieveModel/model.yaml", "  owned_by:", "  owner:"],
    found: ["examples/retrieveModel/model.yaml", "  owner:"],
  },
};

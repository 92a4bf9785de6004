import type { Cases } from "../../pipeline/fixture.ts";

const [Cat, Dog] = [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }];
const pets = (discriminator: object, oneOf: object[] = [Cat, Dog]) => ({
  components: { schemas: { Cat: {}, Dog: {}, Pet: { oneOf, discriminator } } },
});
const at = "components/schemas/Pet/discriminator";

export const cases: Cases = {
  passes: [
    pets({ propertyName: "kind", mapping: { cat: Cat.$ref, dog: "Dog" } }),
    {
      components: {
        schemas: {
          Cat: {},
          Any: { anyOf: [Cat], discriminator: { propertyName: "a", mapping: { a: "Cat" } } },
        },
      },
    },
  ],
  fails: [
    {
      document: pets({ propertyName: "kind" }),
      findings: [{ path: at, message: "The discriminator has no mapping. Map each value to its schema." }],
    },
    {
      document: pets({ propertyName: "kind", mapping: { cat: Cat.$ref, bird: "Bird" } }),
      findings: [
        {
          path: `${at}/mapping`,
          message: 'The mapping leads to no Dog. Add the value of "kind" that stands for it.',
        },
        {
          path: `${at}/mapping/bird`,
          message:
            '"bird" leads to Bird, which is not a variant here. Remove it, or add the schema to oneOf.',
        },
      ],
    },
  ],
  bite: {
    change: ["components/schemas/ChatCompletionTool.yaml", "    custom: CustomTool.yaml\n", ""],
    found: ["components/schemas/ChatCompletionTool.yaml", "  mapping:"],
  },
};

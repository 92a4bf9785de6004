import type { Cases } from "../../pipeline/fixture.ts";

const api = (list: string[], details: string) => {
  const answer = (name: string, value: object) => ({
    get: {
      responses: {
        200: {
          content: {
            "application/json": {
              schema: { $ref: `#/components/schemas/${name}` },
              examples: { one: { value } },
            },
          },
        },
      },
    },
  });
  return {
    paths: {
      "/models": answer("ModelList", { data: list.map((id) => ({ id })) }),
      "/models/{model}": answer("Model", { id: details }),
    },
    components: {
      schemas: { ModelId: { anyOf: [{ enum: ["a", "b"] }, { type: "string" }] }, ModelList: {}, Model: {} },
    },
  };
};
const at = (path: string) => `paths/${path}/get/responses/200/content/application/json/examples/one/value`;
const unknown = (id: string) =>
  `The model "${id}" is not in the enum of ModelId. Add it there, or name another.`;

export const cases: Cases = {
  passes: [api(["b", "a"], "a"), { paths: {} }],
  fails: [
    {
      document: api(["a", "c"], "d"),
      findings: [
        {
          path: at("/models"),
          message: 'The list lacks the model "b" of ModelId. Fill it by x-fill.',
        },
        { path: `${at("/models")}/data/1/id`, message: unknown("c") },
        { path: `${at("/models/{model}")}/id`, message: unknown("d") },
      ],
    },
  ],
  bite: {
    change: ["examples/retrieveModel/model.yaml", "  id: gpt-5.4\n", "  id: gpt-0\n"],
    found: ["examples/retrieveModel/model.yaml", "id: gpt-0"],
  },
};

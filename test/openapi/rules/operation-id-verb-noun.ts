import { expect } from "vitest";
import type { Cases } from "../../pipeline/fixture.ts";

const named = (operationId: string) => ({ get: { operationId } });
const message = (id: string) =>
  expect.stringContaining(`The operationId "${id}" is not a verb and a noun. Write it like listModels; `);

export const cases: Cases = {
  passes: [
    { paths: { "/pets": named("listPets"), "/toString": named("retrieveToString"), "/none": { get: {} } } },
  ],
  fails: [
    {
      document: {
        paths: { "/pets": named("pets"), "/dogs": named("list"), "/cats": named("listed") },
        webhooks: { born: named("petBorn") },
      },
      findings: [
        { path: "paths//pets/get/operationId", message: message("pets") },
        { path: "paths//dogs/get/operationId", message: message("list") },
        { path: "paths//cats/get/operationId", message: message("listed") },
        { path: "webhooks/born/get/operationId", message: message("petBorn") },
      ],
    },
  ],
  bite: {
    change: ["paths/models.yaml", "operationId: listModels", "operationId: modelsOfToken"],
    found: ["paths/models.yaml", "operationId: modelsOfToken"],
  },
};

/** Mutants of a contract, and whether what they change is noticed. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { highest } from "../../../scripts/pipeline/diff/change.ts";
import { compareDocuments } from "../../../scripts/pipeline/diff/documents.ts";
import { mutantsOf } from "../../../scripts/pipeline/mutate/mutants.ts";
import { formatScore, mutate } from "../../../scripts/pipeline/mutate/mutate.ts";
import { readContract } from "../../../scripts/pipeline/read/contract.ts";
import { folder, HEAD, repository } from "../fixture.ts";

const API = `${HEAD}paths:
  /pets:
    get:
      description: All pets.
      responses:
        "200":
          description: The pets.
          content: {application/json: {schema: {$ref: pet.yaml}}}
`;
const PET = `type: object
required: [name]
properties:
  name: {type: string, maxLength: 9}
  required: {enum: [a, b]}
`;
const files = { "api.yaml": API, "pet.yaml": PET };

describe("mutants", () => {
  test("follow from the document: each bound, list and text, and no name of a property taken for a keyword", async () => {
    const { document } = await readContract(join(await folder(files), "api.yaml"));
    const made = [...mutantsOf(document)].map(
      ({ operator, path }) => `${path.slice(-2).join("/")}: ${operator}`,
    );
    expect(made).toEqual(
      expect.arrayContaining([
        "get/description: description emptied",
        "get/responses: responses without 200",
        "200/content: content without application/json",
        "pet/type: type also null",
        "pet/required: required without name",
        "pet/properties: properties without name",
        "name/maxLength: maxLength dropped",
        "name/maxLength: maxLength raised by one",
        "name/maxLength: maxLength lowered by one",
        "required/enum: enum without a",
        "required/enum: enum with one more",
      ]),
    );
    expect(made.filter((mutant) => mutant.startsWith("properties/required"))).toEqual([]);
  });

  test("leave the document as it was", async () => {
    const { document } = await readContract(join(await folder(files), "api.yaml"));
    const before = JSON.stringify(document);
    for (const mutant of mutantsOf(document)) expect(JSON.stringify(mutant.document)).not.toBe(before);
    expect(JSON.stringify(document)).toBe(before);
  });
});

describe("npm run mutate", () => {
  test("counts what is caught, at the paths that are asked for", async () => {
    const at = await folder(files);
    const score = await mutate(join(at, "api.yaml"), "components/schemas/pet/properties/name/*");
    expect(score).toEqual({ mutants: 4, caught: { major: 3, minor: 1, patch: 0 }, survivors: [] });
    expect(formatScore(score)).toBe("4 of 4 mutants caught (100 %): 3 major, 1 minor, 0 patch\n");
  });

  test("names each survivor with its file and line", async () => {
    // A component that nothing uses may change as it likes.
    const at = await folder({
      "api.yaml": `${API}components:\n  schemas:\n    Unused:\n      maxLength: 3\n`,
      "pet.yaml": PET,
    });
    const score = await mutate(join(at, "api.yaml"), "components/schemas/Unused/maxLength");
    expect(
      formatScore(score).replaceAll(`${at}/`, ""),
    ).toBe(`api.yaml:14:7  maxLength dropped  at components/schemas/Unused/maxLength
api.yaml:14:7  maxLength raised by one  at components/schemas/Unused/maxLength
api.yaml:14:7  maxLength lowered by one  at components/schemas/Unused/maxLength
0 of 3 mutants caught (0 %): 0 major, 0 minor, 0 patch
`);
  });

  // All of them take a minute: `npm run mutate` does that. Here every twentieth.
  test("finds no survivor among the mutants of our contract", async () => {
    const { document } = await readContract(join(repository, "openapi/openapi.yaml"));
    const survivors = [...mutantsOf(document)]
      .filter((_, index) => index % 20 === 0)
      .filter((mutant) => highest(compareDocuments(document, mutant.document)) === "none")
      .map(({ operator, path }) => `${operator} at ${path.join("/")}`);
    expect(survivors).toEqual([]);
  });
});

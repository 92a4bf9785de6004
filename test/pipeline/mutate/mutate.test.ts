/** Mutants of a contract, and whether what they change is noticed. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Document, SchemaObject } from "../../../scripts/document/model.ts";
import { mutantsOf } from "../../../scripts/pipeline/mutate/mutants.ts";
import {
  type CheckGroup,
  type Excuse,
  formatScore,
  mutate,
} from "../../../scripts/pipeline/mutate/mutate.ts";
import { ruleGroups } from "../../../scripts/pipeline/mutate/rules.ts";
import { typesGroup } from "../../../scripts/pipeline/mutate/types.ts";
import { type Contract, readContract } from "../../../scripts/pipeline/read/contract.ts";
import { isWrittenDown } from "../../openapi/checks/constraints.ts";
import { checks } from "../../openapi/checks/index.ts";
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

/** What a check of names says of a document whose pet has none. */
const namesCheck: CheckGroup = {
  name: "names",
  checks: {
    "a pet has a name": ({ components }) => {
      const pet = components?.["schemas"]?.["pet"] as SchemaObject;
      expect(pet.properties?.["name"]).toMatchObject({ type: "string", maxLength: 9 });
    },
  },
};

describe("the mutation of a contract", () => {
  const contract = async () => readContract(join(await folder(files), "api.yaml"));

  test("counts what each group of checks notices, at the paths that are asked for", async () => {
    const only = "components/schemas/pet/properties/name/*";
    const later: CheckGroup = { name: "later", checks: { never: () => expect.unreachable() } };
    const score = await mutate(await contract(), [namesCheck, later], { only });
    expect(score).toEqual({ mutants: 4, caught: { names: 4 }, excused: 0, survivors: [] });
    expect(formatScore(score)).toBe("4 of 4 mutants caught (100 %): 4 by names\n");
  });

  test("asks no group that cannot see the mutant", async () => {
    const only = "components/schemas/pet/properties/name/*";
    const blind = { ...namesCheck, sees: ([first]: (string | number)[]) => first === "paths" };
    expect((await mutate(await contract(), [blind], { only })).caught).toEqual({});
  });

  test("notices by the types what breaks a consumer's program, and only that", async () => {
    const pets = await contract();
    const score = await mutate(pets, [typesGroup(repository, pets)], {
      only: "components/schemas/pet/{required,properties/name/maxLength}",
      every: 2,
    });
    expect(score).toMatchObject({ mutants: 2, caught: { types: 1 } });
    expect(score.survivors.map(({ operator }) => operator)).toEqual(["maxLength raised by one"]);
  });

  test("does not compile what is in no type", () => {
    const { sees } = typesGroup(repository, {} as Contract);
    const seen = (...path: string[]) => sees?.(path, {} as Document);
    expect(seen("components", "schemas", "pet", "properties", "name", "type")).toBe(true);
    expect(seen("components", "schemas", "pet", "properties", "name", "description")).toBe(false);
    expect(seen("components", "schemas", "pet", "properties", "description", "type")).toBe(true);
  });

  test("names each survivor with its file and line, unless it has an excuse", async () => {
    const only = "components/schemas/pet/properties/required/enum";
    const mutant = `enum without a at ${only}`;
    const score = await mutate(await contract(), [namesCheck], { only, excuses: [{ mutant, reason: "…" }] });
    expect(
      formatScore(score).replaceAll(/^.*pipeline-\w+\//gm, ""),
    ).toBe(`pet.yaml:5:14  enum without b  at ${only}
pet.yaml:5:14  enum with one more  at ${only}
0 of 3 mutants caught (0 %): , 1 survive with a reason
`);
  });
});

// All of them take longer: `npm run mutate` tries them.
describe("our contract", () => {
  let own: Contract;
  let excuses: Excuse[];
  beforeAll(async () => {
    own = await readContract(join(repository, "openapi/openapi.yaml"));
    excuses = parse(await readFile(join(repository, "test/openapi/survivors.yaml"), "utf8")) as Excuse[];
  });

  test("has no mutant that its checks do not notice, among one in sixty", async () => {
    const { quick, slow } = ruleGroups();
    const { survivors } = await mutate(own, [...checks, quick, slow], { excuses, every: 60 });
    // What is new may still be without checks: `npm run mutate` names it.
    const old = survivors.filter(({ path }) => isWrittenDown(path));
    expect(old.map(({ operator, path }) => `${operator} at ${path}`)).toEqual([]);
  });

  test("has a reason for each mutant that may survive, and no such mutant is gone", () => {
    const all = [...mutantsOf(own.document)].map(({ operator, path }) => `${operator} at ${path.join("/")}`);
    for (const { mutant, reason } of excuses) {
      expect(all).toContain(mutant);
      expect(reason).toMatch(/\w+ .*\.$/);
    }
  });
});

import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { readContract } from "../../../scripts/pipeline/read/contract.ts";
import { type Finding, startLinting } from "../../../scripts/pipeline/stages/lint.ts";
import { formatPlace } from "../../../scripts/shared/input-error.ts";
import { folder, HEAD } from "../fixture.ts";

/** Lints a document of several files, and gives the findings of some rules as lines. */
async function findings(
  files: Record<string, string>,
  house: boolean,
  ...rules: string[]
): Promise<string[]> {
  const key = JSON.stringify([files, house]);
  const found = linted.get(key) ?? lint(files, house);
  linted.set(key, found);
  return (await found)
    .filter(({ rule }) => rules.includes(rule))
    .map(({ place, severity, rule, message }) => `${formatPlace(place)} ${severity} ${rule} ${message}`);
}

/** The findings by what was linted, since several tests look at the same ones. */
const linted = new Map<string, Promise<Finding[]>>();

async function lint(files: Record<string, string>, house: boolean): Promise<Finding[]> {
  const at = await folder(files);
  const { findings } = await startLinting(await readContract(join(at, "api.yaml")), { house }).result;
  return findings.map(({ place, ...rest }) => ({
    ...rest,
    place: { ...place, file: place.file.replace(`${at}/`, "") },
  }));
}

const FILES = {
  "api.yaml": `${HEAD}paths:\n  /pets/{id}: {$ref: paths/pets.yaml}\n`,
  "paths/pets.yaml": `get:
  operationId: list_pets
  responses:
    "200":
      description: The pets.
      content:
        application/json:
          schema:
            $ref: ../schemas/pet_list.yaml
          examples:
            one:
              $ref: ../examples/one.yaml
parameters:
  - {name: id, in: path, schema: {type: string}}
`,
  "schemas/pet_list.yaml": `type: array
items:
  $ref: "#/$defs/Pet"
$defs:
  Pet:
    type: object
    properties:
      name: {type: string, nullable: true}
`,
  "examples/one.yaml": `value:
  - name: 7
x-when: {properties: {body: {$ref: "#/components/schemas/Nothing"}}}
x-other: 1
`,
  "examples/two.yaml": "value: []\n",
  "samples/old/a.sh": "true\n",
  "notes.md": "",
};

describe("lint", () => {
  it("names each file in the folders of our contract that nothing refers to, and none of another document", async () => {
    const message = "error no-unused-file Nothing refers to this file. Refer to it, or remove it.";
    expect(await findings(FILES, true, "no-unused-file")).toEqual([
      `examples/two.yaml:1:1 ${message}`,
      `samples/old/a.sh:1:1 ${message}`,
    ]);
    expect(await findings(FILES, false, "no-unused-file")).toEqual([]);
  });

  it("reports what breaks the house rules in the file where it is written", async () => {
    expect(
      await findings(
        FILES,
        true,
        ...[
          "component-names",
          "example-summary",
          "known-extensions",
          "operation-text",
          "property-description",
        ],
      ),
    ).toEqual([
      "paths/pets.yaml:1:1 error operation-text The operation has no summary. Add it.",
      "paths/pets.yaml:1:1 error operation-text The operation has no description. Add it.",
      "paths/pets.yaml:1:1 error operation-text The operation has no tags. Add it.",
      'paths/pets.yaml:2:3 error operation-text The operationId "list_pets" is not camelCase. Write it like listModels.',
      "paths/pets.yaml:11:13 error example-summary The example has no summary. Say in a few words what it shows.",
      "examples/one.yaml:4:1 error known-extensions x-other is not an extension of this contract. Remove it, or use one of x-codeSamples, x-pagination, x-sdk-method, x-badges, x-enumDescriptions, x-stream, x-when, x-fill.",
      'schemas/pet_list.yaml:8:7 error property-description "name" has no description. Say what it is.',
      'schemas/pet_list.yaml:1:1 error component-names "pet_list" is not PascalCase. Rename the component, and its file.',
    ]);
  });

  it("finds examples that do not fit their schema, and references of x-when that lead nowhere", async () => {
    expect(await findings(FILES, true, "examples-validate", "invalid-ref")).toEqual([
      "examples/one.yaml:2:5 error examples-validate The example does not fit its schema: /0/name must be string,null. Correct the one or the other.",
      "examples/one.yaml:3:30 error invalid-ref '#/components/schemas/Nothing' does not exist",
    ]);
  });

  it("names what the reader would correct in our contract, at its line", async () => {
    expect(await findings(FILES, true, "no-openapi-3-0-keywords", "path-params")).toEqual([
      'paths/pets.yaml:14:5 error path-params Path parameter "id" must have "required" property that is set to "true".',
      'schemas/pet_list.yaml:8:28 error no-openapi-3-0-keywords nullable is written as in OpenAPI 3.0. Write the type as a list with "null".',
    ]);
  });

  it("leaves the house rules out for any other document", async () => {
    const rules = ["operation-text", "component-names", "operation-tags"];
    expect(await findings(FILES, false, ...rules)).toEqual([
      'paths/pets.yaml:1:1 warning operation-tags Operation must have non-empty "tags" array.',
    ]);
  });

  it("reports that nothing was checked when a rule fails", async () => {
    const text = `${HEAD}components: {headers: {H: {schema: true, example: 1}}}\n`;
    expect(await findings({ "api.yaml": text }, false, "spectral")).toEqual([
      expect.stringMatching(
        /^api\.yaml error spectral Nothing was checked, because a rule failed: .*oasExample/,
      ),
    ]);
  });

  it("finds nothing in a good document", async () => {
    const good = `openapi: 3.0.3
info: {title: T, version: 1.0.0, description: D., contact: {name: N}}
servers: [{url: https://pets.example}]
paths: {}
`;
    const contract = await readContract(join(await folder({ "api.yaml": good }), "api.yaml"));
    expect(await startLinting(contract, { house: false }).result).toEqual({ findings: [] });
  });

  it("is left out, with what to do about it, when it takes longer than it may", async () => {
    const contract = await readContract(join(await folder({ "api.yaml": HEAD }), "api.yaml"));
    const ended = vi.spyOn(Worker.prototype, "terminate");
    onTestFinished(() => ended.mockRestore());
    const { findings, leftOut } = await startLinting(contract, { house: false, timeout: 0 }).result;
    expect(ended).toHaveBeenCalledOnce();
    expect(findings).toEqual([]);
    expect(leftOut).toMatchObject({
      message: "Lint is left out: it takes longer than 0 seconds. Nothing was checked.",
      advice: expect.stringContaining("--lint-timeout SECONDS"),
    });
  });
});

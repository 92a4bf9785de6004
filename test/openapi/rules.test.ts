import { readdirSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import spectralCore, { type RulesetDefinition } from "@stoplight/spectral-core";
import { describe, expect, it, onTestFinished } from "vitest";
import ruleset from "../../openapi/rules/index.mjs";
import { readContract } from "../../scripts/pipeline/read/contract.ts";
import { startLinting } from "../../scripts/pipeline/stages/lint.ts";
import { type Cases, repository } from "../pipeline/fixture.ts";

const filesIn = (folder: string, extension: string) =>
  readdirSync(join(repository, folder))
    .filter((name) => name.endsWith(extension) && name !== `index${extension}` && !name.includes(".schema."))
    .map((name) => name.slice(0, -extension.length));

const rules: Record<string, unknown> = ruleset.rules;
const names = filesIn("openapi/rules", ".mjs");

/** The change for `every-error-has-an-example` takes an example out of use, which lint notices beside the rules. */
const UNUSED = "no-unused-file examples/errors/request_too_large.yaml:1";

describe("the house rules", () => {
  it("are all in the ruleset", () => {
    expect(Object.keys(rules).filter((name) => rules[name] !== "off")).toEqual(names);
  });

  it("all have their cases in test/openapi/rules", () => {
    expect(filesIn("test/openapi/rules", ".ts")).toEqual(names);
  });

  it("stand beside Spectral's own for OpenAPI, of which they replace three", () => {
    const spectral = new spectralCore.Spectral();
    spectral.setRuleset(ruleset as unknown as RulesetDefinition);
    expect(spectral.ruleset?.rules["oas3-schema"]?.enabled).toBe(true);
    const off = Object.keys(rules).filter((name) => rules[name] === "off");
    expect(off).toEqual(["oas3-valid-media-example", "oas3-valid-schema-example", "oas3-unused-component"]);
  });

  // All changes at once: a change that broke another rule as well would add a finding to the list.
  it("bite: each finds the change of our contract that breaks it, at its line, and no other rule does", async () => {
    const at = await mkdtemp(join(tmpdir(), "rules-"));
    onTestFinished(() => rm(at, { recursive: true, force: true }));
    await cp(join(repository, "openapi"), at, { recursive: true });
    const all = await Promise.all(
      names.map(async (name) => {
        const { cases }: { cases: Cases } = await import(`./rules/${name}.ts`);
        return cases.bite ? [{ name, ...cases.bite }] : [];
      }),
    );
    const bites = all.flat();
    for (const { name, change } of bites) {
      if (!change) continue;
      const [file, from, to] = change;
      const text = await readFile(join(at, file), "utf8");
      expect(text, `${name}: the change has nothing to change in ${file}`).toContain(from);
      await writeFile(join(at, file), text.replaceAll(from, to));
    }
    const contract = await readContract(join(at, "openapi.yaml"));
    const { findings: found } = await startLinting(contract, { house: true }).result;
    const expected = await Promise.all(
      bites.map(async ({ name, found: [file, text] }) => {
        const before = (await readFile(join(at, file), "utf8")).split(text)[0] ?? "";
        return `${name} ${file}:${before.split("\n").length}`;
      }),
    );
    expect(
      found.map(({ rule, place }) => `${rule} ${relative(at, place.file)}:${place.line}`).sort(),
    ).toEqual([...expected, UNUSED].sort());
  });
});

describe.each(names)("%s", async (name) => {
  const { cases }: { cases: Cases } = await import(`./rules/${name}.ts`);
  const findings = async (document: object) => {
    const spectral = new spectralCore.Spectral();
    spectral.setRuleset({ rules: { [name]: rules[name] } } as RulesetDefinition);
    return (await spectral.run({ openapi: "3.1.1", ...document })).map(({ path, message, severity }) => ({
      path: path.join("/"),
      message,
      severity,
    }));
  };

  it("says what it is for", () => {
    expect(rules[name]).toHaveProperty("description", expect.stringMatching(/^[A-Zx].*\.$/));
  });

  it("lets pass what is right", async () => {
    for (const document of cases.passes) expect(await findings(document)).toEqual([]);
  });

  it("says what is wrong, where, and what to do", async () => {
    for (const { document, findings: expected } of cases.fails)
      expect(await findings(document)).toEqual(expected.map((finding) => ({ ...finding, severity: 0 })));
  });
});

import { readdirSync } from "node:fs";
import { join } from "node:path";
import spectralCore, { type RulesetDefinition } from "@stoplight/spectral-core";
import { describe, expect, it } from "vitest";
import ruleset from "../../openapi/rules/index.mjs";
import { type Cases, repository } from "../pipeline/fixture.ts";

const filesIn = (folder: string, extension: string) =>
  readdirSync(join(repository, folder))
    .filter((name) => name.endsWith(extension) && name !== `index${extension}` && !name.includes(".schema."))
    .map((name) => name.slice(0, -extension.length));

const rules: Record<string, object> = ruleset.rules;
const names = filesIn("openapi/rules", ".mjs");

describe("the house rules", () => {
  it("are all in the ruleset", () => {
    expect(Object.keys(rules)).toEqual(names);
  });

  it("all have their cases in test/openapi/rules", () => {
    expect(filesIn("test/openapi/rules", ".ts")).toEqual(names);
  });

  it("stand beside Spectral's own for OpenAPI, valid examples included", () => {
    const spectral = new spectralCore.Spectral();
    spectral.setRuleset(ruleset as unknown as RulesetDefinition);
    expect(spectral.ruleset?.rules["oas3-valid-media-example"]?.enabled).toBe(true);
    expect(spectral.ruleset?.rules["oas3-schema"]?.enabled).toBe(true);
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

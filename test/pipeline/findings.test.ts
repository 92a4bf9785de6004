/** The formats in which lint prints its findings. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatFindings } from "../../scripts/pipeline/findings.ts";
import type { Finding } from "../../scripts/pipeline/stages/lint.ts";
import { FILES, folder, repository, run } from "./fixture.ts";

const findings: Finding[] = [
  {
    rule: "pet-name",
    severity: "error",
    message: 'The name is "50%,\nor less".',
    place: { file: join(repository, "openapi/paths/my pets.yaml"), line: 3, column: 5 },
  },
  { rule: "tags", severity: "hint", message: "No tags.", place: { file: "/elsewhere/api.yaml" } },
  {
    rule: "pet-name",
    severity: "warning",
    message: "No name.",
    place: { file: "/elsewhere/api.yaml", line: 1 },
  },
];

describe("findings", () => {
  test("are lines of text", () => {
    expect(formatFindings(findings.slice(1), "text")).toBe(
      "/elsewhere/api.yaml  hint  tags  No tags.\n/elsewhere/api.yaml:1  warning  pet-name  No name.\n",
    );
  });

  test("are a list in JSON, null where there is no line", () => {
    const [first, second] = JSON.parse(formatFindings(findings, "json"));
    expect(first).toEqual({
      rule: "pet-name",
      severity: "error",
      message: 'The name is "50%,\nor less".',
      file: "openapi/paths/my pets.yaml",
      line: 3,
      column: 5,
    });
    expect(second).toMatchObject({ file: "/elsewhere/api.yaml", line: null, column: null });
    expect(formatFindings([], "json")).toBe("[]\n");
  });

  test("are a SARIF log, each rule once, files as URIs", () => {
    const { version, runs } = JSON.parse(formatFindings(findings, "sarif"));
    expect(version).toBe("2.1.0");
    expect(runs[0].tool.driver.rules).toEqual([{ id: "pet-name" }, { id: "tags" }]);
    expect(runs[0].results[0]).toEqual({
      ruleId: "pet-name",
      ruleIndex: 0,
      level: "error",
      message: { text: 'The name is "50%,\nor less".' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "openapi/paths/my%20pets.yaml" },
            region: { startLine: 3, startColumn: 5 },
          },
        },
      ],
    });
    expect(runs[0].results.map(({ level }: { level: string }) => level)).toEqual([
      "error",
      "note",
      "warning",
    ]);
    expect(runs[0].results[1].locations[0].physicalLocation).not.toHaveProperty("region");
  });

  test("are annotations on GitHub, one line each", () => {
    expect(formatFindings(findings, "github")).toBe(
      `::error file=openapi/paths/my pets.yaml,line=3,col=5,title=pet-name::The name is "50%25,%0Aor less".
::notice file=/elsewhere/api.yaml,title=tags::No tags.
::warning file=/elsewhere/api.yaml,line=1,title=pet-name::No name.
`,
    );
  });
});

describe("npm run lint -- --format", () => {
  test("prints nothing but the findings, and exits with 1 where they stop the build", async () => {
    const at = await folder(FILES);
    const found = await run(at, "lint", "--input", "api.yaml", "--format", "json");
    expect(found.code).toBe(0);
    expect(JSON.parse(found.stdout)).toContainEqual(
      expect.objectContaining({ file: "api.yaml", line: expect.any(Number) }),
    );
    const strict = await run(at, "lint", "--input", "api.yaml", "--format", "github", "--strict");
    expect(strict.code).toBe(1);
    expect(strict.stdout).toMatch(/^::(error|warning) file=api\.yaml,line=/);
  });

  test("says what it is for where it is used otherwise", async () => {
    const at = await folder(FILES);
    expect((await run(at, "--format", "json")).stderr).toContain("npm run lint -- --format NAME");
    expect((await run(at, "lint", "--format", "xml")).stderr).toContain("text, json, sarif, github");
  });
});

import { once } from "node:events";
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildCommand } from "../../scripts/cli/build.ts";
import { built, contents, FILES, FOREIGN, folder, INPUT, start } from "../pipeline/fixture.ts";
import { inProcess } from "./in-process.ts";

describe("--check", () => {
  it("passes when the files match the document, docs aside, and else names each file and the command to run", async () => {
    const at = await folder(FILES);
    // The reference takes longest, and is not compared.
    for (const stage of ["bundle", "types", "client"]) await built(at, { stage });
    expect(await readdir(join(at, "out"))).not.toContain("docs");
    const good = await built(at, { check: true, lint: false });
    expect(good.code).toBe(0);
    expect(good.stdout).toMatch(/✓ out is up to date\n$/);

    await appendFile(join(at, "out/schema.ts"), " ");
    await rm(join(at, "out/client.ts"));
    await writeFile(join(at, "out/old.ts"), "");
    const before = await contents(at);
    const bad = await built(at, { check: true, lint: false });
    expect(bad.code).toBe(1);
    expect(bad.stderr.slice(bad.stderr.indexOf("out/"))).toBe(
      "out/schema.ts  is not what the document gives.\nout/client.ts  is not what the document gives.\nout/old.ts  is not made by the pipeline. Remove it.\nRun `npm run build`, and commit what it writes.\n",
    );
    expect(await contents(at)).toEqual(before);
  });

  it("compares only the files of the stage that is named", async () => {
    const at = await folder(FILES);
    await built(at, { stage: "bundle" });
    expect((await built(at, { stage: "bundle", check: true })).code).toBe(0);
    expect((await built(at, { stage: "types", check: true })).stderr).toMatch(/^out\/schema\.ts {2}is not/);
  });
});

/** What a command prints, to wait for. */
function outputOf(child: ReturnType<typeof start>) {
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data) => {
      output += data;
      child.emit("output");
    });
  /** Waits until all of these texts were printed since the last time. @returns what was printed since then */
  return async (...wanted: string[]) => {
    while (!wanted.every((text) => output.includes(text))) await once(child, "output");
    const said = output;
    output = "";
    return said;
  };
}

const WATCHING = "Watching for changes. Ctrl+C ends it.\n";

describe("--watch", () => {
  it("builds what code depends on, waits for changes, and makes the docs meanwhile in another process", async () => {
    const at = await folder({ ...FILES, "api.yaml": FOREIGN });
    const says = outputOf(start(at, ...INPUT, "--watch", "--no-lint"));
    const [code] = (await says("✓ client", WATCHING)).split("✓ docs");
    expect(code).toContain(WATCHING);
    const written = (name: string) => readFile(join(at, "out", name), "utf8").catch(() => "");
    // Saved again before the docs are there: these are those of the last change.
    for (const title of ["Second title", "Third title"]) {
      await writeFile(join(at, "api.yaml"), FOREIGN.replace("Pets", title));
      await expect.poll(() => written("client.ts")).toContain(title);
    }
    await expect.poll(() => written("docs/llms.txt")).toContain("# Third title API\n");
  });

  it("ends by a signal when the process that makes the docs has ended, which writes none of them", async () => {
    const at = await folder({ ...FILES, "api.yaml": FOREIGN });
    const child = start(at, ...INPUT, "--watch", "--no-lint");
    await outputOf(child)(WATCHING);
    child.kill();
    // Its output is that of both processes.
    await once(child, "close");
    expect(child.signalCode).toBe("SIGTERM");
    expect(await readdir(join(at, "out"))).not.toContain("docs");
  });

  it("builds at each change, reports problems and goes on, even if files are missing at first", async () => {
    const at = await folder({ "api.yaml": FOREIGN.replace("Pet.yaml", "schemas/own/Pet.yaml") });
    const child = start(at, "bundle", ...INPUT, "--watch");
    const says = outputOf(child);

    await says("There is no file schemas/own/Pet.yaml.", WATCHING);
    await mkdir(join(at, "schemas"));
    await says("There is no file schemas/own/Pet.yaml.", WATCHING);
    await mkdir(join(at, "schemas/own"));
    await writeFile(join(at, "schemas/own/Pet.yaml"), "type: [string\n");
    await says("schemas/own/Pet.yaml:2:1  ", WATCHING);
    expect(await readdir(at)).not.toContain("out");

    await writeFile(join(at, "schemas/own/Pet.yaml"), "type: string\n");
    await says("✓ out: 2 files changed", WATCHING);
    expect(await readFile(join(at, "out/openapi.json"), "utf8")).toContain('"type": "string"');

    // As editors save: beside it, and then in its place.
    await writeFile(join(at, "schemas/own/Pet.yaml~"), "type: integer\n");
    await rename(join(at, "schemas/own/Pet.yaml~"), join(at, "schemas/own/Pet.yaml"));
    await says("✓ out: 2 files changed", WATCHING);
    expect(await readFile(join(at, "out/openapi.json"), "utf8")).toContain('"type": "integer"');
    expect(child.exitCode).toBe(null);
  });
});

describe("the command line", () => {
  it("lists its stages and options under --help", async () => {
    const { code, stdout } = await inProcess(buildCommand, "--help");
    expect(code).toBe(0);
    for (const word of [
      "lint",
      "bundle",
      "types",
      "client",
      "docs",
      "--input",
      "--out",
      "--strict",
      "--check",
      "--watch",
    ])
      expect(stdout).toContain(`  ${word} `);
  });

  const NO_ADDRESS = "Write the whole address, as in https://docs.example.com/api/.";
  const ONE_LINT =
    "--format is for the findings of one run of lint.\n  Write `npm run lint -- --format NAME`, without --watch.";
  const NO_STAGE = "Name one of lint, bundle, types, client, docs, or none for all.";
  const refused: [args: string[], message: string][] = [
    [["lynt"], `There is no stage "lynt".\n  ${NO_STAGE}`],
    [["lint", "types"], `There is no stage "lint types".\n  ${NO_STAGE}`],
    [["--verbose"], "Unknown option '--verbose'. See --help."],
    [["--input"], "Option '--input <value>' argument missing. See --help."],
    [["types", "--format", "json"], ONE_LINT],
    [["lint", "--watch", "--format", "json"], ONE_LINT],
    ...["docs.example.com:80", "ftp://docs.example.com", "/docs", "https://"].map(
      (site): [string[], string] => [["--site", site], `--site ${site} is not an address.\n  ${NO_ADDRESS}`],
    ),
  ];
  it.each(refused)("refuses %j", async (args, message) => {
    const { code, stdout, stderr } = await inProcess(buildCommand, ...args);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: "", stderr: `${message}\n` });
  });

  it("ends without a message when its output is closed", async () => {
    const at = await folder(FILES);
    const child = start(at, "bundle", ...INPUT);
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    child.stdout.destroy();
    await once(child, "exit");
    expect(stderr).toBe("");
  });
});

/** The workflow that publishes the packages. */
import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { repository } from "./support.ts";

interface Workflow {
  jobs: Record<string, { steps: { name?: string; run?: string }[] }>;
}

/** Writes the folder and the arguments of each call to the file `calls`, and fails if told to. */
const NPM = `#!/bin/sh
echo "\${PWD#"$ROOT"/} $*" >> "$ROOT/calls"
test "$1" != "$FAILING"
`;

async function publish(failing = ""): Promise<{ code: number; calls: string[] }> {
  const file = join(repository, ".github/workflows/publish.yaml");
  const workflow: Workflow = parse(await readFile(file, "utf8"));
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  const script = steps.find(({ name }) => name === "Publish both packages")?.run ?? "exit 99";
  const folder = await mkdtemp(join(tmpdir(), "publish-"));
  for (const name of ["dist/api", "dist/testing", "bin"])
    await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, "bin/npm"), NPM);
  await chmod(join(folder, "bin/npm"), 0o755);
  const env = {
    PATH: `${folder}/bin:${process.env["PATH"]}`,
    ROOT: folder,
    FAILING: failing,
    GITHUB_SERVER_URL: "https://git.example",
    GITHUB_REPOSITORY: "team/api",
  };
  // GitHub runs a step by `bash -e`.
  const result = await promisify(execFile)("bash", ["-e", "-c", script], { cwd: folder, env }).catch(
    (error) => error,
  );
  const calls = (await readFile(join(folder, "calls"), "utf8")).trim().split("\n");
  await rm(folder, { recursive: true });
  return { code: result.code ?? 0, calls };
}

it("The workflow names the repository in both packages, and publishes both with provenance", async () => {
  const repositoryField = "pkg set repository.type=git repository.url=git+https://git.example/team/api.git";
  expect(await publish()).toEqual({
    code: 0,
    calls: ["dist/api", "dist/testing"].flatMap((folder) => [
      `${folder} ${repositoryField}`,
      `${folder} publish --provenance --access public`,
    ]),
  });
});

it("The workflow fails when npm does not publish one of the packages", async () => {
  const { code, calls } = await publish("publish");
  expect(code).toBe(1);
  expect(calls.at(-1)).toMatch(/ publish /);
});

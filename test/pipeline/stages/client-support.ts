/** Clients that are generated from a document, in folders of the system. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll } from "vitest";
import { splitDirections } from "../../../scripts/document/directions.ts";
import { type Contract, readContract } from "../../../scripts/pipeline/read/contract.ts";
import { client } from "../../../scripts/pipeline/stages/client/stage.ts";
import { types } from "../../../scripts/pipeline/stages/types/stage.ts";
import type { Problem } from "../../../scripts/shared/input-error.ts";

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

export async function prepare(document: object): Promise<{ folder: string; contract: Contract }> {
  const folder = await mkdtemp(join(tmpdir(), "client-"));
  folders.push(folder);
  await symlink(join(repository, "node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "openapi.json"), JSON.stringify(document));
  return { folder, contract: await readContract(join(folder, "openapi.json")) };
}

/** `warnings`: what the client stage says. */
export async function generate(
  document: object,
): Promise<{ folder: string; code: string; warnings: Problem[] }> {
  const warnings: Problem[] = [];
  const { folder, contract } = await prepare(document);
  const runtime = relative(folder, join(repository, "scripts/client"));
  const files = new Map([
    ...(await types(contract)),
    ...(await client({ ...contract, document: splitDirections(contract.document) }, runtime, (...told) =>
      warnings.push(...told),
    )),
  ]);
  for (const [name, content] of files) await writeFile(join(folder, name), content);
  return { folder, code: String(files.get("client.ts")), warnings };
}

/** What the compiler, as strict as it can be, says of these files: nothing if all is well. */
export async function compile(...files: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "compile-"));
  folders.push(folder);
  const { compilerOptions } = JSON.parse(await readFile(join(repository, "tsconfig.json"), "utf8"));
  const typeRoots = [join(repository, "node_modules/@types")];
  const config = { compilerOptions: { ...compilerOptions, typeRoots }, files };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
  const compiler = join(repository, "node_modules/.bin/tsgo");
  const found = await promisify(execFile)(compiler, ["--project", folder]).catch((failed) => failed);
  return found.stdout + found.stderr;
}

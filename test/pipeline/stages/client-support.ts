/** Clients that are generated from a document, in folders of the system. */
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
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

/** What the compiler, as strict as it can be, says of these files. */
export function compile(...files: string[]): string[] {
  const { config } = ts.readConfigFile(join(repository, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, repository);
  const program = ts.createProgram(files, {
    ...options,
    typeRoots: [join(repository, "node_modules/@types")],
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ messageText, file }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}

/** Makes the npm packages, each in a folder that is ready for `npm pack` and `npm publish`. */
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { type Contract, readContract } from "../pipeline/read/contract.ts";
import { docs } from "../pipeline/stages/docs/stage.ts";
import { InputError } from "../shared/input-error.ts";
import { PACKED } from "../shared/static-folder.ts";
import { type Step, silently } from "../shared/step.ts";
import { counted } from "../shared/text.ts";
import { bundleTesting } from "./bundle-testing.ts";
import { compileApi } from "./compile-api.ts";
import {
  apiManifest,
  isCode,
  MANIFEST,
  type Manifest,
  packedContract,
  ROOT,
  readManifest,
  testingManifest,
} from "./manifests.ts";
import { thirdParty } from "./third-party.ts";

export const OUT = join(ROOT, "dist");

/** The packages whose files the built docs contain: the script of the reference page. */
const IN_DOCS = ["@redocly/cli"];

/**
 * Makes `@routescope/api` from the sources and `generated/` as they are.
 *
 * @param out the folder of the package; it is emptied first
 * @param manifest default: the repository's `package.json`
 * @param step runs each step, and may show it
 * @throws {InputError} when the version is not the contract's, or a module imports a package that is not a dependency
 */
export async function makeApi(out: string, manifest = readManifest(), step: Step = silently): Promise<void> {
  await readOwnContract(manifest);
  await rm(out, { recursive: true, force: true });
  await step(
    "api",
    () => compileApi(manifest, out),
    (modules) => `${counted(modules.length, "module")} compiled`,
  );
  const contracts = Object.values(manifest.exports)
    .filter((file) => !isCode(file))
    .map(packedContract);
  for (const file of new Set(contracts)) await writeContract(file, out);
  await addCommonFiles(out, "api.md", apiManifest(manifest));
}

/**
 * Makes `@routescope/testing` from the sources and `generated/` as they are. The reference in it is built anew.
 *
 * @param out the folder of the package; it is emptied first
 * @param manifest default: the repository's `package.json`
 * @param step runs each step, and may show it
 * @throws {InputError} when the version is not the contract's, or a bundled package names no licence
 */
export async function makeTesting(
  out: string,
  manifest = readManifest(),
  step: Step = silently,
): Promise<void> {
  const contract = await readOwnContract(manifest);
  await rm(out, { recursive: true, force: true });
  const { files, packages } = await step(
    "testing",
    () => bundleTesting(out),
    ({ packages }) => `${counted(packages.length, "package")} bundled`,
  );
  const pages = await step(
    "docs",
    () => docs(contract),
    ({ size }) => counted(size, "file"),
  );
  for (const [name, content] of pages)
    await write(join(out, "generated", name + PACKED), compressed(content));
  await writeContract("generated/openapi.json", out);
  const inside = [...packages, ...IN_DOCS.map((name) => join(ROOT, "node_modules", name))];
  await write(join(out, "THIRD-PARTY"), await thirdParty(inside));
  await cp(join(ROOT, "scripts/package/Dockerfile"), join(out, "Dockerfile"));
  await addCommonFiles(out, "testing.md", testingManifest(manifest, files));
}

/** @throws {InputError} when its version is not the manifest's: the packages have the version of the contract */
async function readOwnContract({ version }: Manifest): Promise<Contract> {
  const contract = await readContract(join(ROOT, "openapi/openapi.yaml"));
  const wanted = contract.document.info.version;
  if (version === wanted) return contract;
  throw new InputError({
    place: { file: MANIFEST },
    message: `The version is ${version}, but the contract's \`info.version\` is ${wanted}.`,
    advice: `Make them equal: run \`npm version ${wanted} --no-git-tag-version\`, or correct openapi/openapi.yaml.`,
  });
}

/** The docs are large text, and only `routescope docs` reads them. Quality 9 saves 1 % more, and takes three times as long. */
function compressed(content: string | Uint8Array): Uint8Array {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 7, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return brotliCompressSync(content, { params });
}

/** Copies a contract in JSON, without the white space. */
async function writeContract(file: string, out: string): Promise<void> {
  const document: unknown = JSON.parse(await readFile(join(ROOT, file), "utf8"));
  await write(join(out, file), JSON.stringify(document));
}

async function addCommonFiles(out: string, readme: string, manifest: object): Promise<void> {
  await cp(join(ROOT, "scripts/package", readme), join(out, "README.md"));
  for (const file of ["LICENSE", "CHANGELOG.md"]) await cp(join(ROOT, file), join(out, file));
  await write(join(out, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

async function write(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** Both packages: made, packed and installed once, into one project, for all the tests of the packages. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeApi, makeTesting } from "../../scripts/package/make.ts";
import { readManifest } from "../../scripts/package/manifests.ts";
import { Project, pack, type Tarball } from "./support.ts";

/** The folder that everything was made in. */
export let where: string;
export let api: Tarball;
export let testing: Tarball;
/** The project that has both. */
export let project: Project;

/** Makes them. The variables above are set from then on. */
export async function install(): Promise<void> {
  where = await mkdtemp(join(tmpdir(), "packages-"));
  const folders = [join(where, "api"), join(where, "testing")];
  await makeApi(folders[0]!);
  await makeTesting(folders[1]!);
  [api, testing] = (await pack(folders, where)) as [Tarball, Tarball];
  project = await Project.with([api, testing], Object.keys(readManifest().dependencies));
}

export async function uninstall(): Promise<void> {
  await project?.remove();
  await rm(where, { recursive: true, force: true });
}

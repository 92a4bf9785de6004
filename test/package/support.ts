/** The package as its users get it: packed, and installed into projects of their own, outside of this repository. */
import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { makePackage } from "../../scripts/package/make.ts";

export const NAME = "@routescope/api";
export const repository = fileURLToPath(new URL("../..", import.meta.url));

const run = promisify(execFile);
const installed = (name: string) => join(repository, "node_modules", name);

export interface Tarball {
  file: string;
  /** The folder that it was packed from. */
  folder: string;
  integrity: string;
  /** The names of its files. */
  names: string[];
}

/** Makes the package below a folder of the caller's, and packs it. */
export async function pack(where: string): Promise<Tarball> {
  const folder = join(where, "dist");
  await makePackage(folder);
  const { stdout } = await run("npm", ["pack", folder, "--json", "--pack-destination", where]);
  const [packed] = Object.values(JSON.parse(stdout)) as {
    filename: string;
    integrity: string;
    files: { path: string }[];
  }[];
  return {
    file: join(where, packed!.filename),
    folder,
    integrity: packed!.integrity,
    names: packed!.files.map(({ path }) => path),
  };
}

/** What became of a command. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

export class Project {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * A new project with the package in it, installed by npm without any network: its dependencies are those of this
   * repository.
   */
  static async install(tarball: Tarball): Promise<Project> {
    const project = new Project(await mkdtemp(join(tmpdir(), "project-")));
    const dependencies = await closure(Object.keys((await manifestOf(tarball.folder)).dependencies ?? {}));
    await project.write("package.json", JSON.stringify({ name: "project", private: true, type: "module" }));
    const packages = [tarball.file, ...dependencies.map(installed)];
    await run("npm", ["install", "--offline", "--install-links", "--no-audit", "--no-fund", ...packages], {
      cwd: project.folder,
    });
    return project;
  }

  /** Adds packages of this repository: links, since there are many below them. */
  async link(...names: string[]): Promise<void> {
    for (const name of names) {
      const path = join(this.folder, "node_modules", name);
      await mkdir(dirname(path), { recursive: true });
      await symlink(installed(name), path);
    }
  }

  async copy(): Promise<Project> {
    const folder = await mkdtemp(join(tmpdir(), "project-"));
    await cp(this.folder, folder, { recursive: true, verbatimSymlinks: true });
    return new Project(folder);
  }

  async write(name: string, content: string): Promise<string> {
    const file = join(this.folder, name);
    await writeFile(file, content);
    return file;
  }

  /** Runs a command in the project. */
  async run(command: string, args: string[], env: Record<string, string> = {}): Promise<Outcome> {
    const options = { cwd: this.folder, env: environment(env) };
    try {
      return { code: 0, ...(await run(command, args, options)) };
    } catch (error) {
      return error as Outcome;
    }
  }

  /** Starts a command that goes on, and resolves once it has printed an address. */
  async serve(command: string, args: string[]): Promise<{ url: string; end(): Promise<number | null> }> {
    const child = spawn(command, args, { cwd: this.folder, env: environment() });
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    const url = await new Promise<string>((resolve, reject) => {
      let output = "";
      const read = (data: Buffer) => {
        output += data;
        const [found] = /http:\S+(?=\n)/.exec(output) ?? [];
        if (found) resolve(found);
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      void ended.then((code) => reject(new Error(`It ended with ${code}:\n${output}`)));
    });
    return {
      url,
      end: () => {
        child.kill("SIGTERM");
        return ended;
      },
    };
  }
}

/** Nothing of this repository: neither its commands nor what npm tells its scripts. */
function environment(more: Record<string, string> = {}): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|ROUTESCOPE_|VITEST)/.test(name));
  const path = `${dirname(process.execPath)}:${process.env["PATH"]}`;
  return { ...Object.fromEntries(own), PATH: path, NO_COLOR: "1", ...more };
}

async function manifestOf(
  folder: string,
): Promise<{ dependencies?: Record<string, string>; peerDependencies?: Record<string, string> }> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
}

/** Packages, and what they depend on. */
async function closure(names: string[]): Promise<string[]> {
  const found = new Set(names);
  for (const name of found)
    for (const more of Object.keys((await manifestOf(installed(name))).dependencies ?? {})) found.add(more);
  return [...found];
}

export async function peersOf(tarball: Tarball): Promise<string[]> {
  return Object.keys((await manifestOf(tarball.folder)).peerDependencies ?? {});
}

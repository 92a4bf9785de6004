/** Packs the packages and installs them into new projects outside of this repository, as their users do. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

export const repository = fileURLToPath(new URL("../..", import.meta.url));

const run = promisify(execFile);

/** The Node of this repository, and the others that `PACKAGE_NODES` names by their paths. */
export const nodes = [process.execPath, ...(process.env["PACKAGE_NODES"]?.split(":") ?? [])];

/** A packed package. */
export interface Tarball {
  file: string;
  /** The folder that was packed. */
  folder: string;
  /** The names of the files in it. */
  names: string[];
}

/**
 * Packs folders that hold a package each, by one run of npm.
 *
 * @param where the folder that gets the tarballs
 */
export async function pack(folders: string[], where: string): Promise<Tarball[]> {
  const { stdout } = await run("npm", ["pack", ...folders, "--json", "--pack-destination", where]);
  const packed = Object.values(JSON.parse(stdout)) as { filename: string; files: { path: string }[] }[];
  return packed.map(({ filename, files }, index) => ({
    file: join(where, filename),
    folder: folders[index]!,
    names: files.map(({ path }) => path),
  }));
}

/** Reads a file of a package as text. */
export function read(tarball: Tarball, name: string): Promise<string> {
  return readFile(join(tarball.folder, name), "utf8");
}

/** What publint finds in a package, as text. */
export async function publintMessages(tarball: Tarball): Promise<(string | undefined)[]> {
  const data = new Uint8Array(await readFile(tarball.file)).buffer;
  const { messages, pkg } = await publint({ pack: { tarball: data }, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }));
}

/** A package in the form that attw checks. */
export async function forAttw(tarball: Tarball) {
  return createPackageFromTarballData(new Uint8Array(await readFile(tarball.file)));
}

/** The files of a package that contain the path of this machine's folders. Compressed files are left out. */
export async function filesThatName(folders: string[], tarball: Tarball): Promise<string[]> {
  const found: string[] = [];
  for (const name of tarball.names.filter((name) => !name.endsWith(".br"))) {
    const text = await read(tarball, name);
    if (folders.some((folder) => text.includes(folder))) found.push(name);
  }
  return found;
}

/** The code blocks of one language in a package's README. */
export async function readmeBlocks(tarball: Tarball, language: string): Promise<string[]> {
  const readme = await read(tarball, "README.md");
  const found = readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"));
  return [...found].map(([, code]) => code!);
}

/** The result of a command. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** A command that runs until it is told to end. */
export interface Running {
  /** The address that it printed. */
  url: string;
  /** Sends SIGTERM. @returns the exit code */
  end(): Promise<number | null>;
}

/** An empty folder outside of this repository, with its own home folder and so an empty npm cache. */
export class Project {
  readonly folder: string;
  readonly #running = new Set<ChildProcess>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async empty(): Promise<Project> {
    return new Project(await mkdtemp(join(tmpdir(), "project-")));
  }

  /**
   * A project with packages in it, installed by npm without a network.
   *
   * @param dependencies the packages that they depend on, taken from this repository together with theirs
   */
  static async with(tarballs: Tarball[], dependencies: string[]): Promise<Project> {
    const project = await Project.empty();
    await project.write("package.json", JSON.stringify({ name: "project", private: true, type: "module" }));
    const packages = [
      ...tarballs.map(({ file }) => file),
      ...(await closure(dependencies)).map((name) => join(repository, "node_modules", name)),
    ];
    const flags = ["--offline", "--install-links", "--no-audit", "--no-fund"];
    const { code, stderr } = await project.run("npm", ["install", ...flags, ...packages]);
    if (code !== 0) throw new Error(stderr);
    return project;
  }

  /** Adds a package of this repository by a link. */
  async link(name: string): Promise<void> {
    const path = join(this.folder, "node_modules", name);
    await run("mkdir", ["-p", dirname(path)]);
    await symlink(join(repository, "node_modules", name), path);
  }

  async write(name: string, content: string): Promise<string> {
    const file = join(this.folder, name);
    await writeFile(file, content);
    return file;
  }

  /** Runs a command in the project. */
  async run(command: string, args: string[], env: Record<string, string> = {}): Promise<Outcome> {
    try {
      return { code: 0, ...(await run(command, args, { cwd: this.folder, env: this.environment(env) })) };
    } catch (error) {
      return error as Outcome;
    }
  }

  /** Starts a command, and waits until it has printed an address. */
  async serve(command: string, args: string[], env: Record<string, string> = {}): Promise<Running> {
    // A process group, so that what npx starts ends with it.
    const child = spawn(command, args, { cwd: this.folder, env: this.environment(env), detached: true });
    this.#running.add(child);
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
      void ended.then((code) => reject(new Error(`The command ended with ${code}:\n${output}`)));
    });
    return {
      url,
      end: () => {
        this.#end(child);
        return ended;
      },
    };
  }

  /** Bytes of the files below folders of `node_modules`. */
  async installedBytes(packages: string[]): Promise<number> {
    const folders = packages.map((name) => join("node_modules", name));
    const { stdout } = await this.run("find", [...folders, "-type", "f", "-printf", "%s\n"]);
    return stdout.split("\n").reduce((sum, size) => sum + Number(size), 0);
  }

  /** Ends what still runs, and removes the folder. */
  async remove(): Promise<void> {
    for (const child of this.#running) this.#end(child);
    await rm(this.folder, { recursive: true, force: true });
  }

  #end(child: ChildProcess): void {
    if (this.#running.delete(child) && child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
  }

  /** An environment without this repository's commands, npm's variables and the user's npm cache. */
  private environment(more: Record<string, string>): Record<string, string | undefined> {
    const own = Object.entries(process.env).filter(
      ([name]) => !/^(npm_|NODE_|ROUTESCOPE_|VITEST)/.test(name),
    );
    const path = `${dirname(process.execPath)}:${process.env["PATH"]}`;
    const home = { HOME: this.folder, npm_config_update_notifier: "false" };
    return { ...Object.fromEntries(own), PATH: path, NO_COLOR: "1", ...home, ...more };
  }
}

/** Packages, and all packages that they depend on. */
async function closure(names: string[]): Promise<string[]> {
  const found = new Set(names);
  for (const name of found) {
    const manifest = JSON.parse(
      await readFile(join(repository, "node_modules", name, "package.json"), "utf8"),
    );
    for (const more of Object.keys(manifest.dependencies ?? {})) found.add(more);
  }
  return [...found];
}

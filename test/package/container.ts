/** Runs the steps of a Dockerfile as commands in an empty folder, where no container engine is at hand. */
import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { DockerfileParser, type Instruction } from "dockerfile-ast";
import { type Outcome, Project, type Running } from "./support.ts";

/** The folders of the image's file system that the Dockerfile names. */
const FOLDERS = ["tmp", "scenarios", "prefix"];
/** Instructions that describe the image and run nothing. */
const DESCRIPTIONS = ["FROM", "USER", "EXPOSE", "VOLUME"];

interface Container extends Running {
  /** Runs the command of `HEALTHCHECK` for a mock on a port. */
  health(port: number): Promise<Outcome>;
  remove(): Promise<void>;
}

interface RunOptions {
  /** What follows the name of the image in `docker run`. */
  arguments: string[];
  /** The files of the volume `/scenarios`. */
  scenarios: Record<string, string>;
}

/**
 * Builds and runs: COPY copies, RUN runs in a shell, ENTRYPOINT is started. Paths of the image lead into the folder.
 *
 * @param text the Dockerfile
 * @param tarball the packed package: the only file of the build context
 * @throws {Error} when the Dockerfile has an instruction that this does not know, or a RUN fails
 */
export async function runAsContainer(text: string, tarball: string, options: RunOptions): Promise<Container> {
  const image = await Project.empty();
  for (const folder of FOLDERS) await mkdir(join(image.folder, folder));
  const inside = (path: string) => path.replaceAll(/(?<![\w.])\/(tmp|scenarios)\b/g, `${image.folder}/$1`);
  const env: Record<string, string> = {
    npm_config_prefix: join(image.folder, "prefix"),
    PATH: `${join(image.folder, "prefix/bin")}:${dirname(process.execPath)}:${process.env["PATH"]}`,
  };
  const dockerfile = DockerfileParser.parse(text);
  for (const instruction of dockerfile.getInstructions()) {
    const content = inside(instruction.getArgumentsContent() ?? "");
    switch (instruction.getKeyword()) {
      case "COPY":
        await copy(tarball, content);
        break;
      case "RUN":
        await mustSucceed(image.run("sh", ["-c", content], env));
        break;
      case "ENV":
        Object.assign(env, Object.fromEntries([content.split("=")]));
        break;
      case "ENTRYPOINT":
      case "HEALTHCHECK":
        break;
      default:
        if (!DESCRIPTIONS.includes(instruction.getKeyword()))
          throw new Error(`The Dockerfile has ${instruction.getKeyword()}, which this test cannot run.`);
    }
  }
  for (const [name, content] of Object.entries(options.scenarios)) {
    await mkdir(dirname(join(image.folder, "scenarios", name)), { recursive: true });
    await writeFile(join(image.folder, "scenarios", name), content);
  }
  const [command = "", ...args] = [
    ...strings(dockerfile.getENTRYPOINTs()[0]).map(inside),
    ...options.arguments,
  ];
  const running = await image.serve(command, args, { ...env, PORT: String(await freePort()) });
  const [check] = dockerfile.getHEALTHCHECKs();
  return {
    ...running,
    health: (port) => image.run("sh", ["-c", shellCommand(check)], { ...env, PORT: String(port) }),
    remove: () => image.remove(),
  };
}

/** Does `COPY`, whose pattern has to fit the file. */
async function copy(file: string, content: string): Promise<void> {
  const [pattern = "", to = ""] = content.split(" ");
  const [start = "", end = ""] = pattern.split("*");
  const names = (await readdir(dirname(file))).filter((name) => name.startsWith(start) && name.endsWith(end));
  if (names.length !== 1) throw new Error(`${pattern} fits ${names.length} files.`);
  await cp(file, to);
}

async function mustSucceed(running: Promise<Outcome>): Promise<void> {
  const { code, stderr } = await running;
  if (code !== 0) throw new Error(stderr);
}

/** The arguments of an instruction in the exec form, `["a", "b"]`. */
function strings(instruction: Instruction | undefined): string[] {
  return JSON.parse(instruction?.getArgumentsContent() ?? "[]");
}

/** The command of `HEALTHCHECK [options] CMD command`. */
function shellCommand(check: Instruction | undefined): string {
  return /\bCMD\s+(.*)$/s.exec(check?.getArgumentsContent() ?? "")?.[1] ?? "exit 99";
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

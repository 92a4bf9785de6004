/** `@routescope/api` as its users install it, talking to the mock. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { checkPackage } from "@arethetypeswrong/core";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import webpack from "webpack";
import { parse } from "yaml";
import { launchBrowser } from "../../scripts/bench/browser.ts";
import { type RunningMock, startMock } from "../../scripts/mock/index.ts";
import { makeApi } from "../../scripts/package/make.ts";
import { readManifest } from "../../scripts/package/manifests.ts";
import {
  filesThatName,
  forAttw,
  nodes,
  Project,
  pack,
  publintMessages,
  readmeBlocks,
  repository,
  type Tarball,
} from "./support.ts";
import { typeCheckers } from "./type-checkers.ts";

const NAME = "@routescope/api";

/** The most that the client may weigh in a page, in bytes: bundled with what it depends on, minified, gzipped. */
const WEIGHT = 14_700;
/** The most bytes that the package and its dependencies may take when they are installed. */
const INSTALLED = 800_000;

const tool = (name: string) => join(repository, "node_modules/.bin", name);
const DENO = ["--allow-net", "--allow-env", "--allow-read", "--node-modules-dir=manual", "--cached-only"];
const runtimes = [...nodes.map((node) => [node]), [tool("deno"), "run", ...DENO], [tool("bun"), "run"]];

let where: string;
let tarball: Tarball;
let project: Project;
let mock: RunningMock;

beforeAll(async () => {
  where = await mkdtemp(join(tmpdir(), "api-"));
  tarball = await pack(makeApi, where);
  project = await Project.with(tarball, ["openapi-fetch"]);
  mock = await startMock();
}, 300_000);

afterAll(async () => {
  await mock.close();
  await project.remove();
  await rm(where, { recursive: true, force: true });
});

const env = () => ({ ROUTESCOPE_API_KEY: "sk-test", ROUTESCOPE_BASE_URL: mock.baseURL });
const read = (name: string) => readFile(join(tarball.folder, name), "utf8");
const json = async (name: string) => JSON.parse(await read(name));

describe("Making @routescope/api", { timeout: 300_000 }, () => {
  const manifest = readManifest();

  it("fails when the version is not the contract's, and names both", async () => {
    const { info } = await json("generated/openapi.json");
    await expect(makeApi(join(where, "never"), { ...manifest, version: "99.0.0" })).rejects.toThrow(
      `package.json  The version is 99.0.0, but the contract's \`info.version\` is ${info.version}.\n  Make them equal: `,
    );
  });

  it("fails when a module imports a package that is no dependency, and names both", async () => {
    const dependencies = { ...manifest.dependencies };
    delete dependencies["openapi-fetch"];
    await expect(makeApi(join(where, "never"), { ...manifest, dependencies })).rejects.toThrow(
      /^package\.json {2}@routescope\/api imports openapi-fetch, in generated\/client\.(js|d\.ts), but does not depend on it\.\n {2}Add/,
    );
  });

  it("gives the same bytes each time", async () => {
    const again = await pack(makeApi, await mkdtemp(join(where, "again-")));
    expect(again.integrity).toBe(tarball.integrity);
  });
});

describe("The tarball of @routescope/api", () => {
  it("has the client and the contract, and nothing else", async () => {
    const others = ["package.json", "README.md", "LICENSE", "CHANGELOG.md", "generated/openapi.json"];
    const unknown = tarball.names.filter(
      (name) => !others.includes(name) && !/^(generated\/|scripts\/client\/)?[\w/-]+\.(js|d\.ts)$/.test(name),
    );
    expect(unknown).toEqual([]);
    expect(tarball.names).toEqual(expect.arrayContaining(others));
  });

  it("has the version of the contract and one dependency, and no other field of this repository's package.json", async () => {
    const { info } = await json("generated/openapi.json");
    const manifest = await json("package.json");
    expect(manifest).toMatchObject({ name: NAME, version: info.version });
    expect(Object.keys(manifest.dependencies)).toEqual(["openapi-fetch"]);
    for (const field of ["private", "scripts", "bin", "peerDependencies", "devDependencies"])
      expect(manifest).not.toHaveProperty(field);
  });

  it(`takes at most ${INSTALLED} bytes together with its dependencies`, async () => {
    expect(await project.installedBytes()).toBeLessThanOrEqual(INSTALLED);
  });

  it("names no folder of the machine that made it", async () => {
    expect(await filesThatName([repository, where], tarball)).toEqual([]);
  });

  it("refers to no source map, since it has none", async () => {
    for (const name of tarball.names.filter((name) => /\.(js|d\.ts)$/.test(name)))
      expect({ name, text: await read(name) }).toEqual({
        name,
        text: expect.not.stringContaining("sourceMappingURL"),
      });
  });

  it("passes publint", async () => {
    expect(await publintMessages(tarball)).toEqual([]);
  });

  it("passes attw: the types are found and right wherever ES modules are", async () => {
    const result = await checkPackage(await forAttw(tarball), { excludeEntrypoints: [/openapi/] });
    if (!result.types) throw new Error("The package has no types.");
    const code = Object.keys((await json("package.json")).exports).filter((name) => !/openapi/.test(name));
    expect(Object.keys(result.entrypoints).sort()).toEqual(code.sort());
    // The package has ES modules only; Node's `require` loads them too.
    const problems = result.problems.filter(
      (problem) => !("resolutionKind" in problem && /^node10$|^node16-cjs$/.test(problem.resolutionKind)),
    );
    expect(problems).toEqual([]);
  });

  it("has the contract, in the form of JSON and YAML alike", async () => {
    const manifest = await json("package.json");
    for (const form of ["./openapi.json", "./openapi.yaml"]) {
      const contract = parse(await read(manifest.exports[form]));
      expect(contract).toEqual(parse(await readFile(join(repository, "generated/openapi.yaml"), "utf8")));
    }
  });
});

const TYPED = `
import contract from "${NAME}/openapi.json" with { type: "json" };
import { APIError, type ClientOptions, Routescope, Stream, type components as exported } from "${NAME}";
import type { components, paths } from "${NAME}/schema";

const same: components["schemas"] = null as unknown as exported["schemas"];
export const version: string = contract.info.version;
export const options: ClientOptions = { apiKey: "k", fetch: (url, init) => fetch(url, init) };
export const client = new Routescope(options);
export type Paths = keyof paths;
export function told(error: unknown) {
  if (error instanceof APIError) return [error.status, error.request_id, same];
  return error instanceof Stream;
}
// @ts-expect-error: there is no such option
new Routescope({ apiKey: 1 });
`;

describe("@routescope/api in TypeScript", { timeout: 180_000 }, () => {
  beforeAll(async () => {
    await project.link("@types/node");
    await project.write("typed.ts", TYPED);
    for (const [index, code] of (await readmeBlocks(tarball, "ts")).entries())
      await project.write(`readme-${index}.ts`, code);
  });

  it.each(typeCheckers)("compiles strictly under TypeScript $version, $resolution", async (checker) => {
    expect(await checker.check(project)).toMatchObject({ code: 0, stdout: "" });
  });
});

/** A call, a stream and an error. */
const PLAIN = `
import { NotFoundError, Routescope } from "${NAME}";
import * as schema from "${NAME}/schema";
const client = new Routescope();
const { data } = await client.models.list();
const stream = await client.chat.completions.create({
  model: "gpt-5.4",
  messages: [{ role: "user", content: "Say hello." }],
  stream: true,
});
let text = "";
for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
const failure = await client.models.retrieve("none").catch((error) => error);
console.log(data.length > 0, text.endsWith("Say hello."), failure instanceof NotFoundError, Object.keys(schema));
`;

describe("@routescope/api at run time", { timeout: 60_000 }, () => {
  it.each(runtimes)("calls, streams and fails on %s", async (command, ...args) => {
    const file = await project.write("plain.mjs", PLAIN);
    expect(await project.run(command!, [...args, file], env())).toMatchObject({
      code: 0,
      stdout: "true true true []\n",
      stderr: "",
    });
  });

  it("runs the examples of its README", async () => {
    const codes = await readmeBlocks(tarball, "ts");
    expect(codes).toHaveLength(2);
    for (const [index, code] of codes.entries()) {
      const file = await project.write(`run-${index}.ts`, code);
      const outcome = await project.run(process.execPath, [file], env());
      expect(outcome).toMatchObject({ code: 0, stderr: "", stdout: expect.stringMatching(/\w/) });
    }
  });

  it("can be required by CommonJS", async () => {
    const code = `const { Routescope } = require("${NAME}"); new Routescope({ apiKey: "k" })`;
    expect(await project.run(process.execPath, ["--eval", code])).toMatchObject({ code: 0, stderr: "" });
  });

  it("shows a readable line of code in the stack trace of an error", async () => {
    const code = `import { Routescope } from "${NAME}"; new Routescope()`;
    const { stderr } = await project.run(process.execPath, ["--input-type=module", "--eval", code]);
    const [, file, line] = /\((?:file:\/\/)?(\S+\/@routescope\/api\/\S+\.js):(\d+)/.exec(stderr) ?? [];
    const source = await readFile(file!, "utf8");
    expect(source.split("\n")[Number(line) - 1]).toContain("throw new TypeError(");
  });
});

/** Shows the streamed answer on the page. */
const PAGE = `
import { Routescope } from "${NAME}";
const [baseURL] = location.hash.slice(1).split(" ");
// The page has no real key that a visitor could read.
const client = new Routescope({ apiKey: "sk-test", baseURL, dangerouslyAllowBrowser: true });
const stream = await client.chat.completions.create({
  model: "gpt-5.4",
  messages: [{ role: "user", content: "Say hello." }],
  stream: true,
});
let text = "";
for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
document.body.textContent = text;
`;

async function bundleWithWebpack(input: string): Promise<string> {
  const compiler = webpack({
    mode: "production",
    context: dirname(input),
    entry: input,
    output: { path: join(dirname(input), "webpack"), filename: "page.js" },
  });
  const stats = await promisify(compiler.run.bind(compiler))();
  if (stats === undefined || stats.hasErrors()) throw new Error(stats?.toString());
  return readFile(join(dirname(input), "webpack/page.js"), "utf8");
}

const bundlers: [string, (input: string) => Promise<string>][] = [
  [
    "esbuild",
    async (input) => {
      const result = await esbuild({ entryPoints: [input], bundle: true, format: "esm", write: false });
      return result.outputFiles[0]!.text;
    },
  ],
  [
    "vite",
    async (input) => {
      const result = await vite({
        root: dirname(input),
        configFile: false,
        logLevel: "silent",
        build: { write: false, target: "esnext", rollupOptions: { input } },
      });
      if (!("output" in result)) throw new Error("Vite made several bundles.");
      return result.output[0].code;
    },
  ],
  ["webpack", bundleWithWebpack],
];

describe("@routescope/api in a browser", { timeout: 60_000 }, () => {
  it(`weighs at most ${WEIGHT} bytes, bundled and gzipped`, async () => {
    const result = await esbuild({
      stdin: { contents: `export * from "${NAME}";`, resolveDir: project.folder },
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
      logLevel: "silent",
    });
    expect(gzipSync(result.outputFiles[0]!.contents, { level: 9 }).length).toBeLessThanOrEqual(WEIGHT);
  });

  it.each(bundlers)("streams across origins when %s bundles it", async (_, bundle) => {
    const script = await bundle(await project.write("page.js", PAGE));
    const site = createServer((request, response) => {
      const isScript = request.url === "/page.js";
      response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
      response.end(isScript ? script : `<!doctype html><body><script type="module" src="/page.js"></script>`);
    }).listen(0, "127.0.0.1");
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(error.message));
      await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/#${mock.baseURL}`);
      await page.waitForFunction(() => document.body.textContent?.includes("Say hello."), null, {
        timeout: 10_000,
      });
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
      site.closeAllConnections();
      site.close();
    }
  });
});

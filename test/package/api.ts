/** The tests of `@routescope/api`, which talks to the mock. */
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build as esbuild } from "esbuild";
import type { Browser } from "playwright-core";
import { build as vite } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import webpack from "webpack";
import { parse } from "yaml";
import { launchBrowser } from "../../scripts/bench/browser.ts";
import { operations } from "../../scripts/document/operations.ts";
import { type RunningMock, startMock } from "../../scripts/mock/index.ts";
import { makeApi } from "../../scripts/package/make.ts";
import { readManifest } from "../../scripts/package/manifests.ts";
import { contract } from "../openapi/validator.ts";
import { api, project, where } from "./installed.ts";
import { nodes, read, readmeBlocks, repository } from "./support.ts";

const NAME = "@routescope/api";

/**
 * The most that the client may weigh in a page, in bytes: bundled with what it depends on, minified, gzipped. Each
 * operation adds its method, and what the first of its kind needs of the runtime.
 */
const WEIGHT = 15_050 + 250 * [...operations(contract)].length;
/** The most bytes that the package and its dependencies may take when they are installed. */
const INSTALLED = 800_000;

const tool = (name: string) => join(repository, "node_modules/.bin", name);
const DENO = ["--allow-net", "--allow-env", "--allow-read", "--node-modules-dir=manual", "--cached-only"];
const runtimes = [...nodes.map((node) => [node]), [tool("deno"), "run", ...DENO], [tool("bun"), "run"]];

let mock: RunningMock;

const env = () => ({ ROUTESCOPE_API_KEY: "sk-test", ROUTESCOPE_BASE_URL: mock.baseURL });
const json = async (name: string) => JSON.parse(await read(api, name));

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
    optimization: { minimize: false },
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

/** The tests. They need `install` before. */
export function describeApi(): void {
  beforeAll(async () => {
    mock = await startMock();
  }, 60_000);
  afterAll(() => mock.close());

  describe("The tarball of @routescope/api", () => {
    it("is not made when a module imports a package that is not a dependency; the error names both", async () => {
      const manifest = readManifest();
      const dependencies = { ...manifest.dependencies };
      delete dependencies["openapi-fetch"];
      await expect(makeApi(join(where, "never"), { ...manifest, dependencies })).rejects.toThrow(
        /^package\.json {2}@routescope\/api imports openapi-fetch, in generated\/client\.(js|d\.ts), but does not depend on it\.\n {2}Add/,
      );
    });

    it("has the client and the contract, and nothing else", async () => {
      const others = ["package.json", "README.md", "LICENSE", "CHANGELOG.md", "generated/openapi.json"];
      const unknown = api.names.filter(
        (name) =>
          !others.includes(name) && !/^(generated\/|scripts\/client\/)?[\w/-]+\.(js|d\.ts)$/.test(name),
      );
      expect(unknown).toEqual([]);
      expect(api.names).toEqual(expect.arrayContaining(others));
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
      expect(
        await project.installedBytes([NAME, "openapi-fetch", "openapi-typescript-helpers"]),
      ).toBeLessThanOrEqual(INSTALLED);
    });

    it("refers to no source map, since it has none", async () => {
      for (const name of api.names.filter((name) => /\.(js|d\.ts)$/.test(name)))
        expect({ name, text: await read(api, name) }).toEqual({
          name,
          text: expect.not.stringContaining("sourceMappingURL"),
        });
    });

    it("has the contract, in the form of JSON and YAML alike", async () => {
      const manifest = await json("package.json");
      expect(JSON.parse(await read(api, manifest.exports["./openapi.json"]))).toEqual(contract);
      expect(parse(await read(api, manifest.exports["./openapi.yaml"]))).toEqual(contract);
    });
  });

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
      const codes = await readmeBlocks(api, "ts");
      expect(codes).toHaveLength(2);
      for (const [index, code] of codes.entries()) await project.write(`run-${index}.ts`, code);
      const all = codes.map((_, index) => `await import("./run-${index}.ts"); console.log("|");`);
      const file = await project.write("run.mjs", all.join("\n"));
      expect(await project.run(process.execPath, [file], env())).toMatchObject({
        code: 0,
        stderr: "",
        stdout: expect.stringMatching(/^[^|]*\w[^|]*\|\n[^|]*\w[^|]*\|\n$/),
      });
    });

    it("can be required by CommonJS, and shows a readable line of code in the stack trace of an error", async () => {
      const code = `const { Routescope } = require("${NAME}"); new Routescope({ apiKey: "k" }); new Routescope()`;
      const { stderr } = await project.run(process.execPath, ["--eval", code]);
      const [, file, line] = /\((?:file:\/\/)?(\S+\/@routescope\/api\/\S+\.js):(\d+)/.exec(stderr) ?? [];
      const source = await readFile(file!, "utf8");
      expect(source.split("\n")[Number(line) - 1]).toContain("throw new TypeError(");
    });
  });

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

    /** Serves a page for each bundle: `/esbuild` has the script `/esbuild.js`. */
    const scripts = new Map<string, string>();
    let site: Server;
    let browser: Browser;
    beforeAll(async () => {
      site = createServer((request, response) => {
        const [, name = "", extension] = /^\/(\w+)(\.js)?$/.exec(request.url ?? "") ?? [];
        response.writeHead(200, { "content-type": extension ? "text/javascript" : "text/html" });
        const page = `<!doctype html><body><script type="module" src="/${name}.js"></script>`;
        response.end(extension ? scripts.get(name) : page);
      }).listen(0, "127.0.0.1");
      browser = await launchBrowser();
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      site.closeAllConnections();
      site.close();
    });

    it.each(bundlers)("streams across origins when %s bundles it", async (name, bundle) => {
      scripts.set(name, await bundle(await project.write("page.js", PAGE)));
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(error.message));
      await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/${name}#${mock.baseURL}`);
      await page.waitForFunction(() => document.body.textContent?.includes("Say hello."), null, {
        timeout: 50_000,
      });
      expect(problems).toEqual([]);
      await page.close();
    });
  });
}

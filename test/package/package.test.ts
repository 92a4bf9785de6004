import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { SourceMap } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build as esbuild } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { build as vite } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../../scripts/bench/browser.ts";
import { makePackage, readManifest } from "../../scripts/package/make.ts";
import { NAME, Project, pack, peersOf, repository, type Tarball } from "./support.ts";

/** The most that the client may weigh in a page, in bytes: bundled with what it depends on, minified, gzipped. */
const WEIGHT = 14_500;

/** The Node of this repository, and others to try, by their paths. */
const nodes = [process.execPath, ...(process.env["PACKAGE_NODES"]?.split(":") ?? [])];

const installed = (name: string) => join(repository, "node_modules/.bin", name);
const runtimes = [
  ...nodes.map((node) => [node]),
  [
    installed("deno"),
    "run",
    "--allow-net",
    "--allow-env",
    "--allow-read",
    "--node-modules-dir=manual",
    "--cached-only",
  ],
  [installed("bun"), "run"],
];

let where: string;
let tarball: Tarball;
/** With the package alone. */
let bare: Project;
/** With what the mock stands on, too. */
let full: Project;
let mock: { url: string; end(): Promise<number | null> };

beforeAll(async () => {
  where = await mkdtemp(join(tmpdir(), "package-"));
  tarball = await pack(where);
  bare = await Project.install(tarball);
  full = await bare.copy();
  await full.link("@types/node", ...(await peersOf(tarball)));
  mock = await full.serve("node_modules/.bin/routescope", ["mock", "--port", "0"]);
}, 120_000);

afterAll(async () => {
  expect(await mock.end()).toBe(0);
  for (const folder of [where, bare.folder, full.folder]) await rm(folder, { recursive: true, force: true });
});

const env = () => ({ ROUTESCOPE_API_KEY: "sk-test", ROUTESCOPE_BASE_URL: mock.url });
const read = (name: string) => readFile(join(tarball.folder, name), "utf8");
const json = async (name: string) => JSON.parse(await read(name));

describe("making it", () => {
  const manifest = readManifest();

  it("needs the version of the contract", async () => {
    const { info } = await json("generated/openapi.json");
    await expect(makePackage(join(where, "never"), { ...manifest, version: "99.0.0" })).rejects.toThrow(
      `package.json  The version is 99.0.0, but the contract's \`info.version\` is ${info.version}.\n  Make them one: `,
    );
  });

  it("needs each package that it imports among its dependencies", async () => {
    const dependencies = { ...manifest.dependencies };
    delete dependencies["openapi-fetch"];
    await expect(makePackage(join(where, "never"), { ...manifest, dependencies })).rejects.toThrow(
      "package.json  The package imports openapi-fetch, in generated/client.js, but does not depend on it.\n  Name it",
    );
  });

  it("needs what only the mock imports among its peers", async () => {
    const { yaml: _, ...peerDependencies } = manifest.peerDependencies;
    await expect(makePackage(join(where, "never"), { ...manifest, peerDependencies })).rejects.toThrow(
      /^package.json {2}The package imports yaml, in scripts\/mock\/.+\.js, but/,
    );
  });
});

describe("the tarball", () => {
  it("holds what its users need, and nothing else", async () => {
    const outside = ["package.json", "README.md", "LICENSE", "CHANGELOG.md"];
    const { exports } = await json("package.json");
    const contract = [exports["./openapi.json"], exports["./openapi.yaml"]].map((name) => name.slice(2));
    const unknown = tarball.names.filter(
      (name) =>
        ![...outside, ...contract].includes(name) &&
        !/^(generated|scripts|openapi)\/.*\.(js|d\.ts)(\.map)?$/.test(name) &&
        !/^generated\/docs\/.*\.br$/.test(name) &&
        !/^src\/.*\.(ts|mjs)$/.test(name),
    );
    expect(unknown).toEqual([]);
    expect(tarball.names).toEqual(expect.arrayContaining([...outside, ...contract]));
  });

  it("has the version of the contract, and depends on one package", async () => {
    const { info } = await json("generated/openapi.json");
    const manifest = await json("package.json");
    expect(manifest.version).toBe(info.version);
    expect(Object.keys(manifest.dependencies)).toEqual(["openapi-fetch"]);
    expect(Object.keys(manifest.peerDependenciesMeta)).toEqual(Object.keys(manifest.peerDependencies));
    // Npm takes no "./" here, and says that it takes the command away.
    expect(manifest.bin).toEqual({ routescope: "scripts/cli/routescope.js" });
    expect(manifest).not.toHaveProperty("private");
    expect(manifest).not.toHaveProperty("scripts");
    expect(manifest).not.toHaveProperty("devDependencies");
  });

  it("is the same, byte for byte, when it is made again", async () => {
    const again = await pack(await mkdtemp(join(where, "again-")));
    expect(again.integrity).toBe(tarball.integrity);
  });

  it("names no folder of the machine that made it", async () => {
    const texts = tarball.names.filter((name) => !name.endsWith(".br"));
    const naming = await Promise.all(
      texts.map(async (name) => {
        const text = await read(name);
        return text.includes(repository) || text.includes(where) ? name : undefined;
      }),
    );
    expect(naming.filter(Boolean)).toEqual([]);
  });

  it("has maps that lead to sources in it", async () => {
    const maps = tarball.names.filter((name) => name.endsWith(".map"));
    const missing = await Promise.all(
      maps.map(async (name) =>
        ((await json(name)).sources as string[])
          .map((source) => join(dirname(name), source))
          .filter((source) => !tarball.names.includes(source)),
      ),
    );
    expect(maps.length).toBeGreaterThan(10);
    expect(missing.flat()).toEqual([]);
  });

  it.each([
    ["generated/client.js", "var Routescope = class"],
    ["generated/client.d.ts", "class Routescope"],
  ])("maps the class in %s to its source", async (name, wanted) => {
    const lines = (await read(name)).split("\n");
    const line = lines.findIndex((text) => text.includes(wanted));
    const map = new SourceMap(await json(`${name}.map`));
    const entry = map.findEntry(line, lines[line]!.indexOf("Routescope"));
    if (!("originalSource" in entry)) throw new Error("The map says nothing about it.");
    const source = await read(join(dirname(name), entry.originalSource));
    expect(source.split("\n")[entry.originalLine]).toContain("class Routescope");
  });

  it("passes publint", async () => {
    const data = await readFile(tarball.file);
    const { messages, pkg } = await publint({ pack: { tarball: arrayBuffer(data) }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it("passes attw: its types are found and right wherever ES modules are", async () => {
    const packed = createPackageFromTarballData(new Uint8Array(await readFile(tarball.file)));
    const result = await checkPackage(packed, { excludeEntrypoints: [/openapi/] });
    if (!result.types) throw new Error("There are no types.");
    expect(Object.keys(result.entrypoints).sort()).toEqual([".", "./mock", "./schema", "./tools"]);
    // The package is for ES modules; Node's own `require` takes them too.
    const problems = result.problems.filter(
      (problem) => !("resolutionKind" in problem && /^node10$|^node16-cjs$/.test(problem.resolutionKind)),
    );
    expect(problems).toEqual([]);
  });
});

function arrayBuffer(data: Buffer): ArrayBuffer {
  return new Uint8Array(data).buffer;
}

/** The code blocks of the package's README, of one language. */
async function blocks(language: string): Promise<string[]> {
  const found = (await read("README.md")).matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"));
  return [...found].map(([, code]) => code!);
}

const TYPED = `
import contract from "${NAME}/openapi.json" with { type: "json" };
import { APIError, type ClientOptions, Routescope, Stream, type components as exported } from "${NAME}";
import type { components, paths } from "${NAME}/schema";
import { createMock, type Mock, type RunningMock, startMock } from "${NAME}/mock";

const same: components["schemas"] = null as unknown as exported["schemas"];
export const version: string = contract.info.version;
export const options: ClientOptions = { apiKey: "k", fetch: (url, init) => fetch(url, init) };
export const client = new Routescope(options);
export type Paths = keyof paths;
export const mock: Promise<RunningMock> = startMock({ seed: "1" });
export const another: typeof createMock = async () => null as unknown as Mock;
export function told(error: unknown) {
  if (error instanceof APIError) return [error.status, error.request_id, same];
  return error instanceof Stream;
}
// @ts-expect-error: there is no such option
new Routescope({ apiKey: 1 });
// @ts-expect-error: a port is a number
startMock({ port: "0" });
`;

describe("in TypeScript", { timeout: 60_000 }, () => {
  beforeAll(async () => {
    await full.write("typed.ts", TYPED);
    for (const [index, code] of (await blocks("ts")).entries()) await full.write(`readme-${index}.ts`, code);
  });

  it.each([
    ["5.9", "typescript/bin/tsc", "nodenext"],
    ["5.9", "typescript/bin/tsc", "bundler"],
    ["7", "@typescript/native-preview/bin/tsgo", "nodenext"],
    ["7", "@typescript/native-preview/bin/tsgo", "bundler"],
  ])("%s (%s) compiles its users under %s, strictly", async (_, compiler, resolution) => {
    const config = {
      compilerOptions: {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: false,
        noEmit: true,
        target: "es2024",
        lib: ["es2024", "esnext.disposable", "dom", "dom.iterable", "dom.asynciterable"],
        module: resolution === "bundler" ? "esnext" : resolution,
        moduleResolution: resolution,
        resolveJsonModule: true,
        types: ["node"],
      },
      include: ["*.ts"],
    };
    const name = `tsconfig.${resolution}.json`;
    await full.write(name, JSON.stringify(config));
    const command = join(repository, "node_modules", compiler);
    const outcome = await full.run(process.execPath, [command, "--project", name, "--pretty", "false"]);
    expect(outcome).toMatchObject({ code: 0, stdout: "" });
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

describe("as plain JavaScript", { timeout: 60_000 }, () => {
  it.each(runtimes)("runs on %s", async (command, ...args) => {
    const file = await bare.write("plain.mjs", PLAIN);
    expect(await bare.run(command!, [...args, file], env())).toMatchObject({
      code: 0,
      stdout: "true true true []\n",
      stderr: "",
    });
  });
});

describe("in Node", { timeout: 60_000 }, () => {
  it("runs what its README shows", async () => {
    const codes = await blocks("ts");
    expect(codes.length).toBeGreaterThan(2);
    const outputs = await Promise.all(
      codes.map(async (code, index) => {
        const file = await full.write(`run-${index}.ts`, code);
        return full.run(process.execPath, [file], env());
      }),
    );
    for (const outcome of outputs) expect(outcome).toMatchObject({ code: 0, stderr: "" });
    for (const { stdout } of outputs) expect(stdout).toMatch(/\w/);
  });

  it("says in its README what the mock stands on", async () => {
    const [install] = (await blocks("sh")).filter((line) => line.includes("--save-dev"));
    expect(install!.trim().split(" ").slice(3).sort()).toEqual((await peersOf(tarball)).sort());
  });

  it.each(nodes)("starts the mock inside of a test: %s", async (node) => {
    const { version } = await json("package.json");
    const file = await full.write(
      "inside.mjs",
      `
      import { Routescope } from "${NAME}";
      import contract from "${NAME}/openapi.json" with { type: "json" };
      import { startMock } from "${NAME}/mock";
      const mock = await startMock();
      const client = new Routescope({ apiKey: "sk-test", baseURL: mock.baseURL });
      await client.models.list();
      await mock.close();
      console.log(contract.info.version, mock.requests.length);
      `,
    );
    expect(await full.run(node, [file])).toMatchObject({ code: 0, stdout: `${version} 1\n` });
  });

  it("can be required by CommonJS", async () => {
    const code = `const { Routescope } = require("${NAME}"); new Routescope({ apiKey: "k" }); require("${NAME}/mock")`;
    expect(await bare.run(process.execPath, ["--eval", code])).toMatchObject({ code: 0, stderr: "" });
  });

  it("shows the TypeScript line where an error comes from", async () => {
    const code = `import { Routescope } from "${NAME}"; new Routescope()`;
    const args = ["--enable-source-maps", "--input-type=module", "--eval", code];
    const { stderr } = await bare.run(process.execPath, args);
    const [, file, line] = /\((?:file:\/\/)?(\S+\/src\/scripts\/client\/\w+\.ts):(\d+)/.exec(stderr) ?? [];
    const source = await readFile(file!, "utf8");
    expect(source.split("\n")[Number(line) - 1]).toContain("throw new TypeError");
  });

  it("tells who starts the mock without what it stands on how to install it", async () => {
    const code = `
      import { startMock } from "${NAME}/mock";
      await startMock().catch((error) => console.log(error.message));
    `;
    const { stdout } = await bare.run(process.execPath, ["--input-type=module", "--eval", code]);
    const command = await bare.run("node_modules/.bin/routescope", ["mock"]);
    expect(command).toMatchObject({ code: 1, stdout: "", stderr: stdout });
    expect(stdout).toMatch(
      /^The mock needs packages that are not installed: .+\n {2}npm install --save-dev "/,
    );
    for (const peer of await peersOf(tarball)) expect(stdout).toContain(`"${peer}@`);
  });

  it("names only what is missing", async () => {
    const [peer, ...others] = await peersOf(tarball);
    const project = await bare.copy();
    await project.link(...others.filter((name) => name !== "ajv"));
    const { stderr } = await project.run("node_modules/.bin/routescope", ["mock"]);
    await rm(project.folder, { recursive: true });
    expect(stderr.split("\n")[0]).toBe(`The mock needs packages that are not installed: ${peer}, ajv.`);
  });
});

describe("the command", () => {
  const routescope = (...args: string[]) => bare.run("node_modules/.bin/routescope", args);

  it("tells its version", async () => {
    const { version } = await json("package.json");
    expect(await routescope("--version")).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it.each([[[]], [["--help"]], [["mock", "--help"]], [["docs", "--help"]]])(
    "helps after %j",
    async (args) => {
      expect(await routescope(...args)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^Usage: routescope /),
        stderr: "",
      });
    },
  );

  it.each([
    [["serve"], 'There is no command "serve".\n  Name one of mock, docs, or see --help.\n'],
    [["docs", "--prot", "1"], "Unknown option '--prot'. See --help.\n"],
    [["docs", "--port", "x"], "--port x is not a whole number from 0 to 65535.\n"],
  ])("refuses %j", async (args, message) => {
    expect(await routescope(...args)).toMatchObject({ code: 1, stdout: "", stderr: message });
  });

  it("serves the mock by several processes", async () => {
    const { url, end } = await full.serve("node_modules/.bin/routescope", [
      "mock",
      "--port",
      "0",
      "--workers",
      "2",
    ]);
    expect((await fetch(`${url}/models`, { headers: { authorization: "Bearer k" } })).status).toBe(200);
    expect(await end()).toBe(0);
  });

  it("serves the reference, and the contract beside it", async () => {
    const { url, end } = await bare.serve("node_modules/.bin/routescope", ["docs", "--port", "0"]);
    const page = await fetch(url);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(await page.text()).toMatch(/^<!.*<\/html>\s*$/s);
    expect(await (await fetch(new URL("openapi.yaml", url))).text()).toBe(
      await read("generated/openapi.yaml"),
    );
    expect((await fetch(new URL("none", url))).status).toBe(404);
    expect(await end()).toBe(0);
  });
});

/** Puts what came over the wire on the page. */
const PAGE = `
import { Routescope } from "${NAME}";
const [baseURL] = location.hash.slice(1).split(" ");
// Only for this page: whoever opens a page can read its key.
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

describe("in a page", { timeout: 60_000 }, () => {
  it("weighs little", async () => {
    const result = await esbuild({
      stdin: { contents: `export * from "${NAME}";`, resolveDir: bare.folder },
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
      logLevel: "silent",
    });
    expect(gzipSync(result.outputFiles[0]!.contents, { level: 9 }).length).toBeLessThanOrEqual(WEIGHT);
  });

  it.each([
    [
      "esbuild",
      async (input: string) => {
        const result = await esbuild({ entryPoints: [input], bundle: true, format: "esm", write: false });
        return result.outputFiles[0]!.text;
      },
    ],
    [
      "vite",
      async (input: string) => {
        const result = await vite({
          root: dirname(input),
          configFile: false,
          logLevel: "silent",
          build: { write: false, target: "esnext", rollupOptions: { input } },
        });
        if (!("output" in result)) throw new Error("It built something else.");
        return result.output[0].code;
      },
    ],
  ])("streams from the mock, across origins, bundled by %s", async (_, bundle) => {
    const script = await bundle(await bare.write("page.js", PAGE));
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
      await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/#${mock.url}`);
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

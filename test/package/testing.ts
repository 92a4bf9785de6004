/** The tests of `@routescope/testing`. */
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { validate } from "dockerfile-utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { startMock } from "../../scripts/mock/index.ts";
import { ROOT, readManifest } from "../../scripts/package/manifests.ts";
import { FP_TS, LODASH } from "../../scripts/package/replaced.ts";
import { answersOf, ownRequests, SHOP, shopRequests } from "./answers.ts";
import { runAsContainer } from "./container.ts";
import { project, testing } from "./installed.ts";
import { nodes, Project, read, readmeBlocks } from "./support.ts";

const NAME = "@routescope/testing";
const COMMAND = "node_modules/.bin/routescope";

/** The most bytes that the installed package may take. */
const INSTALLED = 6_000_000;
/** The most bytes of code that Node loads before the mock listens. */
const LOADED = 1_700_000;

const json = async (name: string) => JSON.parse(await read(testing, name));

/** Counts the bytes of the modules that Node loads, and the validators that Ajv makes, each a function out of a text. */
const COUNTS = `
import { registerHooks } from "node:module";
globalThis.bytes = 0;
globalThis.compiled = 0;
const counted = (args) => {
  if (/\\bfunction validate/.test(args.at(-1))) globalThis.compiled++;
  return args;
};
// A minifier may leave out \`new\`.
globalThis.Function = new Proxy(Function, {
  apply: (made, _, args) => made(...counted(args)),
  construct: (made, args) => new made(...counted(args)),
});
registerHooks({ load(url, context, next) {
  const loaded = next(url, context);
  if (url.startsWith("file:")) globalThis.bytes += loaded.source?.length ?? 0;
  return loaded;
} });
`;

/** Starts the mock by `import`, by `require`, and as the README does. */
const INSIDE = `
import { createRequire } from "node:module";
import { startMock } from "${NAME}";
const mock = await startMock();
console.log("bytes", globalThis.bytes);
const body = { model: "gpt-5.4", messages: [{ role: "user", content: "Hello." }] };
const headers = { authorization: "Bearer k", "content-type": "application/json" };
await fetch(mock.baseURL + "/chat/completions", { method: "POST", headers, body: JSON.stringify(body) });
console.log("compiled", globalThis.compiled);
await fetch(mock.baseURL + "/models/gpt-5.4", { headers });
console.log("compiled", globalThis.compiled);
await mock.close();
console.log(mock.requests.map(({ status }) => status));
const required = await createRequire(import.meta.url)("${NAME}").startMock();
await required.close();
console.log("required");
await import("./run.ts");
`;

/** The CommonJS modules below a folder, packages inside it aside. */
async function codeIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const modules = names.filter((name) => name.endsWith(".js") && !/node_modules|__tests__/.test(name));
  return Promise.all(modules.map((name) => readFile(join(folder, name), "utf8")));
}

/** The tests. They need `install` before. */
export function describeTesting(): void {
  describe("The tarball of @routescope/testing", () => {
    it("has the bundle, the contract, the docs and the notices, and nothing else", async () => {
      const others = ["package.json", "README.md", "LICENSE", "CHANGELOG.md", "THIRD-PARTY", "Dockerfile"];
      const contract = "generated/openapi.json";
      const unknown = testing.names.filter(
        (name) =>
          ![...others, contract].includes(name) &&
          !/^lib\/node\/[\w-]+\.js$/.test(name) &&
          !/^generated\/docs\/.*\.br$/.test(name),
      );
      expect(unknown).toEqual(["lib/node/testing.d.ts"]);
      expect(testing.names).toEqual(expect.arrayContaining([...others, contract]));
    });

    it("has no dependencies, no peers and no scripts", async () => {
      const manifest = await json("package.json");
      expect(manifest).toMatchObject({ name: NAME, version: readManifest().version });
      for (const field of ["dependencies", "peerDependencies", "optionalDependencies", "scripts", "private"])
        expect(manifest).not.toHaveProperty(field);
      // npm writes here what it installed.
      const { packages } = JSON.parse(
        await readFile(join(project.folder, "node_modules/.package-lock.json"), "utf8"),
      );
      expect(packages[`node_modules/${NAME}`]).not.toHaveProperty("dependencies");
      const others = ["@routescope/api", "openapi-fetch", "openapi-typescript-helpers"];
      expect(Object.keys(packages).sort()).toEqual(
        [...others, NAME].map((name) => `node_modules/${name}`).sort(),
      );
    });

    it(`takes at most ${INSTALLED} bytes when it is installed`, async () => {
      expect(await project.installedBytes([NAME])).toBeLessThanOrEqual(INSTALLED);
    });

    it("has each function of lodash that Prism calls", async () => {
      const code = await Promise.all(
        testing.names.filter((name) => name.endsWith(".js")).map((name) => read(testing, name)),
      );
      const called = code.flatMap((text) =>
        [...text.matchAll(/\blodash_1\.(\w+)/g)].map(([, name]) => name!),
      );
      expect(called.length).toBeGreaterThan(50);
      expect(called.filter((name) => !LODASH.includes(name))).toEqual([]);
    });

    it("has each function of fp-ts that Prism calls", async () => {
      const packages = ["prism-http", "prism-core", "http-spec"].map((name) =>
        join(ROOT, "node_modules/@stoplight", name),
      );
      const files = (await Promise.all(packages.map(codeIn))).flat();
      const called = files.flatMap((code) =>
        [...code.matchAll(/const (\w+) = require\("fp-ts\/(?:lib\/)?(\w+)"\)/g)].flatMap(
          ([, variable, module = ""]) =>
            [...code.matchAll(new RegExp(`\\b${variable}\\.(\\w+)`, "g"))].map(
              ([, name]) => `${module}.${name}`,
            ),
        ),
      );
      expect(called.length).toBeGreaterThan(100);
      const known = Object.entries(FP_TS).flatMap(([module, names]) =>
        names.split(" ").map((name) => `${module}.${name}`),
      );
      expect([...new Set(called)].sort()).toEqual(known.sort());
    });

    it("has a licence that permits copies for each package in it, with its text", async () => {
      const notices = (await read(testing, "THIRD-PARTY")).split(`\n${"-".repeat(80)}\n\n`).slice(1);
      const permissive = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"];
      for (const notice of notices) {
        const [, name, licence] = /^(\S+) \S+\nLicence: (.+)\n/.exec(notice) ?? [];
        expect({ name, licence }).toEqual({
          name: expect.any(String),
          licence: expect.toBeOneOf(permissive),
        });
      }
      const names = notices.map((notice) => notice.split(" ")[0]);
      expect(names).toEqual(expect.arrayContaining(["@redocly/cli", "@stoplight/prism-http", "ajv", "yaml"]));
      expect(names).not.toContain("@faker-js/faker");
      expect(names).not.toContain("postman-collection");
    });
  });

  describe("The mock of @routescope/testing", { timeout: 60_000 }, () => {
    it.each(nodes)(
      `on %s: starts in a test, can be required, runs the example of its README, loads at most ${LOADED} bytes of code before it listens, and compiles no schema for its first answer, and only Prism's one for one with a parameter`,
      async (node) => {
        const [code, ...others] = await readmeBlocks(testing, "ts");
        expect(others).toEqual([]);
        await project.write("run.ts", code!);
        const hook = await project.write("hook.mjs", COUNTS);
        const file = await project.write("inside.mjs", INSIDE);
        const { stdout, ...outcome } = await project.run(node, ["--import", hook, file]);
        expect(outcome).toMatchObject({ code: 0, stderr: "" });
        const [, bytes, compiled, withParameter] =
          /^bytes (\d+)\ncompiled (\d+)\ncompiled (\d+)\n\[ 200, 200 \]\nrequired\n.*Hello, Ada\..*$/s.exec(
            stdout,
          ) ?? [];
        expect(Number(bytes)).toBeGreaterThan(500_000);
        expect(Number(bytes)).toBeLessThanOrEqual(LOADED);
        expect(Number(compiled)).toBe(0);
        expect(Number(withParameter)).toBe(1);
      },
    );

    it("answers as the mock of this repository does", async () => {
      await using ours = await startMock({ seed: "7" });
      const packed = await project.serve(COMMAND, ["mock", "--port", "0", "--seed", "7", "--quiet"]);
      const answers = await answersOf(packed.url, ownRequests);
      expect(await packed.end()).toBe(0);
      expect(answers).toEqual(await answersOf(ours.url, ownRequests));
    });

    it("answers as the mock of this repository does for another contract: parameters, forms, values from schemas", async () => {
      await using ours = await startMock({ seed: "7", document: parse(SHOP) });
      const file = await project.write("shop.yaml", SHOP);
      const args = ["mock", "--port", "0", "--seed", "7", "--quiet", "--input", file];
      const packed = await project.serve(COMMAND, args);
      const answers = await answersOf(packed.url, shopRequests);
      expect(await packed.end()).toBe(0);
      expect(answers).toEqual(await answersOf(ours.url, shopRequests));
      const statuses = new Set(answers.map((answer) => (answer as { status: number }).status));
      expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 202, 204, 400, 401, 404, 415]));
    });
  });

  describe("The command routescope", { timeout: 60_000 }, () => {
    const routescope = (...args: string[]) => project.run(COMMAND, args);

    it("runs by npx in an empty folder, without a network", async () => {
      const empty = await Project.empty();
      const { url, end } = await empty.serve("npx", [
        "--yes",
        "--offline",
        `--package=${testing.file}`,
        "--",
        "routescope",
        ...["mock", "--port", "0"],
      ]);
      expect((await fetch(`${url}/models`, { headers: { authorization: "Bearer k" } })).status).toBe(200);
      await end();
      await empty.remove();
    });

    it("prints its version", async () => {
      const { version } = await json("package.json");
      expect(await routescope("--version")).toMatchObject({ code: 0, stdout: `${version}\n` });
    });

    it.each([[[]], [["--help"]], [["mock", "--help"]], [["docs", "--help"]]])(
      "prints its help after %j",
      async (args) => {
        expect(await routescope(...args)).toMatchObject({
          code: 0,
          stdout: expect.stringMatching(/^Usage: routescope /),
          stderr: "",
        });
      },
    );

    it.each([
      [["serve"], /^There is no command "serve"\.\n {2}Name one of mock, docs.*, or see --help\.\n$/],
      [["docs", "--prot", "1"], /^Unknown option '--prot'\. See --help\.\n$/],
      [["docs", "--port", "x"], /^--port x is not a whole number from 0 to 65535\.\n$/],
      [["mock", "--input", "none.yaml"], /^none\.yaml {2}There is no such file\.\n {2}.+\n$/],
    ])("refuses %j with a message", async (args, message) => {
      expect(await routescope(...args)).toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringMatching(message),
      });
    });

    it("serves the mock by several processes", async () => {
      const { url, end } = await project.serve(COMMAND, ["mock", "--port", "0", "--workers", "2"]);
      expect((await fetch(`${url}/models`, { headers: { authorization: "Bearer k" } })).status).toBe(200);
      expect(await end()).toBe(0);
    });

    it("serves the reference, with the contract beside it", async () => {
      const { url, end } = await project.serve(COMMAND, ["docs", "--port", "0"]);
      const page = await fetch(url);
      expect(page.headers.get("content-type")).toContain("text/html");
      expect(await page.text()).toMatch(/^<!.*<\/html>\s*$/s);
      const contract = parse(await (await fetch(new URL("openapi.yaml", url))).text());
      expect(contract).toEqual(await json("generated/openapi.json"));
      expect((await fetch(new URL("none", url))).status).toBe(404);
      expect(await end()).toBe(0);
    });
  });

  /** No container engine is at hand: the steps of the Dockerfile run as commands in an empty folder. */
  describe("The Dockerfile, run step by step in an empty folder", { timeout: 60_000 }, () => {
    let container: Awaited<ReturnType<typeof runAsContainer>>;

    beforeAll(async () => {
      container = await runAsContainer(await read(testing, "Dockerfile"), testing.file, {
        arguments: ["--seed", "7", "--models", "from-the-arguments"],
        scenarios: {
          "createChatCompletion/own.yaml":
            "x-when: {}\nvalue: { choices: [{ message: { content: from the volume } }] }\n",
        },
      });
    }, 60_000);
    afterAll(() => container?.remove());

    it("serves the scenarios of the volume, by the arguments of docker run", async () => {
      const chat = ownRequests[0]!;
      const body = chat.body!.replace("gpt-5.4", "from-the-arguments");
      const [answer] = await answersOf(container.url, [{ ...chat, body }]);
      expect(answer).toMatchObject({ status: 200, text: expect.stringContaining("from the volume") });
    });

    it("is healthy while /__mock/health answers with success, and only then", async () => {
      const asked: unknown[] = [];
      let status = 200;
      const server = createServer((request, response) => {
        asked.push(request.url);
        response.writeHead(status).end();
      }).listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      expect((await container.health(port)).code ?? 0).toBe(0);
      status = 503;
      expect((await container.health(port)).code).toBe(1);
      server.close();
      await once(server, "close");
      expect((await container.health(port)).code).toBe(1);
      expect(asked).toEqual(["/__mock/health", "/__mock/health"]);
    });

    it("ends with 0 at the signal of docker stop", async () => {
      expect(await container.end()).toBe(0);
    });
  });

  it("The Dockerfile passes its linter, runs as a user without rights, and starts from a small image", async () => {
    const text = await read(testing, "Dockerfile");
    expect(validate(text)).toEqual([]);
    expect(validate("FROM node\nRUNN true\n")).toHaveLength(1);
    expect(text).toMatch(/^FROM node:\d+-alpine$/m);
    expect(text.indexOf("\nUSER node\n")).toBeGreaterThan(text.lastIndexOf("\nRUN "));
  });
}

import { type ChildProcess, execFile, fork } from "node:child_process";
import { once } from "node:events";
import { globSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { parser as python } from "@lezer/python";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CodeSample, OperationEntry } from "../../scripts/document/model.ts";
import { operations } from "../../scripts/document/operations.ts";
import { createMock, type Mock } from "../../scripts/mock/index.ts";
import { exampleSamples } from "../../scripts/pipeline/stages/docs/samples/index.ts";
import { sampleRequests } from "../../scripts/pipeline/stages/docs/samples/request.ts";
import { isJson, isJsonLines } from "../../scripts/shared/media-types.ts";
import { contract } from "./validator.ts";

/**
 * Every sample of the docs is run against the mock: those of the contract, those that the docs generate for each request
 * example, and those of the guides. Only base URL and token are changed. A sample has to call its operation with
 * success, and to print something of the answer.
 */
const KEY = "sk-sample";
const production = contract.servers?.[0]?.url ?? "";
/** Inside the repository, so that a sample finds `openai` and `@routescope/api`. */
const folder = fileURLToPath(new URL("../../.tmp/samples/", import.meta.url));

const EXTENSIONS: Record<string, string | undefined> = { Shell: "sh", TypeScript: "ts", JavaScript: "mjs" };

const LANGUAGES: Record<string, string> = {
  ".sh": "Shell",
  ".ts": "TypeScript",
  ".mjs": "JavaScript",
  ".py": "Python",
};

let mock: Mock;
let server: Server;
let base: string;
/** Runs the samples in TypeScript and JavaScript. */
let runner: ChildProcess;
let runs = 0;
let calls: { method: string; path: string; status: number; body: string; size: number; type: string }[];

beforeAll(async () => {
  await mkdir(folder, { recursive: true });
  mock = await createMock({ document: contract });
  server = createServer((request, response) => {
    const call = {
      method: request.method ?? "",
      path: request.url ?? "",
      status: 0,
      body: "",
      size: 0,
      type: "",
    };
    calls.push(call);
    const write = response.write.bind(response);
    const writeHead = response.writeHead.bind(response);
    response.writeHead = ((status: number, headers: Record<string, string>) => {
      call.type = headers["content-type"] ?? "";
      return writeHead(status, headers);
    }) as typeof response.writeHead;
    const end = response.end.bind(response);
    const record = (chunk: unknown) => {
      if (typeof chunk !== "string" && !(chunk instanceof Uint8Array)) return;
      call.body += Buffer.from(chunk).toString();
      call.size += Buffer.byteLength(chunk);
    };
    response.write = ((chunk: never, ...rest: never[]) => {
      record(chunk);
      return write(chunk, ...rest);
    }) as typeof response.write;
    response.end = ((chunk: never, ...rest: never[]) => {
      record(chunk);
      call.status = response.statusCode;
      return end(chunk, ...rest);
    }) as typeof response.end;
    mock.handler(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  runner = fork(fileURLToPath(new URL("sample-runner.mjs", import.meta.url)), {
    env: sampleEnvironment(),
    execArgv: [],
  });
});

afterAll(async () => {
  runner.kill();
  server.closeAllConnections();
  server.close();
  await mock.close();
  await rm(folder, { recursive: true, force: true });
});

const cases = [...operations(contract)].flatMap((entry) =>
  exampleSamples(contract, entry).flatMap(({ lang, label, sources }) =>
    [...sources].map(([example, source]) => ({
      ...entry,
      example,
      sample: { lang, label, source },
      name: `${entry.operation.operationId}: ${label}${example && `, ${example}`}`,
    })),
  ),
);

/** Whether the docs can make samples of an operation from a request example of it. */
function hasRequestExample(entry: OperationEntry): boolean {
  return [...sampleRequests(contract, entry).values()].some(({ body }) => body !== undefined);
}

describe("the samples of an operation", () => {
  it("are there in four languages, and in those that call its method for every request example", () => {
    for (const entry of operations(contract)) {
      const samples = exampleSamples(contract, entry);
      expect(samples.map(({ lang }) => lang)).toEqual(["Shell", "TypeScript", "JavaScript", "Python"]);
      const [first, ...others] = sampleRequests(contract, entry).keys();
      for (const { lang, sources } of samples) {
        const isByMethod = [...sources.values()].some((source) =>
          source.includes(`.${entry.operation["x-sdk-method"]}(`),
        );
        const expected = lang === "Shell" || isByMethod ? [first, ...others] : [first];
        expect(new Set(sources.keys())).toEqual(new Set(expected));
      }
    }
  });

  it("send the request example that they are for", () => {
    const curls = cases.filter((one) => one.sample.lang === "Shell" && hasRequestExample(one));
    for (const { sample, example, ...entry } of curls) {
      const [, body] = / -d '(.*)'\n$/s.exec(sample.source) ?? [];
      const sent = body === undefined ? undefined : JSON.parse(body.replaceAll("'\\''", "'"));
      expect(sent).toEqual(sampleRequests(contract, entry).get(example)?.body);
    }
  });
});

describe("a sample runs", () => {
  it.each(cases.filter(({ sample }) => sample.lang !== "Python"))(
    "$name",
    async ({ path, method, operation, sample, name }) => {
      calls = [];
      const output = await run(sample, name);
      const own = new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`);
      expect(calls.length).toBeGreaterThan(0);
      // A list may come in several pages.
      expect(operation["x-pagination"] ? 1 : calls.length).toBe(1);
      for (const call of calls) {
        expect(call.method).toBe(method.toUpperCase());
        expect(Object.keys(operation.responses ?? {}).filter((status) => /^2/.test(status))).toContain(
          String(call.status),
        );
        expect(call.path.split("?")[0]).toMatch(own);
      }
      // Of an answer without a body there is nothing to show but its headers, and of bytes how many there are.
      if (calls.every(({ size }) => size === 0)) return;
      const isText = calls.every(({ type }) => isJson(type) || isJsonLines(type) || type.startsWith("text/"));
      const words = output.match(isText ? /\w+/g : /\d+/g) ?? [];
      expect(words.length).toBeGreaterThan(0);
      const told = calls.map(({ body, size }) => `${body} ${size}`).join(" ");
      // A whole result is printed by the language, which adds words to it.
      const isWhole = sample.source.includes("console.log(result)");
      expect(words.filter((word) => !told.includes(word)).length).toBeLessThanOrEqual(
        isWhole ? words.length - 1 : 0,
      );
    },
  );
});

/** The samples of the guides may call more than once. Each call has to succeed, and the last answer has to be shown. */
const guideSamples = globSync(fileURLToPath(new URL("../../openapi/samples/guides/*", import.meta.url))).map(
  (file): CodeSample & { name: string } => ({
    name: basename(file),
    lang: LANGUAGES[extname(file)] ?? extname(file),
    source: readFileSync(file, "utf8"),
  }),
);

describe("a sample of a guide runs", () => {
  it.each(guideSamples.filter(({ lang }) => lang !== "Python"))("$name", async (sample) => {
    calls = [];
    const output = await run(sample, sample.name);
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.map(({ status }) => status)).toEqual(calls.map(() => 200));
    const words = output.match(/\w{3,}/g) ?? [];
    expect(words.length).toBeGreaterThan(0);
    expect(words.filter((word) => !calls.at(-1)?.body.includes(word))).toEqual([]);
  });

  it("goes on calling the tool until there is an answer", async () => {
    for (const sample of guideSamples.filter(({ name }) => /^tools\.(ts|mjs)$/.test(name))) {
      calls = [];
      expect(await run(sample, sample.name)).toContain("18");
      expect(calls).toHaveLength(2);
    }
  });

  it("is shown by a guide", () => {
    const guides = globSync(fileURLToPath(new URL("../../openapi/guides/*.md", import.meta.url)));
    const texts = guides.map((file) => readFileSync(file, "utf8")).join("");
    for (const { name } of guideSamples) expect(texts).toContain(`../samples/guides/${name}\n`);
  });
});

it("TypeScript samples compile under strict settings", async () => {
  const files = globSync(fileURLToPath(new URL("../../openapi/samples/**/*.ts", import.meta.url)));
  expect(files.length).toBeGreaterThan(0);
  for (const { sample, name } of cases.filter(({ sample }) => sample.lang === "TypeScript")) {
    const file = `${folder}compiled-${name.replaceAll(/\W+/g, "-")}.ts`;
    await writeFile(file, sample.source);
    files.push(file);
  }
  // The guides also hold programs that are in no file.
  const guides = globSync(fileURLToPath(new URL("../../openapi/guides/*.md", import.meta.url)));
  for (const [index, [, block, text = block]] of guides
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/^```ts\n([\s\S]+?)^```$|`(import .+?)`/gm)])
    .entries()) {
    const file = `${folder}guide-${index}.ts`;
    await writeFile(file, `${text}\nexport {};\n`);
    files.push(file);
  }
  const config = `${folder}tsconfig.json`;
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: "es2024",
    module: "nodenext",
    allowImportingTsExtensions: true,
    noEmit: true,
    allowJs: true,
    skipLibCheck: true,
    types: ["node"],
    paths: {
      "@routescope/testing": [fileURLToPath(new URL("../../scripts/mock/index.ts", import.meta.url))],
    },
  };
  await writeFile(config, JSON.stringify({ compilerOptions, files }));
  const compiler = fileURLToPath(new URL("../../node_modules/.bin/tsgo", import.meta.url));
  const { stdout } = await promisify(execFile)(compiler, ["--project", config]).catch(
    (failed: { stdout: string }) => failed,
  );
  expect(stdout).toBe("");
}, 60_000);

it("Python samples of an operation call its method, or its path where the package has no such method", () => {
  const own = cases.filter(({ sample }) => sample.lang === "Python");
  expect(own.length).toBeGreaterThan(0);
  for (const { sample, operation, path, name } of own) {
    // The client's base URL has the version.
    const address = path.replace(/^\/v\d+/, "").replaceAll(/\{[^}]+\}/g, '[^"/]+');
    const isCalled = sample.source.includes(`client.${operation["x-sdk-method"]}(`);
    expect(isCalled || new RegExp(`"[^"]*${address}["?]`).test(sample.source), name).toBe(true);
  }
});

/** What Python's library and that of the `openai` package have, and JavaScript has under no such name. */
const PYTHON_ONLY = ["append", "end", "environ", "extra_body", "flush", "loads"];
/** The samples whose Python is, word by word, what the JavaScript beside it is. A new one need not be. */
const ALIKE = [
  ...["createChatCompletion/python", "listModels/python", "retrieveModel/python"],
  ...["guides/errors", "guides/json-schema", "guides/stream", "guides/thinking", "guides/tools"],
];

it("Python samples name the same members, arguments and texts as those in JavaScript", () => {
  const plain = (text: string) => text.toLowerCase().replaceAll("_", "");
  for (const name of ALIKE) {
    const file = fileURLToPath(new URL(`../../openapi/samples/${name}.py`, import.meta.url));
    const twin = file.replace(/python\.py$/, "javascript.py").replace(/\.py$/, ".mjs");
    const known = plain(readFileSync(twin, "utf8"));
    const words = [...readFileSync(file, "utf8").matchAll(/\.(\w+)|\b(\w+)=|"([^"\n]*)"/g)].flatMap(
      ([, member, argument, text = ""]) => member ?? argument ?? text.match(/[\w.:/-]+/g) ?? [],
    );
    const strange = words.filter((word) => !PYTHON_ONLY.includes(word) && !known.includes(plain(word)));
    expect(strange, file).toEqual([]);
  }
});

/** There is no Python, nor its `openai` package, on every machine and npm brings neither: these are parsed only. */
describe("a Python sample is Python, for this API", () => {
  const all = [...cases, ...guideSamples.map((sample) => ({ sample, name: sample.name }))];
  it.each(all.filter(({ sample }) => sample.lang === "Python"))("$name", ({ sample }) => {
    const wrong: string[] = [];
    python.parse(sample.source).iterate({
      enter: (node) => {
        if (node.type.isError) wrong.push(sample.source.slice(node.from - 20, node.to + 20));
      },
    });
    expect(wrong).toEqual([]);
    expect(sample.source).toContain(`${production}/v1`);
  });
});

function sampleEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ROUTESCOPE_API_KEY: KEY, ROUTESCOPE_BASE_URL: base, NODE_NO_WARNINGS: "1" };
}

/** Runs a sample, with the mock's address in place of the API's. @returns what it prints */
async function run(sample: CodeSample, name: string): Promise<string> {
  const extension = EXTENSIONS[sample.lang];
  if (!extension) throw new Error(`No way to run ${sample.lang}: add one.`);
  const file = `${folder}${name.replaceAll(/\W+/g, "-")}-${runs++}.${extension}`;
  await writeFile(file, sample.source.replaceAll(production, base));
  if (extension === "sh")
    return (await promisify(execFile)("bash", [file], { env: sampleEnvironment() })).stdout;
  runner.send(pathToFileURL(file).href);
  const [{ printed, error }] = await once(runner, "message");
  if (error !== undefined) throw new Error(error);
  return printed;
}

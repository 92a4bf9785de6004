import { execFile } from "node:child_process";
import { once } from "node:events";
import { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Document } from "../../scripts/document/model.ts";
import { operations } from "../../scripts/document/operations.ts";
import { prism } from "../../scripts/mock/engine/prism.ts";
import type { RunningMock } from "../../scripts/mock/index.ts";
import type { Context } from "../../scripts/mock/scenarios/expression.ts";
import { contract, start } from "./support.ts";

/** What a request and a start cost, in counts that are the same on every machine. */
const asked = vi.hoisted(() => ({ prism: 0, loads: 0, loaded: "" }));

vi.mock("@stoplight/prism-http", async (original) => {
  const real = await original<typeof import("@stoplight/prism-http")>();
  const createInstance: typeof real.createInstance = (...args) => {
    const instance = real.createInstance(...args);
    return {
      ...instance,
      request: (...request) => {
        asked.prism += 1;
        return instance.request(...request);
      },
    };
  };
  const getHttpOperationsFromSpec: typeof real.getHttpOperationsFromSpec = (...args) => {
    asked.loads += 1;
    asked.loaded = JSON.stringify(args[0]);
    return real.getHttpOperationsFromSpec(...args);
  };
  return { ...real, createInstance, getHttpOperationsFromSpec };
});

const root = fileURLToPath(new URL("../../", import.meta.url));
const headers = { authorization: "Bearer sk-test", "content-type": "application/json" };
const WORDS = "word ".repeat(100).trim();

let mock: RunningMock;
beforeAll(async () => {
  mock = await start({ tps: 0 });
});
afterAll(() => mock.close());

async function send(path: string, body?: object): Promise<void> {
  const response = await fetch(mock.url + path, {
    headers,
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  await response.arrayBuffer();
}

const chat = (content: string, more = {}) => ({
  model: "gpt-5.4",
  messages: [{ role: "user", content }],
  ...more,
});

it("asks Prism for each kind of request once, however many come", async () => {
  const kinds = async (name: string) => {
    await send("/v1/chat/completions", chat(name));
    await send("/v1/chat/completions", chat(name, { temperature: 99 }));
    await send("/v1/models/gpt-5.4");
  };
  await kinds("first");
  const first = asked.prism;
  expect(first).toBeGreaterThan(0);
  for (let count = 0; count < 100; count++) await kinds(`number ${count}`);
  expect(asked.prism).toBe(first);
});

it("parses the body of a request that comes again once, and makes its answer once", async () => {
  const text = JSON.stringify(chat("again"));
  const parse = vi.spyOn(JSON, "parse");
  const stringify = vi.spyOn(JSON, "stringify");
  for (let count = 0; count < 3; count++) await send("/v1/chat/completions", chat("again"));
  expect(parse.mock.calls.filter(([given]) => given === text)).toHaveLength(1);
  const answers = stringify.mock.results.filter(({ value }) => String(value).includes("You said: again"));
  expect(answers).toHaveLength(1);
  vi.restoreAllMocks();
});

it("remembers 1,000 decisions of Prism and then starts over, so that nobody can fill its memory", async () => {
  const decide = prism(contract);
  const entry = [...operations(contract)].find(({ path }) => path.endsWith("/{model}"))!;
  const about = (model: string) => {
    const path = { model };
    const request = { method: "get", url: "", path, query: {}, headers, body: undefined };
    return decide(entry, request, { status: 200, check: "all" });
  };
  const before = asked.prism;
  for (let count = 0; count < 1000; count++) await about(`model-${count}`);
  await about("model-0");
  expect(asked.prism - before).toBe(1000);
  await about("one more");
  await about("model-0");
  expect(asked.prism - before).toBe(1002);
});

it("keeps requests apart that have the same letters in other places", async () => {
  const named = (place: string) => (name: string) => ({
    name,
    in: place,
    schema: {},
    required: place === "path",
  });
  const parameters = [
    ...["a", "b"].map(named("path")),
    ...["c", "d"].map(named("query")),
    named("header")("x-e"),
  ];
  const responses = { "200": { description: "Done.", content: { "application/json": { example: {} } } } };
  const info = { title: "Letters", version: "1" };
  const paths = { "/{a}/{b}": { get: { parameters, responses } } };
  const document = { openapi: "3.1.1", info, paths } as unknown as Document;
  const decide = prism(document);
  const [entry] = [...operations(document)];
  const requests: [path: object, query: object, headers: object][] = [
    [{ a: "1", b: "23" }, {}, {}],
    [{ a: "12", b: "3" }, {}, {}],
    [{ a: "1", b: "2" }, { c: "3" }, {}],
    [{ a: "1", b: "2" }, { d: "3" }, {}],
    [{ a: "1", b: "2" }, { c: ["3", "4"] }, {}],
    [{ a: "1", b: "2" }, { c: '["3","4"]' }, {}],
    [{ a: "1", b: "2" }, {}, { "x-e": "" }],
    [{ a: "1", b: "2" }, {}, {}],
    [{ a: "1", b: "2\u00001:3" }, {}, {}],
  ];
  const before = asked.prism;
  for (let round = 0; round < 2; round++)
    for (const [path, query, sent] of requests) {
      const request = { method: "get", url: "", path, query, headers: sent, body: undefined } as Context;
      await decide(entry!, request, { status: 200, check: "all" });
    }
  expect(asked.prism - before).toBe(requests.length);
});

it("brings an operation into the form of Prism when it is first asked for, once for all mocks of a contract, and anew when that has changed in place", async () => {
  const document = structuredClone(contract);
  document.info.title = "Loaded here";
  const before = asked.loads;
  for (const options of [{}, { seed: 1 }, { chaos: 0 }]) {
    await using same = await start({ ...options, document });
    for (let count = 0; count < 2; count++)
      expect((await fetch(`${same.url}/v1/models`, { headers })).status).toBe(200);
  }
  expect(asked.loads).toBe(before + 1);
  document.info.title = "Another";
  await using other = await start({ document });
  expect(await (await fetch(other.url)).json()).toMatchObject({ title: "Mock of Another" });
  expect(asked.loads).toBe(before + 1);
  expect((await fetch(`${other.url}/v1/models`, { headers })).status).toBe(200);
  expect(asked.loads).toBe(before + 2);
});

it("gives Prism no schema of a body, and of an answer only where no example stands for it", async () => {
  const document = structuredClone(contract);
  document.info.title = "Loaded without schemas";
  await using fresh = await start({ document });
  const response = await fetch(`${fresh.url}/v1/chat/completions`, {
    headers,
    method: "POST",
    body: JSON.stringify(chat("Hello.")),
  });
  expect(response.status).toBe(200);
  const { components, paths } = JSON.parse(asked.loaded);
  expect(paths["/v1/chat/completions"].post).not.toHaveProperty("requestBody");
  expect(components).not.toHaveProperty("schemas");
});

describe("a stream without pace", () => {
  it("is written at once, and each of its frames is an HTTP chunk", async () => {
    const writes: number[] = [];
    const count = (chunks: number) => {
      writes.push(chunks);
    };
    const { _write, _writev } = Socket.prototype as unknown as Record<
      string,
      (...args: unknown[]) => unknown
    >;
    const isOurs = (socket: unknown) => (socket as Socket).localPort === mock.port;
    vi.spyOn(Socket.prototype, "_write").mockImplementation(function (this: Socket, ...args) {
      if (isOurs(this)) count(1);
      return _write?.apply(this, args);
    });
    vi.spyOn(Socket.prototype as Required<Socket>, "_writev").mockImplementation(function (
      this: Socket,
      ...args
    ) {
      if (isOurs(this)) count(args[0].length);
      return _writev?.apply(this, args);
    });
    const body = JSON.stringify(chat(WORDS, { stream: true }));
    const client = new Socket().connect(mock.port, "127.0.0.1");
    client.end(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sk-test\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    let text = "";
    client.setEncoding("utf8").on("data", (part) => {
      text += part;
    });
    await once(client, "close");
    vi.restoreAllMocks();
    const frames = text.match(/^data: /gm) ?? [];
    const chunks = text.match(/\r\n[\da-f]+\r\ndata: /g) ?? [];
    expect(frames.length).toBeGreaterThan(100);
    expect(chunks.length).toBe(frames.length);
    // The head and the first frames, and the end.
    expect(writes.length).toBeLessThanOrEqual(2);
  });
});

describe("the start", () => {
  const run = promisify(execFile);
  const script = `
    import { registerHooks } from "node:module";
    import { getHeapSpaceStatistics } from "node:v8";
    import { holdYoungGeneration } from "./scripts/cli/mock/young-generation.ts";
    let modules = 0;
    const load = (url, context, next) => {
      if (url.startsWith("file:")) modules += 1;
      return next(url, context);
    };
    registerHooks({ load });
    holdYoungGeneration();
    await import("./scripts/mock/index.ts");
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space");
    console.log(JSON.stringify({ modules, young: young.space_size / 2 ** 20 }));
  `;

  it("loads no more modules than it did, and keeps the young generation small", async () => {
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: root });
    const { modules, young } = JSON.parse(stdout);
    // Who raises this says in the commit what the start pays for.
    expect(modules).toBeLessThanOrEqual(1250);
    // In MiB: 64 without the hold.
    expect(young).toBeLessThanOrEqual(4);
  });
});

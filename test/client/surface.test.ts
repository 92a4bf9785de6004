import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import {
  APIError,
  APIPromise,
  AuthenticationError,
  BadRequestError,
  type ChatCompletion,
  NotFoundError,
  Routescope,
} from "../../generated/client.ts";
import { type Running, start } from "../mock/support.ts";
import { answer, frame, serve, stream } from "./server.ts";

let mock: Running;
beforeAll(async () => {
  mock = await start({ tps: 0, seed: "same" });
});
afterAll(() => mock.close());

/** What a call gives beside its answer, and a stream beside its chunks. */
const body = { model: "m", messages: [{ role: "user" as const, content: "Hi" }] };
const tools = ["one", "two"].map((name) => ({
  type: "function" as const,
  function: { name, parameters: { type: "object", properties: { a: { type: "string", minLength: 9 } } } },
}));

function client(baseURL: string, options = {}) {
  return new Routescope({ apiKey: "sk-key", baseURL, maxRetries: 0, ...options });
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const model = (extra = {}) =>
  answer(200, { id: "m", object: "model", ...extra }, { "x-request-id": "req_1" });

describe("an answer", () => {
  it("comes with its response and the request's ID", async () => {
    const { url } = await serve(model());
    const promise = client(url).models.retrieve("m");
    expect(promise).toBeInstanceOf(APIPromise);
    const { data, response, request_id: id } = await promise.withResponse();
    expect([data.id, response.status, id, data._request_id]).toEqual(["m", 200, "req_1", "req_1"]);
    expect(Object.keys(data)).not.toContain("_request_id");
    expect(promise.then(() => 1)).not.toBeInstanceOf(APIPromise);
  });

  it("can be had unread, if that is said at once, and failures are thrown as ever", async () => {
    const { url } = await serve(model(), answer(404, { error: { message: "None." } }), model());
    const response = await client(url).models.retrieve("m").asResponse();
    expect(response.bodyUsed).toBe(false);
    expect(await response.json()).toEqual({ id: "m", object: "model" });
    await expect(client(url).models.retrieve("m").asResponse()).rejects.toMatchObject({ status: 404 });
    const late = client(url).models.retrieve("m");
    await late;
    await expect(late.asResponse()).rejects.toThrow(/at once/);
  });

  it("keeps what the contract does not know, and __proto__ harms nothing", async () => {
    const { url } = await serve(
      answer(200, '{"id":"m","extra":1,"__proto__":{"polluted":true}}', {
        "content-type": "application/json",
      }),
    );
    const found = await client(url).models.retrieve("m");
    expect(found).toMatchObject({ id: "m", extra: 1 });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each<[string, string, (text: string) => string | Uint8Array]>([
    ["announced", "", (text) => text],
    ["not announced", "chunked", (text) => text],
    ["compressed", "gzip", gzipSync],
  ])("that is too large is refused, %s", async (_, coding, encode) => {
    const body = encode(JSON.stringify({ id: "é".repeat(3000) }));
    const { url } = await serve((response) => {
      response.writeHead(200, {
        "content-type": "application/json",
        ...(coding === "gzip" && { "content-encoding": coding }),
        ...(coding !== "chunked" && { "content-length": Buffer.byteLength(body) }),
      });
      response.end(body);
    });
    await expect(client(url, { maxSize: 1000 }).models.list()).rejects.toThrow("larger than 1000 bytes");
    expect((await client(url, { maxSize: 10_000 }).models.retrieve("m")).id).toBe("é".repeat(3000));
  });
});

describe("a request", () => {
  it("carries its idempotency key with each try, and members that the contract does not know", async () => {
    const { url, received } = await serve(answer(500), model());
    await client(url, { maxRetries: 1 }).models.retrieve("m", { idempotencyKey: "once" });
    expect(received.map(({ headers }) => headers["idempotency-key"])).toEqual(["once", "once"]);
    const chat = await serve(answer(200, { choices: [] }));
    await client(chat.url).chat.completions.create(body, { extraBody: { top_k: 3 } });
    expect(JSON.parse(chat.received[0]!.body)).toMatchObject({ top_k: 3 });
  });

  it("that fails for good tells of each try", async () => {
    const { url } = await serve(
      answer(500, { error: { message: "first" } }, { "retry-after-ms": "1" }),
      answer(429, { error: { message: "second" } }, { "retry-after-ms": "1" }),
      answer(503, { error: { message: "third" } }),
    );
    const error = (await client(url, { maxRetries: 2 })
      .models.list()
      .catch((thrown: unknown) => thrown)) as APIError;
    expect(error.status).toBe(503);
    expect(error.attempts.map(({ status }) => status)).toEqual([500, 429]);
    expect(inspect(error, { depth: 9 })).not.toContain("sk-key");
  });
});

describe("in the page of a browser", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("a client has to be allowed", () => {
    vi.stubGlobal("document", {});
    expect(() => client("http://a.example")).toThrow(/dangerouslyAllowBrowser: true/);
    expect(client("http://a.example", { dangerouslyAllowBrowser: true })).toBeInstanceOf(Routescope);
  });
});

describe("a stream adds up to the answer that it would have been", () => {
  it.each<[string, object]>([
    ["text", {}],
    ["several choices", { n: 3 }],
    ["usage", { stream_options: { include_usage: true } }],
    ["reasoning", { enable_thinking: true }],
    ["parallel tool calls", { tools, parallel_tool_calls: true }],
    ["log probabilities", { logprobs: true, top_logprobs: 1 }],
    ["a cut answer", { max_tokens: 3 }],
  ])("of %s", async (_, extra) => {
    const { completions } = client(mock.url).chat;
    const whole = await completions.create({ ...body, ...extra });
    const streamed = await completions.create({ ...body, ...extra, stream: true });
    const final = await streamed.finalChatCompletion();
    // IDs are drawn anew for each request.
    const comparable = ({ choices, object, model: of }: ChatCompletion) =>
      JSON.parse(JSON.stringify({ choices, object, of }).replaceAll(/"call_\w+"/g, '"call"'));
    expect(comparable(final)).toEqual(comparable(whole));
    if ("stream_options" in extra) expect(final.usage).toEqual(whole.usage);
    else expect(final.usage).toBeUndefined();
  });
});

describe("the mock, another thing made from the contract,", () => {
  const connected = () => client(mock.url);

  it("answers, and the stream of the same request says the same", async () => {
    const completion = await connected().chat.completions.create(body);
    const text = completion.choices[0]?.message.content;
    expect(text).toMatch(/\w/);
    let streamed = "";
    for await (const chunk of await connected().chat.completions.create({ ...body, stream: true }))
      streamed += chunk.choices[0]?.delta.content ?? "";
    expect(streamed).toBe(text);
  });

  it("lists the models and gives each", async () => {
    const { data } = await connected().models.list();
    expect(data.length).toBeGreaterThan(1);
    for (const { id } of data) expect((await connected().models.retrieve(id)).id).toBe(id);
  });

  it("reports errors, which the client raises", async () => {
    await expect(connected().models.retrieve("no/such model")).rejects.toThrow(NotFoundError);
    const failed = connected().chat.completions.create({ ...body, temperature: 99 });
    await expect(failed).rejects.toThrow(BadRequestError);
    await expect(failed).rejects.toMatchObject({ status: 400, param: "temperature" });
    const stranger = client(mock.url, { defaultHeaders: { authorization: "none" } });
    await expect(stranger.models.list()).rejects.toThrow(AuthenticationError);
  });
});

describe("a stream", () => {
  const open = () => client(mock.url).chat.completions.create({ ...body, stream: true });

  it("tells its listeners, without being iterated", async () => {
    const streamed = await open();
    const deltas: string[] = [];
    let last = "";
    let chunks = 0;
    streamed
      .on("content", (delta, snapshot) => {
        deltas.push(delta);
        last = snapshot;
      })
      .on("chunk", () => chunks++);
    const content = await streamed.finalContent();
    expect([deltas.join(""), last]).toEqual([content, content]);
    expect(chunks).toBe(deltas.length + 2);
  });

  it("of stream() gives its answer to a reader that iterated it, too", async () => {
    const streamed = client(mock.url).chat.completions.stream(body);
    let text = "";
    for await (const { choices } of streamed) text += choices[0]?.delta.content ?? "";
    expect(await streamed.finalContent()).toBe(text);
  });

  it("can be read twice by tee, and sent on as lines", async () => {
    const streamed = await open();
    const [left, right] = streamed.tee();
    const one = await all(left);
    const two = await all(right);
    expect(two).toEqual(one);
    const again = await open();
    const lines = (await new Response(again.toReadableStream()).text()).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).choices)).toEqual(one.map(({ choices }) => choices));
  });

  it("that breaks off says what had come, to readers, waiters and listeners", async () => {
    const piece = (content: string) =>
      frame({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
    const { url } = await serve(stream([piece("Hal"), piece("lo")]));
    const partial = { choices: [{ index: 0, message: { content: "Hallo" }, finish_reason: null }] };
    const create = () => client(url).chat.completions.create({ ...body, stream: true });
    await expect(all(client(url).chat.completions.stream(body))).rejects.toMatchObject({ partial });
    await expect(all(await create())).rejects.toMatchObject({ partial: undefined });
    await expect((await create()).finalChatCompletion()).rejects.toMatchObject({ partial });
    const listened = await create();
    const error = await new Promise((told) => listened.on("error", told));
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ partial });
  });

  it("that was left has no answer", async () => {
    const streamed = client(mock.url).chat.completions.stream(body);
    for await (const _ of streamed) break;
    await expect(streamed.finalContent()).rejects.toMatchObject({ name: "APIUserAbortError" });
  });

  it("with an event that is too large is refused", async () => {
    const { url } = await serve(stream(["data: ", "x".repeat(5000), "y".repeat(5000)]));
    const streamed = await client(url, { maxSize: 2000 }).chat.completions.create({ ...body, stream: true });
    await expect(all(streamed)).rejects.toThrow("larger than 2000");
  });
});

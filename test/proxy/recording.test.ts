import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningMock, startMock } from "../../scripts/mock/index.ts";
import { joinChunks } from "../../scripts/openai/join.ts";
import { type RunningProxy, startProxy } from "../../scripts/proxy/index.ts";
import { isObject, type Json, member, objectsIn } from "../../scripts/shared/json.ts";
import { contract } from "../openapi/validator.ts";
import { PROVIDERS, type ProviderAnswer } from "./providers.ts";
import { bodyOf, newFolder, post, recordings, startUpstream, type Upstream } from "./support.ts";

/** What passes the proxy is recorded so that the mock gives it again. */
let upstream: Upstream;
let record: string;
let proxy: RunningProxy;
beforeAll(async () => {
  upstream = await startUpstream();
  record = await newFolder();
  proxy = await startProxy({
    upstream: upstream.url,
    document: contract,
    record,
    mask: ["user", "/metadata/ticket"],
  });
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});

/** Sends a request through the proxy, to be answered so. @returns the text that came */
async function pass(answer: ProviderAnswer, body: string): Promise<string> {
  upstream.answer((request, response) => {
    request.resume().on("end", () => {
      const type = answer.stream ? "text/event-stream" : "application/json";
      response.writeHead(answer.status ?? 200, { "content-type": type, ...answer.headers });
      response.end(answer.text);
    });
  });
  return textOf(await post(proxy.baseURL, body));
}

/** The text with its byte order mark, which `text()` drops. */
async function textOf(response: Response): Promise<string> {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());
}

const requestOf = (name: string, { stream, usage, tools }: ProviderAnswer, asStream = stream) =>
  bodyOf(name, {
    ...(asStream && { stream: true }),
    ...(asStream && usage && { stream_options: { include_usage: true } }),
    ...(tools && { tools: [{ type: "function", function: { name: "get_weather" } }] }),
  });

/** What an answer says, in one piece or in chunks: texts, reasoning, calls, usage, reasons; its text where it is not JSON. */
function meaningOf(text: string): unknown {
  const data = [...text.matchAll(/^data: ?(\{.*?)\r?$/gm)].map(([, json = ""]) => JSON.parse(json) as Json);
  const value = data.length > 0 ? joinChunks(data) : text.startsWith("{") ? (JSON.parse(text) as Json) : text;
  if (!isObject(value)) return value;
  const failed = data.find((chunk) => member(chunk, "error"));
  return {
    error: value["error"] ?? failed ?? null,
    usage: value["usage"] ?? null,
    choices: objectsIn(value["choices"]).map(({ message, finish_reason, index, logprobs }) => ({
      said: Object.fromEntries(
        Object.entries(isObject(message) ? message : {})
          .filter(([, held]) => held !== null && held !== "" && !(Array.isArray(held) && held.length === 0))
          .sort(),
      ),
      finish_reason,
      index,
      scores: objectsIn(member(logprobs ?? null, "content")).length,
    })),
  };
}

describe("the streams and answers of providers", () => {
  const passed = new Map<string, string>();
  let mock: RunningMock;
  beforeAll(async () => {
    for (const [name, answer] of Object.entries(PROVIDERS))
      passed.set(name, await pass(answer, requestOf(name, answer)));
    await proxy.settled();
    mock = await startMock({ document: contract, scenarios: [record], strict: true, tps: 0 });
  });
  afterAll(() => mock.close());

  describe.each(Object.entries(PROVIDERS))("%s", (name, answer) => {
    test("passes byte for byte", () => {
      expect(passed.get(name)).toBe(answer.text);
    });

    test("is answered by the mock with the same text, reasoning, calls, usage, status and reason", async () => {
      const replayed = await post(mock.baseURL, requestOf(name, answer));
      expect(replayed.status).toBe(answer.status ?? 200);
      expect(meaningOf(await replayed.text())).toEqual(meaningOf(answer.text));
    });
  });

  const ANSWERS = Object.entries(PROVIDERS).filter(
    ([, { status, broken }]) => status === undefined && !broken,
  );
  test.each(ANSWERS)("%s says the same in the other form, streamed or not", async (name, answer) => {
    const other = !answer.stream;
    const replayed = await post(mock.baseURL, requestOf(name, { ...answer, usage: true }, other));
    expect(replayed.headers.get("content-type")).toMatch(other ? "text/event-stream" : "application/json");
    expect(meaningOf(await replayed.text())).toEqual(meaningOf(answer.text));
  });
});

describe("a recording", () => {
  const plain = PROVIDERS["a plain stream with its usage"] as ProviderAnswer;
  const whole = PROVIDERS["a whole answer with more members"] as ProviderAnswer;

  test("of a stream is the answer that its chunks make", async () => {
    const calls = PROVIDERS["tool calls with CRLF"] as ProviderAnswer;
    await pass(calls, requestOf("Both?", calls));
    await proxy.settled();
    const [only] = await recordings(record, "Both?");
    expect(
      only?.form.value.choices[0].message.tool_calls.map((call: { function: object }) => call.function),
    ).toEqual([
      { name: "get_weather", arguments: '{"city":"Oslo"}' },
      { name: "get_time", arguments: '{"city":"Rome"}' },
    ]);
    expect(only?.form.when["/body/messages/-1/content"]).toEqual({ const: "Both?" });
  });

  test("holds no key and no masked field", async () => {
    const text = plain.text.replace("Grüße, ", "sk-secret-").replace("world.", "0123456789");
    const more = { user: "ada", metadata: { ticket: "A-17", kind: "b" } };
    await pass({ ...plain, text }, bodyOf("Secrets?", { ...more, stream: true }));
    await proxy.settled();
    const found = await recordings(record, "Secrets?");
    expect(found).toHaveLength(1);
    expect(found[0]?.text).not.toMatch(/sk-secret-0123456789|ada\b|A-17/);
  });

  test("is made once of the same request, and an answer takes the place of an error", async () => {
    await pass({ stream: false, status: 429, text: '{"error":{"message":"Slow down."}}' }, bodyOf("Twice"));
    await proxy.settled();
    await pass({ stream: false, status: 500, text: '{"error":{"message":"Broken."}}' }, bodyOf("Twice"));
    await proxy.settled();
    expect((await recordings(record, "Twice"))[0]?.text).toContain("# An error answer, 429.");
    for (const _ of [1, 2]) await pass(whole, bodyOf("Twice"));
    await proxy.settled();
    const found = await recordings(record, "Twice");
    expect(found).toHaveLength(1);
    expect(found[0]?.form.value.choices[0].message.content).toBe("Hi.");
  });

  test("of what the contract does not allow has check: false and the reason", async () => {
    await pass({ stream: false, text: '{"id":"a","choices":[]}' }, bodyOf("Odd"));
    await proxy.settled();
    const [only] = await recordings(record, "Odd");
    expect(only?.form.check).toBe(false);
    expect(only?.text).toContain("# Not as the contract says: usage is missing.");
  });
});

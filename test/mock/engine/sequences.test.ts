import { afterEach, describe, expect, it } from "vitest";
import type { RunningMock, Scenario, StartOptions } from "../../../scripts/mock/index.ts";
import { ask, failure, sdk, start } from "../support.ts";

/** Answers one after the other, faults that end, and what separates the tests that share a mock. */
const mocks: RunningMock[] = [];
afterEach(async () => {
  for (const mock of mocks.splice(0)) await mock.close();
});

async function running(scenarios: Scenario[], options: StartOptions = {}): Promise<RunningMock> {
  const all = scenarios.map((one) => ({ operation: "createChatCompletion", when: {}, ...one }));
  const mock = await start({ tps: 0, scenarios: all, ...options });
  mocks.push(mock);
  return mock;
}

const saying = (content: string) => ({ value: { choices: [{ message: { content } }] } });
const body = { model: "m", messages: [{ role: "user", content: "Hi" }] };

async function say(mock: RunningMock, headers = {}): Promise<string | number> {
  const response = await ask(mock, body, headers);
  if (response.status !== 200) return response.status;
  return (await response.json()).choices[0].message.content;
}

async function times(count: number, call: () => Promise<string | number>) {
  const answers = [];
  for (let i = 0; i < count; i++) answers.push(await call());
  return answers;
}

describe("answers", () => {
  it("come one after the other, and then the last one again", async () => {
    const mock = await running([{ name: "s", answers: [saying("a"), { status: 429 }, saying("b")] }]);
    expect(await times(5, () => say(mock))).toEqual(["a", 429, "b", "b", "b"]);
    expect(mock.requests[0]?.scenario).toBe("s/1");
    expect(mock.requestsOf("chat.completions.create", { scenario: "s" })).toHaveLength(5);
    mock.reset();
    expect(await say(mock)).toBe("a");
  });

  it("start over with repeat", async () => {
    const mock = await running([{ repeat: true, answers: [saying("a"), saying("b")] }]);
    expect(await times(5, () => say(mock))).toEqual(["a", "b", "a", "b", "a"]);
  });

  it("are counted for each session, which is a header or the token", async () => {
    const mock = await running([{ answers: [saying("a"), saying("b")] }]);
    expect(await times(2, () => say(mock, { "x-mock-session": "one" }))).toEqual(["a", "b"]);
    expect(await say(mock, { "x-mock-session": "two" })).toBe("a");
    expect(await say(mock, { authorization: "Bearer other" })).toBe("a");
    mock.reset("one");
    expect(await say(mock, { "x-mock-session": "one" })).toBe("a");
    expect(await say(mock, { "x-mock-session": "two" })).toBe("b");
  });

  it("are not used up by a request whose client went away before the answer came", async () => {
    const mock = await running([{ ttft: 60_000, answers: [saying("a"), saying("b")] }]);
    for (const index of [0, 1]) {
      const gone = new AbortController();
      const call = sdk(mock).chat.completions.create(body as never, { signal: gone.signal });
      await expect.poll(() => mock.requests[index]?.status, { timeout: 10_000 }).toBe(200);
      gone.abort();
      await expect(call).rejects.toThrow();
      await expect.poll(() => mock.requests[index]?.aborted, { timeout: 10_000 }).toBe(true);
    }
    expect(mock.requests.map(({ scenario }) => scenario?.split("/")[1])).toEqual(["1", "1"]);
  });

  it("are not used up by a request that is refused, but by a fault whose client went away", async () => {
    const long = "word ".repeat(3000);
    const answers = [{ ...saying("a"), fault: "stall:0" }, saying(long), saying("c")];
    const mock = await running([{ answers }], { limits: { answer: 100_000 } });
    const leave = new AbortController();
    const asked = fetch(`${mock.url}/v1/chat/completions`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { authorization: "Bearer sk-test", "content-type": "application/json" },
      signal: leave.signal,
    }).catch(() => undefined);
    await expect.poll(() => mock.requests[0]?.status).toBe(200);
    leave.abort();
    await asked;
    await expect.poll(() => mock.requests[0]?.aborted).toBe(true);
    expect((await ask(mock, { ...body, n: 100 })).status).toBe(400);
    expect(await say(mock)).toBe(long);
    expect(await say(mock)).toBe("c");
  });

  it("are answered once each to requests that come at the same time", async () => {
    const mock = await running([{ answers: ["a", "b", "c", "d"].map(saying) }]);
    expect((await Promise.all(Array.from({ length: 4 }, () => say(mock)))).sort()).toEqual([
      "a",
      "b",
      "c",
      "d",
    ]);
  });
});

describe("a counted fault", () => {
  it("applies to a number of answers, and then the answer comes, to a client that retries too", async () => {
    const mock = await running([{ ...saying("at last"), fault: { "error:503": 2 } }]);
    const client = sdk(mock, { maxRetries: 3 });
    const answer = await client.chat.completions.create(body as never);
    expect(answer.choices[0]?.message.content).toBe("at last");
    expect(mock.requests.map(({ status }) => status)).toEqual([503, 503, 200]);
  });

  it("is followed by the next one", async () => {
    const mock = await running([{ ...saying("ok"), fault: { html_502: 1, "error:500": 2 } }]);
    expect(await times(4, () => say(mock))).toEqual([502, 500, 500, "ok"]);
    expect(await say(mock, { "x-mock-session": "other" })).toBe(502);
  });

  it("has to be a whole number of at least one", async () => {
    await expect(running([{ fault: { cut: 0 } as never }])).rejects.toThrow("fault");
  });
});

describe("rate limits", () => {
  it("by requests refuse what is beyond with the time to wait, and tell what is left", async () => {
    const mock = await running([saying("ok")], { rateLimit: { requests: 2 } });
    const first = await ask(mock, body);
    expect(first.headers.get("x-ratelimit-limit-requests")).toBe("2");
    expect(first.headers.get("x-ratelimit-remaining-requests")).toBe("1");
    await ask(mock, body);
    const refused = await failure(ask(mock, body));
    expect([refused.status, refused.type, refused.code]).toEqual([
      429,
      "rate_limit_error",
      "rate_limit_exceeded",
    ]);
    expect(refused.headers.get("x-ratelimit-remaining-requests")).toBe("0");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(50);
    expect((await ask(mock, body, { authorization: "Bearer other" })).status).toBe(200);
  });

  it("by tokens count the request and its answer", async () => {
    const mock = await running([{ tokens: 90 }], { rateLimit: { tokens: 100 } });
    const first = await ask(mock, body);
    expect(first.headers.get("x-ratelimit-remaining-tokens")).toBe(String(100 - 90 - 2));
    const long = { ...body, messages: [{ role: "user", content: "word ".repeat(20) }] };
    expect((await ask(mock, long)).status).toBe(429);
  });

  it("start over when the mock forgets what it counted", async () => {
    const mock = await running([], { rateLimit: { requests: 1 } });
    expect(await times(2, async () => (await ask(mock, body)).status)).toEqual([200, 429]);
    mock.reset();
    expect((await ask(mock, body)).status).toBe(200);
  });

  it("never say that something is left beside a 429", async () => {
    const mock = await running([]);
    const { headers } = await ask(mock, body, { prefer: "code=429" });
    expect(headers.get("x-ratelimit-remaining-requests")).toBe("0");
    expect(headers.get("x-ratelimit-remaining-tokens")).toBe("0");
  });
});

describe("pace", () => {
  it("of a scenario and of a model holds for answers that are not streams too", async () => {
    const scenarios = [
      { when: { "/body/model": "^slow$" }, ...saying("one two three"), pace: { ttft: 200 } },
    ];
    const mock = await running(scenarios, { paces: { mid: { ttft: 150, tps: 100 } } });
    const took = async (model: string) => {
      await ask(mock, { ...body, model });
      return mock.requests.at(-1)?.ms ?? 0;
    };
    await took("fast");
    expect(await took("slow")).toBeGreaterThanOrEqual(200);
    expect(await took("mid")).toBeGreaterThanOrEqual(150);
  });
});

it("a scenario decides over its pace before its model does, and a request over its faults before both", async () => {
  const scenario = { ...saying("a"), pace: { ttft: 0 }, fault: "error:503" };
  const mock = await running([scenario], { paces: { m: { ttft: 86_400_000 } } });
  expect(await say(mock)).toBe(503);
  expect(await say(mock, { prefer: "fault=error:429" })).toBe(429);
  expect(await say(mock, { prefer: "fault=latency:0" })).toBe("a");
});

describe("mock.waitForRequest", () => {
  it("gives a request that comes, and one that came already", async () => {
    const mock = await running([saying("ok")]);
    const coming = mock.waitForRequest("chat.completions.create");
    await say(mock);
    expect((await coming).status).toBe(200);
    expect((await mock.waitForRequest({ status: 200 })).id).toBe(1);
    expect((await mock.waitForRequest(({ method }) => method === "POST")).id).toBe(1);
  });

  it("fails with what came instead", async () => {
    const mock = await running([saying("ok")]);
    await say(mock);
    const late = mock.waitForRequest({ operation: "listModels" }, { timeout: 20 });
    await expect(late).rejects.toThrow(
      "No such request came in 20 ms. There came: POST /v1/chat/completions 200.",
    );
  });
});

describe("other addresses", () => {
  it("below a prefix, and as Azure has them, are served with its header for the token", async () => {
    const mock = await running([saying("ok")], { prefix: "/openai", azure: true, apiKeys: ["key"] });
    const post = (path: string, headers: Record<string, string>, sent: object = body) =>
      fetch(mock.url + path, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(sent),
      });
    const paths = [
      "/openai/v1/chat/completions",
      "/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21",
      "/v1/chat/completions",
    ];
    for (const path of paths)
      expect([path, (await post(path, { "api-key": "key" })).status]).toEqual([path, 200]);
    expect((await post(paths[1]!, { "api-key": "wrong" })).status).toBe(401);
    const both = { "api-key": "wrong", authorization: "Bearer key" };
    expect((await post(paths[1]!, both)).status).toBe(200);
    const { messages } = body;
    const unnamed = await (await post(paths[1]!, { "api-key": "key" }, { messages })).json();
    expect(unnamed.model).toBe("my-gpt");
    const encoded = paths[1]!.replace("my-gpt", "my%20gpt");
    expect((await (await post(encoded, { "api-key": "key" }, { messages })).json()).model).toBe("my gpt");
    expect(JSON.stringify(mock.requests)).not.toContain('"key"');
  });
});

it("never copies a header that frames the message into an answer", async () => {
  const mock = await running([
    { ...saying("ok"), headers: { "Content-Length": "3", "Transfer-Encoding": "x" } },
  ]);
  expect(await say(mock)).toBe("ok");
});

it.each([
  ["a\r\nx: y", "one line"],
  ["naïve", "printable ASCII"],
])("refuses the header value %j at the start", async (value, words) => {
  await expect(running([{ headers: { "x-note": value } }])).rejects.toThrow(words);
});

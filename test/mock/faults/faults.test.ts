import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FAULTS } from "../../../scripts/mock/faults/faults.ts";
import type { RunningMock } from "../../../scripts/mock/index.ts";
import { ask, errorIn, events, failure, plain, sdk, start } from "../support.ts";

/** Each fault, by what the unmodified `openai` package then throws; and what it is on the wire where that says more. */
let mock: RunningMock;
beforeAll(async () => {
  mock = await start({ tps: 0 });
});
afterAll(() => mock.close());

const under = (fault: string) => ({ headers: { Prefer: `fault=${fault}` } });

/** What a streamed call gives until it ends, and how it ends. */
async function streamed(fault: string, options: ConstructorParameters<typeof OpenAI>[0] = {}) {
  let text = "";
  let finished: string | null = null;
  try {
    const stream = await sdk(mock, options).chat.completions.create(
      { ...plain, messages: [...plain.messages], stream: true },
      under(fault),
    );
    for await (const { choices } of stream) {
      text += choices[0]?.delta.content ?? "";
      finished = choices[0]?.finish_reason ?? finished;
    }
  } catch (error) {
    return { text, finished, error: error as Error };
  }
  return { text, finished, error: undefined };
}

const whole = (fault: string, options: ConstructorParameters<typeof OpenAI>[0] = {}) =>
  sdk(mock, options).chat.completions.create({ ...plain, messages: [...plain.messages] }, under(fault));

const wire = (fault: string, stream = true) => ask(mock, { ...plain, stream }, { prefer: `fault=${fault}` });

async function broken(promise: Promise<unknown>): Promise<Error> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

describe("without a fault", () => {
  it("a stream has a text and an end", async () => {
    const { text, finished, error } = await streamed("comments");
    expect([finished, error]).toEqual(["stop", undefined]);
    expect(text).toContain("You said");
  });
});

describe("latency", () => {
  it("makes the SDK's timeout strike", async () => {
    const error = await broken(whole("latency:5000", { timeout: 50 }));
    expect(error).toBeInstanceOf(OpenAI.APIConnectionTimeoutError);
  });

  it("lets the answer come", async () => {
    expect((await whole("latency:20")).choices[0]?.message.content).toContain("You said");
  });
});

describe("rate_limit", () => {
  it("refuses the first sendings of a request, and then answers it", async () => {
    const messages = [{ role: "user", content: "The retried one" } as const];
    const call = (options: ConstructorParameters<typeof OpenAI>[0]) =>
      sdk(mock, options).chat.completions.create({ model: "gpt-5.4", messages }, under("rate_limit:2:0"));
    const error = await broken(call({ maxRetries: 0, apiKey: "other" }));
    expect(error).toBeInstanceOf(OpenAI.RateLimitError);
    mock.reset();
    const answer = await call({ maxRetries: 2 });
    expect(answer.choices[0]?.message.content).toContain("The retried one");
    expect(mock.requests.map(({ status }) => status)).toEqual([429, 429, 200]);
    // From then on it is answered at once, until what was counted is forgotten.
    expect((await call({})).choices).toHaveLength(1);
    mock.reset();
    expect(await broken(call({}))).toBeInstanceOf(OpenAI.RateLimitError);
  });

  it("counts by token and request, and says when to come again", async () => {
    mock.reset();
    const first = await failure(wire("rate_limit:1:7", false));
    expect([first.status, first.headers.get("retry-after")]).toEqual([429, "7"]);
    expect((await wire("rate_limit:1:7", false)).status).toBe(200);
    const other = { prefer: "fault=rate_limit:1:7", authorization: "Bearer another" };
    expect((await ask(mock, { ...plain, stream: false }, other)).status).toBe(429);
    expect((await ask(mock, { ...plain, n: 2 }, { prefer: "fault=rate_limit" })).status).toBe(429);
  });
});

describe("error", () => {
  it.each([
    ["error", OpenAI.InternalServerError, 500],
    ["error:503", OpenAI.InternalServerError, 503],
    ["error:401", OpenAI.AuthenticationError, 401],
    ["error:403", OpenAI.PermissionDeniedError, 403],
    ["error:404", OpenAI.NotFoundError, 404],
    ["error:409", OpenAI.ConflictError, 409],
    ["error:422", OpenAI.UnprocessableEntityError, 422],
    ["error:429", OpenAI.RateLimitError, 429],
  ])("%s is thrown as it is", async (fault, kind, status) => {
    const error = await broken(whole(fault));
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ status, requestID: expect.stringMatching(/^req_/) });
    expect((await streamed(fault)).error).toBeInstanceOf(kind);
  });
});

describe("cut", () => {
  it("ends a stream without a finish_reason and without [DONE]", async () => {
    const { finished, error } = await streamed("cut:4");
    expect([finished, error]).toEqual([null, undefined]);
    const frames = events(await (await wire("cut:4")).text());
    expect(frames).toHaveLength(4);
    expect(frames).not.toContain("[DONE]");
  });

  it("of no frames leaves none", async () => {
    expect(await (await wire("cut:0")).text()).toBe("");
  });

  it("of more frames than there are still leaves out the end", async () => {
    expect((await streamed("cut:999")).finished).toBeNull();
  });

  it("breaks off an answer that is not a stream", async () => {
    expect(await broken(whole("cut"))).toBeInstanceOf(SyntaxError);
  });

  it("with [DONE] ends it as if it were whole", async () => {
    expect((await streamed("cut_done:3")).finished).toBeNull();
    expect(events(await (await wire("cut_done:3")).text()).at(-1)).toBe("[DONE]");
  });
});

describe("a connection", () => {
  it("that is reset in mid-stream ends the SDK's loop with an error, after what had come", async () => {
    const { text, finished, error } = await streamed("reset:3");
    expect([finished, text !== ""]).toEqual([null, true]);
    expect(error?.message).toMatch(/terminated|reset|socket/i);
  });

  it("that is reset before the answer is a connection error", async () => {
    expect(await broken(whole("reset:0"))).toBeInstanceOf(OpenAI.APIConnectionError);
    expect((await streamed("reset:0")).error).toBeInstanceOf(OpenAI.APIConnectionError);
  });

  it("that stalls is open until the client gives up", async () => {
    const gone = new AbortController();
    const stream = await sdk(mock).chat.completions.create(
      { ...plain, messages: [...plain.messages], stream: true },
      { ...under("stall:3"), signal: gone.signal },
    );
    let chunks = 0;
    for await (const _ of stream) {
      chunks += 1;
      if (chunks === 3) setTimeout(() => gone.abort(), 50);
    }
    expect(chunks).toBe(3);
  });

  it("that stalls before the answer runs into the timeout", async () => {
    const error = await broken(whole("stall:0", { timeout: 60 }));
    expect(error).toBeInstanceOf(OpenAI.APIConnectionTimeoutError);
  });
});

describe("a frame", () => {
  it("with an error is thrown in mid-stream", async () => {
    const { text, error } = await streamed("error_frame:4");
    expect(text).not.toBe("");
    expect(error).toBeInstanceOf(OpenAI.APIError);
    const last = events(await (await wire("error_frame:4")).text()).at(-1) ?? "";
    expect(errorIn(JSON.parse(last)).type).toBe("server_error");
  });

  it("with an error stands for the answer where there is no stream", async () => {
    expect(await broken(whole("error_frame"))).toBeInstanceOf(OpenAI.InternalServerError);
  });

  it("with broken JSON is thrown", async () => {
    expect((await streamed("invalid_json:2")).error).toBeInstanceOf(SyntaxError);
    expect(await broken(whole("invalid_json"))).toBeInstanceOf(SyntaxError);
  });
});

describe("what a reader has to bear", () => {
  const said = "Søren, 北京 👩‍🚀 e\u0301";
  const body = { ...plain, messages: [{ role: "user", content: said }], stream: true };

  it.each(["split_utf8", "crlf", "comments", "no_final_blank"])("%s changes no text", async (fault) => {
    const stream = await sdk(mock).chat.completions.create(
      { ...body, messages: [{ role: "user", content: said }], stream: true },
      under(fault),
    );
    let text = "";
    for await (const { choices } of stream) text += choices[0]?.delta.content ?? "";
    expect(text).toContain(said);
  });

  it("is split inside of characters", async () => {
    const answer = await ask(mock, body, { prefer: "fault=split_utf8" });
    const parts: string[] = [];
    for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>)
      parts.push(Buffer.from(part).toString());
    expect(parts.some((part) => part.includes("\ufffd"))).toBe(true);
  });

  it("is on the wire as it is called", async () => {
    expect(await (await wire("crlf")).text()).toMatch(/^(data: [^\r\n]+\r\n\r\n)+$/);
    expect(await (await wire("comments")).text()).toMatch(/^(: keep-alive\n\ndata: [^\n]+\n\n)+$/);
    expect(await (await wire("no_final_blank")).text()).toMatch(/\ndata: \[DONE\]\n$/);
  });
});

describe("a relay that is not itself", () => {
  it("answers 200 with an error", async () => {
    const answer = await wire("error_200");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(errorIn(await answer.json()).message).not.toBe("");
    // The SDK takes it for the answer, and for a stream without events.
    expect((await whole("error_200")).choices).toBeUndefined();
    expect((await streamed("error_200")).finished).toBeNull();
  });

  it("answers 502 with HTML", async () => {
    const error = await broken(whole("html_502"));
    expect(error).toBeInstanceOf(OpenAI.InternalServerError);
    expect(error.message).toContain("502");
    const answer = await wire("html_502");
    expect(answer.headers.get("content-type")).toBe("text/html");
    expect(await answer.text()).toContain("502 Bad Gateway");
  });

  it("answers nothing", async () => {
    const answer = await wire("empty", false);
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    // The SDK hands out what is not there.
    expect(await whole("empty")).toBeUndefined();
  });
});

describe("faults", () => {
  it("add up", async () => {
    const answer = await ask(mock, { ...plain, stream: true }, { prefer: "fault=crlf, fault=cut:2" });
    expect(await answer.text()).toMatch(/^(data: [^\r\n]+\r\n\r\n){2}$/);
    const torn = await ask(mock, { ...plain, stream: true }, { prefer: "fault=crlf, fault=no_final_blank" });
    expect(await torn.text()).toMatch(/\r\n\r\ndata: \[DONE\]\r\n$/);
    const empty = await ask(mock, plain, { prefer: "fault=empty" });
    expect(empty.headers.get("x-request-id")).toMatch(/^req_\w+$/);
  });

  it.each([
    ["fault=nothing", /no fault nothing.*latency.*empty/],
    ["fault=cut:x", /cut:FRAMES/],
    ["fault=crlf:1", /without argument/],
    ["fault=error:200", /400 to 599/],
    ["fault=error:600", /400 to 599/],
  ])("that there are not are a 400: %s", async (prefer, message) => {
    expect(await failure(ask(mock, plain, { prefer }))).toMatchObject({
      status: 400,
      param: "Prefer",
      message: expect.stringMatching(message),
    });
  });

  it("of the server apply to every answer, unless the request asks for others", async () => {
    const faulty = await start({ faults: ["error:503"] });
    expect((await ask(faulty, plain)).status).toBe(503);
    expect((await ask(faulty, plain, { prefer: "fault=comments" })).status).toBe(200);
    await faulty.close();
    await expect(start({ faults: ["bad"] })).rejects.toThrow("--fault bad: there is no fault bad");
  });

  it("all say what they do and what they stand for", () => {
    for (const { does, incident } of Object.values(FAULTS)) expect([does, incident]).not.toContain("");
  });
});

describe("chaos", () => {
  const run = async (chaos: number, seed: number, requests = 60) => {
    const running = await start({ chaos, seed, tps: 0 });
    const calls = Array.from({ length: requests }, async (_, i) => {
      const init = {
        method: "POST",
        headers: { authorization: "Bearer x", "content-type": "application/json" },
      };
      const body = JSON.stringify({ ...plain, user: `${i % 30}` });
      await fetch(`${running.url}/v1/chat/completions`, { ...init, body })
        .then((answer) => answer.text())
        .catch(() => undefined);
    });
    // A fault may leave a request without an answer for good: what was decided is known before that.
    const decided = () => running.requests.filter(({ status }) => status > 0).length;
    await expect.poll(decided, { timeout: 60_000 }).toBe(requests);
    const faults = running.requests.map(({ body, faults }) => `${JSON.stringify(body)} ${faults}`).sort();
    await running.close();
    await Promise.all(calls);
    return { faults, faulty: running.requests.filter((entry) => entry.faults.length > 0).length };
  };

  it("draws the same faults for the same seed, others for another, and about as many as it should", async () => {
    const [one, again, other] = await Promise.all([run(0.3, 7), run(0.3, 7), run(0.3, 8)]);
    expect(one.faults).toEqual(again.faults);
    expect(one.faults).not.toEqual(other.faults);
    expect(one.faulty).toBeGreaterThan(6);
    expect(one.faulty).toBeLessThan(36);
  });

  it("of nothing draws none", async () => {
    expect((await run(0, 7, 10)).faulty).toBe(0);
  });
});

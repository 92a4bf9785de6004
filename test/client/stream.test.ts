import { getEventListeners } from "node:events";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  type ClientOptions,
  NotFoundError,
  type RequestOptions,
  Routescope,
} from "../../generated/client.ts";
import { type Answer, answer, frame, serve, stream } from "./server.ts";

const chunk = (content: string, finish: string | null = null) => ({
  id: "task_1",
  object: "chat.completion.chunk",
  created: 1,
  model: "m",
  choices: [{ index: 0, delta: { content }, finish_reason: finish }],
});
const request = { model: "m", messages: [{ role: "user" as const, content: "Hi" }], stream: true as const };
const HALLO = [frame(chunk("Hå")), frame(chunk("llö")), frame(chunk("", "stop")), frame("[DONE]")];

async function open(reply: Answer, options: ClientOptions = {}) {
  const server = await serve(reply);
  const client = new Routescope({ apiKey: "k", baseURL: server.url, maxRetries: 0, ...options });
  return { ...server, client, start: (more = {}) => client.chat.completions.create(request, more) };
}

/** The text of a stream, and what it threw, if it did. */
async function readAll(chunks: AsyncIterable<{ choices: { delta: { content?: string | null } }[] }>) {
  let text = "";
  try {
    for await (const { choices } of chunks) text += choices[0]?.delta.content ?? "";
  } catch (error) {
    return { text, error };
  }
  return { text, error: undefined };
}

async function outcome(reply: Answer, options?: ClientOptions) {
  const { start } = await open(reply, options);
  return readAll(await start());
}

/** A stream that comes from memory, event by event as it is read, while time stands still unless it is told to pass. */
function openStill(events = HALLO.slice(0, 1)) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const parts = events.map((event) => new TextEncoder().encode(event));
  const pull = (sink: ReadableStreamDefaultController) => {
    const part = parts.shift();
    // Without another one the stream stays open, and ignores the signal.
    return part ? sink.enqueue(part) : new Promise<void>(() => {});
  };
  const fetch = async () => new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
  const { chat } = new Routescope({ apiKey: "k", fetch, maxRetries: 0 });
  return {
    passes: (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds),
    start: (options: RequestOptions = {}) => chat.completions.create(request, options),
  };
}

describe("streams that are whole, however they arrive", () => {
  const text = HALLO.join("");
  const bytes = new TextEncoder().encode(text);
  const cases: Record<string, (string | Uint8Array)[]> = {
    "one event at a time": HALLO,
    "all in one read": [text],
    "byte by byte": [...bytes].map((byte) => Uint8Array.of(byte)),
    CRLF: [text.replaceAll("\n", "\r\n")],
    "CRLF split between CR and LF": text.split("\n").flatMap((line) => [`${line}\r`, "\n"]),
    "CR alone": [text.replaceAll("\n", "\r")],
    "a byte order mark": [`\uFEFF${text}`],
    "comments between events": [": PING\n\n", ...HALLO.flatMap((event) => [event, ": keep-alive\n\n"])],
    "no space after the colon": [text.replaceAll("data: ", "data:")],
    "data over several lines": [
      `data: ${JSON.stringify(chunk("Hållö", "stop"), null, 1).replaceAll("\n", "\ndata: ")}\n\n`,
    ],
    "named events": HALLO.map((event) => `event: chunk\nid: 1\n${event}`),
    "no blank line at the end": [text.trimEnd()],
    "neither [DONE] nor a blank line at the end": [HALLO.slice(0, 3).join("").trimEnd()],
    "no [DONE]": HALLO.slice(0, 3),
    "bytes after [DONE]": [`${text}garbage\n\ndata: {\n\n`],
    "a chunk without choices before and after": [
      frame({ ...chunk(""), choices: [] }),
      ...HALLO.slice(0, 3),
      frame({ ...chunk(""), choices: [], usage: null }),
      frame("[DONE]"),
    ],
    "empty data, to keep the connection alive": HALLO.flatMap((event) => ["data:\n\n", "data: \n\n", event]),
    "an empty finish_reason until it is set": [frame(chunk("Hå", "")), ...HALLO.slice(1)],
    "a chunk with an open choice after the last one": [
      ...HALLO.slice(0, 3),
      frame(chunk("")),
      frame("[DONE]"),
    ],
    "an error member that is null": [frame({ ...chunk("Hållö", "stop"), error: null })],
  };
  it.each(Object.entries(cases))("%s", async (_, pieces) => {
    expect(await outcome(stream(pieces))).toEqual({ text: "Hållö", error: undefined });
  });

  it("one event of a megabyte", async () => {
    const long = "x".repeat(1_000_000);
    expect((await outcome(stream([frame(chunk(long, "stop"))]))).text).toHaveLength(1_000_000);
  });

  it("ends at [DONE], although the connection stays open", async () => {
    const { start, received } = await open(stream(HALLO, { open: true }));
    expect((await readAll(await start())).text).toBe("Hållö");
    expect(await received[0]?.cut).toBe(true);
  });

  it("leaves a connection that ends after [DONE] open for the next call", async () => {
    let end = () => {};
    const { start, received } = await open((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(HALLO.join(""));
      end = () => response.end();
    });
    const call = async () => {
      const { text } = await readAll(await start());
      end();
      expect([text, await received.at(-1)?.cut]).toEqual(["Hållö", false]);
      return received.at(-1)?.socket;
    };
    const first = await call();
    // The end of an answer still has to reach the client before its connection is free.
    await vi.waitFor(async () => expect(await call()).toBe(first), { timeout: 20_000 });
  });

  it("keeps members that the contract does not know", async () => {
    const { start } = await open(stream([frame({ ...chunk("", "stop"), extra: { deep: 1 } })]));
    for await (const part of await start()) expect(part).toHaveProperty("extra.deep", 1);
    expect.assertions(1);
  });
});

describe("streams that are not", () => {
  const cut: Record<string, (string | Uint8Array)[]> = {
    "ended without a finish_reason": HALLO.slice(0, 2),
    "ended by [DONE] without a finish_reason": [...HALLO.slice(0, 2), frame("[DONE]")],
    "ended with an empty finish_reason": [frame(chunk("Hållö", "")), frame("[DONE]")],
    "ended with one of two choices open": [
      frame({ choices: [{ index: 0, delta: { content: "Hållö" }, finish_reason: "stop" }] }),
      frame({ choices: [{ index: 1, delta: {}, finish_reason: null }] }),
      frame("[DONE]"),
    ],
    "ended in the middle of an event": [...HALLO.slice(0, 2), "data: "],
  };
  it.each(Object.entries(cut))("%s", async (_, pieces) => {
    const { text, error } = await outcome(stream(pieces));
    expect(text).toBe("Hållö");
    expect(error).toBeInstanceOf(APIConnectionError);
    expect(String(error)).toMatch(/broke off/);
  });

  it("without any event", async () => {
    expect((await outcome(stream([]))).error).toBeInstanceOf(APIConnectionError);
  });

  it("reset in the middle", async () => {
    const reply: Answer = (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(HALLO[0], () => response.socket?.resetAndDestroy());
    };
    const { text, error } = await outcome(reply);
    expect(text).toBe("Hå");
    expect(error).toBeInstanceOf(APIConnectionError);
    expect(error).toHaveProperty("cause");
  });

  it("of something else than JSON", async () => {
    const { text, error } = await outcome(stream([HALLO[0] ?? "", "data: {oops\n\n"]));
    expect(text).toBe("Hå");
    expect(error).toBeInstanceOf(APIError);
    expect(String(error)).toMatch(/not JSON.*\{oops/);
  });

  it("with an error in an event", async () => {
    const error = {
      message: "The upstream went away.",
      type: "server_error",
      code: "upstream_error",
      param: null,
    };
    const result = await outcome(stream([HALLO[0] ?? "", frame({ error }), frame("[DONE]")]));
    expect(result.text).toBe("Hå");
    expect(result.error).toBeInstanceOf(APIError);
    expect(result.error).toMatchObject({ ...error, message: "200 The upstream went away." });
  });

  it.each([
    ["JSON", '{"message": "gone"}'],
    ["an error object", '{"error": {"message": "gone"}}'],
    ["text", "gone"],
  ])("with `event: error` and %s", async (_, data) => {
    const { error } = await outcome(stream([`event: error\n${frame(data)}`]));
    expect(error).toBeInstanceOf(APIError);
    expect(String(error)).toBe("APIError: 200 gone");
  });

  it("silent for longer than the timeout", async () => {
    const { passes, start } = openStill();
    const reading = readAll(await start({ timeout: 1000 }));
    await passes(1001);
    const { text, error } = await reading;
    expect(text).toBe("Hå");
    expect(error).toBeInstanceOf(APIConnectionTimeoutError);
    expect(String(error)).toMatch(/1000 ms/);
  });
});

it("the timeout leaves out the time that the reader takes", async () => {
  const { passes, start } = openStill(HALLO);
  const chunks = await start({ timeout: 1000 });
  await passes(5000);
  let text = "";
  for await (const { choices } of chunks) {
    text += choices[0]?.delta.content ?? "";
    await passes(5000);
  }
  expect(text).toBe("Hållö");
});

it("the chunks that came together before the server fell silent are all read, once the answer is complete", async () => {
  const together = ["b", "c", "d"].map((content) => frame(chunk(content)).trimEnd()).join("\n");
  const { passes, start } = openStill([frame(chunk("a", "stop")), `${together}\n`]);
  const reading = readAll(await start({ timeout: 1000 }));
  await passes(1001);
  expect(await reading).toEqual({ text: "abcd", error: undefined });
});

describe("answers to a stream request that are not streams", () => {
  const cases: [string, Answer, RegExp][] = [
    [
      "JSON without choices",
      answer(200, { id: "1" }),
      /application\/json, not a stream of events: \{"id":"1"\}/,
    ],
    ["an error with status 200", answer(200, { error: { message: "No such model." } }), /No such model/],
    ["JSON, spelt otherwise", answer(200, {}, { "content-type": "Application/JSON" }), /json, not a stream/],
    ["HTML", answer(200, "<h1>Login</h1>", { "content-type": "text/html" }), /text\/html.* Login/],
    ["nothing", answer(204), /empty/],
  ];
  it.each(cases)("%s", async (_, reply, message) => {
    const { start } = await open(reply);
    const error = await start().then(String, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APIError);
    expect(String(error)).toMatch(message);
  });

  it.each([{}, { "content-type": "text/event-stream" }])("an error that is called %o", async (headers) => {
    const reply: Answer = (response) =>
      response.writeHead(200, headers).end('{"error": {"message": "No quota.", "code": 7}}');
    const { error } = await outcome(reply);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({
      code: "7",
      message: expect.stringMatching(/not a stream of events: No quota/),
    });
  });

  it("a status of failure", async () => {
    const { start } = await open(answer(404, { error: { message: "No such model." } }));
    await expect(start()).rejects.toThrow(NotFoundError);
  });
});

describe("leaving early", () => {
  it("break closes the connection", async () => {
    const { start, received } = await open(stream(HALLO, { open: true }));
    for await (const _ of await start()) break;
    expect(await received[0]?.cut).toBe(true);
  });

  it("abort ends the wait for a body that ignores the signal", async () => {
    const { passes, start } = openStill();
    const chunks = await start();
    const reading = readAll(chunks);
    await passes(1);
    chunks.controller.abort();
    const { text, error } = await reading;
    expect(text).toBe("Hå");
    expect(error).toBeInstanceOf(APIUserAbortError);
  });

  it.each(["signal", "controller"])("abort by the %s closes the connection and raises", async (by) => {
    const { start, received } = await open(stream(HALLO.slice(0, 1), { open: true }));
    const controller = new AbortController();
    const chunks = await start({ signal: controller.signal });
    const reading = chunks[Symbol.asyncIterator]();
    await reading.next();
    const pending = reading.next();
    (by === "signal" ? controller : chunks.controller).abort(new Error("enough"));
    const error = await pending.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APIUserAbortError);
    expect(error).toHaveProperty("cause.message", "enough");
    expect(await received[0]?.cut).toBe(true);
  });

  it("abort takes effect between two chunks of one read", async () => {
    const { start } = await open(stream([HALLO.join("")]));
    const chunks = await start();
    let seen = 0;
    const reading = (async () => {
      for await (const _ of chunks) if (++seen === 1) chunks.controller.abort();
    })();
    await expect(reading).rejects.toThrow(APIUserAbortError);
    expect(seen).toBe(1);
  });

  it("lets go of the caller's signal at the end", async () => {
    const { start } = await open(stream(HALLO));
    const controller = new AbortController();
    const chunks = await start({ signal: controller.signal });
    await readAll(chunks);
    controller.abort();
    expect(chunks.controller.signal.aborted).toBe(false);
  });

  it("listens to its signal once, until it ends", async () => {
    const { start } = await open(stream(HALLO));
    const chunks = await start();
    // `fetch` listens too.
    const listeners = () => getEventListeners(chunks.controller.signal, "abort").length;
    const before = listeners();
    const iterator = chunks[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    expect(listeners()).toBe(before);
    while (!(await iterator.next()).done);
    expect(listeners()).toBe(before - 1);
  });

  it("is read once", async () => {
    const { start } = await open(stream(HALLO));
    const chunks = await start();
    await readAll(chunks);
    expect(String((await readAll(chunks)).error)).toMatch(/only once/);
  });

  it("is not tried again once it has begun", async () => {
    const { start, received } = await open(stream(HALLO.slice(0, 1)), { maxRetries: 3 });
    expect((await readAll(await start())).error).toBeInstanceOf(APIConnectionError);
    expect(received).toHaveLength(1);
  });
});

it("asks for events, and for JSON as the form of errors", async () => {
  const { start, received } = await open(stream(HALLO));
  await readAll(await start());
  expect(received[0]).toMatchObject({
    method: "POST",
    url: "/v1/chat/completions",
    headers: { accept: "text/event-stream, application/json;q=0.9", "content-type": "application/json" },
  });
  expect(JSON.parse(received[0]?.body ?? "")).toEqual(request);
});

it("tries a stream again that was refused at first", async () => {
  const server = await serve(answer(503, {}, { "retry-after-ms": "1" }), stream(HALLO));
  const client = new Routescope({ apiKey: "k", baseURL: server.url });
  expect((await readAll(await client.chat.completions.create(request))).text).toBe("Hållö");
});

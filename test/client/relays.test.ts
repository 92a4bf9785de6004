/** What relays send that no document describes, read by the client as what it means. */
import { once } from "node:events";
import { Readable } from "node:stream";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { APIConnectionError, APIError, type ClientOptions, Routescope } from "../../generated/client.ts";
import { type Answer, answer, frame, serve, stream } from "./server.ts";

const KEY = "sk-a-key-that-is-long";
const body = { model: "m", messages: [{ role: "user" as const, content: "Hi" }] };
const chunk = (content: string, finish: string | null = null) => ({
  id: "c",
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta: { content }, finish_reason: finish }],
});
const deltas = (delta: object) => ({ choices: [{ index: 0, delta, finish_reason: null }] });
const whole = {
  id: "c",
  object: "chat.completion",
  choices: [{ index: 0, message: { role: "assistant", content: "Hallo" }, finish_reason: "stop" }],
};
const HALLO = [frame(chunk("Hal")), frame(chunk("lo", "stop")), frame("[DONE]")];

async function connect(replies: Answer | Answer[], options: ClientOptions = {}) {
  const { url, received } = await serve(...[replies].flat());
  const { chat } = new Routescope({ apiKey: KEY, baseURL: url, maxRetries: 0, ...options });
  return { received, completions: chat.completions };
}

/** What the README's loop reads, and what it throws. */
async function read(chunks: AsyncIterable<{ choices: { delta: { content?: string | null } }[] }>) {
  let text = "";
  try {
    for await (const part of chunks) text += part.choices[0]?.delta.content ?? "";
  } catch (error) {
    return { text, error };
  }
  return { text, error: undefined };
}

/** Both ways of reading one stream. */
async function outcomes(reply: Answer, options?: ClientOptions) {
  const { completions } = await connect(reply, options);
  const iterated = await completions
    .create({ ...body, stream: true })
    .then(read, (error) => ({ text: "", error }));
  const joined = await completions
    .stream(body)
    .finalContent()
    .then(
      (text) => ({ text, error: undefined }),
      (error: unknown) => ({ text: undefined, error }),
    );
  return [iterated, joined] as const;
}

const typed =
  (type: string | undefined, text: string, more: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(200, { ...(type && { "content-type": type }), ...more }).end(text);

describe("a stream is read", () => {
  it.each<[string, Answer]>([
    ["labelled as JSON", typed("application/json", HALLO.join(""))],
    ["labelled as text", typed("text/plain", HALLO.join(""))],
    ["without a label", typed(undefined, HALLO.join(""))],
    ["that ends by `data: DONE`", stream([...HALLO.slice(0, 2), "data: DONE\n\n"])],
    ["that ends by `data:[DONE]`", stream([...HALLO.slice(0, 2), "data:[DONE]\n\n"])],
    ["that ends by `[DONE]` alone", stream([...HALLO.slice(0, 2), "[DONE]\n\n"])],
    ["with one line break between the events", stream([HALLO.join("").replaceAll("\n\n", "\n")])],
    ["of JSON lines", stream([`${JSON.stringify(chunk("Hal"))}\n${JSON.stringify(chunk("lo", "stop"))}\n`])],
    [
      "with signals that keep it alive",
      stream([
        'event: ping\ndata: {"type":"ping"}\n\n',
        "event: ping\ndata: alive\n\n",
        "retry: 5\n\n",
        'data: {"type":"ping"}\n\n',
        "data: null\n\n",
        ...HALLO,
      ]),
    ],
    [
      "with choices that lack a delta, and chunks that lack choices",
      stream([
        frame({ choices: null }),
        HALLO[0]!,
        frame({ usage: {} }),
        frame({ choices: [{ index: 0, content_filter: {} }] }),
        HALLO[1]!,
      ]),
    ],
    ["that is a complete answer", answer(200, whole)],
    [
      "that is a complete answer, called a stream",
      typed("text/event-stream", JSON.stringify(whole, null, 2)),
    ],
    ["that is a complete answer in an event", stream([frame(whole)])],
    ["with words between the events", stream([HALLO[0]!, "warming up\n", ...HALLO.slice(1)])],
    [
      "of JSON over several lines, of which only the first is marked as data",
      stream([chunk("Hal"), chunk("lo", "stop")].map((one) => `data: ${JSON.stringify(one, null, 2)}\n\n`)),
    ],
    ["whose fields are indented", stream([HALLO.join("").replaceAll("data:", "  data:")])],
    ["whose fields have capitals", stream([HALLO.join("").replaceAll("data:", "Data:")])],
    ["whose fields are doubled", stream([HALLO.join("").replaceAll("data:", "data: data:")])],
    [
      "of two chunks in one event",
      stream([
        `data: ${HALLO.slice(0, 2)
          .join("")
          .replace(/data: |\n/g, "")}\n\n`,
      ]),
    ],
    ["of a list of chunks", stream([frame([chunk("Hal"), chunk("lo", "stop")])])],
    ...["[done]", '"[DONE]"', "<DONE>", "[END]", "data: [DONE]"].map((end): [string, Answer] => [
      `that ends by \`data: ${end}\``,
      stream([...HALLO.slice(0, 2), `data: ${end}\n\n`]),
    ]),
    ...["[]", '""', ": working", "ping", "[PING]", "keep-alive"].map((sign): [string, Answer] => [
      `kept alive by \`data: ${sign}\``,
      stream([`data: ${sign}\n\n`, HALLO[0]!, `data: ${sign}\n\n`, ...HALLO.slice(1)]),
    ]),
    ["whose reason is `null` as text", stream([frame(chunk("Hal", "null")), ...HALLO.slice(1)])],
    [
      "of content that is one part",
      stream([frame(deltas({ content: { type: "text", text: "Hal" } })), ...HALLO.slice(1)]),
    ],
    [
      "of content whose text has a value",
      stream([frame(deltas({ content: [{ text: { value: "Hal" } }] })), ...HALLO.slice(1)]),
    ],
    ["that repeats the message at the end", stream([HALLO[0]!, frame(chunk("lo")), frame(whole)])],
    ["after comments, labelled as JSON", typed("application/json", `: wait\n\n${JSON.stringify(whole)}`)],
  ])("%s", async (_, reply) => {
    const result = { text: "Hallo", error: undefined };
    expect(await outcomes(reply)).toEqual([result, result]);
  });

  it("event by event although it is labelled as JSON", async () => {
    const { completions } = await connect(async (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write(HALLO[0]);
    });
    const chunks = await completions.create({ ...body, stream: true });
    for await (const { choices } of chunks) {
      expect(choices[0]?.delta.content).toBe("Hal");
      break;
    }
  });

  it("although nobody asked for one", async () => {
    const { completions } = await connect(stream(HALLO));
    const { object, choices } = await completions.create(body);
    expect({ object, text: choices[0]?.message.content }).toEqual({
      object: "chat.completion",
      text: "Hallo",
    });
  });
});

describe("an error in a stream is thrown with the server's words", () => {
  const said = '{"code":500,"message":"out of memory"}';
  it.each<[string, string[]]>([
    ["a flat object", [HALLO[0]!, frame(said)]],
    ["`object: error`", [frame({ object: "error", message: "out of memory" }), "data: [DONE]\n\n"]],
    [
      "`base_resp`",
      [frame({ id: "x", choices: null, base_resp: { status_code: 1, status_msg: "out of memory" } })],
    ],
    ["`event: error` with details", ['event: error\ndata: {"details":"out of memory"}\n\n']],
    ["a field named error", [HALLO[0]!, `error: ${said}\n\n`]],
    ["a list", [frame([{ error: { message: "out of memory" } }])]],
    ["bare JSON at the start", [said]],
    ["bare JSON in the middle", [HALLO[0]!, `${said}\n\n`]],
    [
      "JSON over several lines, in several reads",
      [HALLO[0]!, '{\n  "error": {\n    "mess', 'age": "out of memory"\n  }\n}\n', HALLO[1]!],
    ],
    ["bare text", ["out of memory, sorry\n"]],
    ["bare text after a chunk", [HALLO[0]!, "out of memory, sorry\n\n"]],
    ["text as data", [HALLO[0]!, "data: error: out of memory\n\n"]],
    [
      "the field of a choice",
      [
        HALLO[0]!,
        frame({
          choices: [{ index: 0, delta: {}, finish_reason: "error", error: { message: "out of memory" } }],
        }),
      ],
    ],
    ["members with capitals", [HALLO[0]!, frame({ Error: { Message: "out of memory" } })]],
    ["`err`", [HALLO[0]!, frame({ err: "out of memory" })]],
    ["`errmsg`", [HALLO[0]!, frame({ errcode: 7, errmsg: "out of memory" })]],
    ["a fault", [HALLO[0]!, frame({ fault: { faultstring: "out of memory" } })]],
    [
      "a form that nobody knows, before the end",
      [HALLO[0]!, frame({ state: { note: "out of memory" } }), frame("[DONE]")],
    ],
    [
      "a member beside the choices, before the end",
      [HALLO[0]!, frame({ ...chunk(""), x_groq: { error: "out of memory" } }), frame("[DONE]")],
    ],
    ["a page", ["<html><title>out of memory</title>"]],
    [
      "written behind an open chunk",
      [`data: ${JSON.stringify(chunk("Hal"))}\n`, frame({ error: { message: "out of memory" } })],
    ],
    ["written into an open chunk", ['data: {"id":"c","choi', frame({ error: { message: "out of memory" } })]],
  ])("%s", async (_, pieces) => {
    for (const { error } of await outcomes(stream(pieces))) {
      expect(error).toBeInstanceOf(APIError);
      expect(String(error)).toContain("out of memory");
    }
  });

  it("without the key that it repeats, and with the ID of the request", async () => {
    const reply: Answer = (response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "x-request-id": "req_1" });
      response.end(frame({ error: { message: `Wrong key ${KEY}`, key: KEY } }));
    };
    for (const { error } of await outcomes(reply)) {
      expect(error).toMatchObject({
        message: "200 Wrong key ***",
        error: { key: "***" },
        request_id: "req_1",
      });
    }
  });

  it("and a stream that was cut has the ID of the request too", async () => {
    const reply = typed("text/event-stream", HALLO[0]!, { "x-request-id": "req_1" });
    for (const { error } of await outcomes(reply)) {
      expect(error).toBeInstanceOf(APIConnectionError);
      expect(error).toMatchObject({ request_id: "req_1" });
    }
  });
});

describe("an answer", () => {
  it.each([
    [{ code: 404, message: "no such model", object: "error" }],
    [{ code: 401, msg: "no such model", success: false }],
    [[{ error: { message: "no such model" } }]],
    [{ choices: null, base_resp: { status_code: 1, status_msg: "no such model" } }],
  ])("with status 200 that is an error is thrown: %j", async (said) => {
    const { completions } = await connect(answer(200, said));
    const error = await completions.create(body).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ status: 200, message: "200 no such model", error: said });
  });

  it.each([[null], [true], [[]], [{}], ["no"], [{ id: "x", choices: null }], [{ state: { note: "no" } }]])(
    "with status 200 without choices is an error that shows what came: %j",
    async (said) => {
      const { completions } = await connect(answer(200, JSON.stringify(said)));
      const error = await completions.create(body).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(APIError);
      expect(String(error)).toContain("200 The answer has no choices:");
      if (JSON.stringify(said).includes("no")) expect(String(error)).toMatch(/choices: .*no/);
    },
  );

  it("with null in place of a list of models is handed out", async () => {
    const { url } = await serve(answer(200, { object: "list", data: null }));
    const { models } = new Routescope({ apiKey: KEY, baseURL: url, maxRetries: 0 });
    expect(await models.list()).toEqual({ object: "list", data: null });
  });

  it("whose choice failed is thrown", async () => {
    const failed = { index: 0, message: { content: "" }, error: { code: 502, message: "upstream is down" } };
    const { completions } = await connect(answer(200, { choices: [failed] }));
    const error = await completions.create(body).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: "200 upstream is down", code: "502" });
  });

  it("of the list of models is told from an error by its list", async () => {
    const { url } = await serve(
      answer(200, { code: 401, msg: "expired" }),
      answer(200, { data: [], message: "success" }),
    );
    const { models } = new Routescope({ apiKey: KEY, baseURL: url, maxRetries: 0 });
    await expect(models.list()).rejects.toThrow("200 expired");
    expect(await models.list()).toMatchObject({ data: [] });
  });

  it("with content in parts and arguments as an object has both as text", async () => {
    const call = { id: "1", type: "function", function: { name: "f", arguments: { a: 1 } } };
    const message = { role: "assistant", content: [{ type: "text", text: "Hi" }], tool_calls: [call] };
    const { completions } = await connect(
      answer(200, { choices: [{ index: 0, message, finish_reason: "stop" }] }),
    );
    const { choices } = await completions.create(body);
    expect(choices[0]?.message).toMatchObject({
      content: "Hi",
      tool_calls: [{ function: { arguments: '{"a":1}' } }],
    });
  });
});

describe("the end of a stream", () => {
  /** The connection is lost once what came has been read. */
  const lost = async () => {
    const parts = [new TextEncoder().encode(HALLO.slice(0, 2).join(""))];
    const pull = (sink: ReadableStreamDefaultController) => {
      const part = parts.shift();
      if (part) sink.enqueue(part);
      else sink.error(new TypeError("terminated"));
    };
    return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
  };

  it("is the reason of every choice, however the connection ends", async () => {
    const result = { text: "Hallo", error: undefined };
    expect(await outcomes(stream([]), { fetch: lost })).toEqual([result, result]);
    const silent = stream(HALLO.slice(0, 2), { open: true });
    expect(await outcomes(silent, { timeout: 1000 })).toEqual([result, result]);
  });

  it("without any reason is an error, unless the client does not ask for one", async () => {
    const reply = stream([frame(chunk("Hal")), frame(chunk("lo")), frame("[DONE]")]);
    for (const { error } of await outcomes(reply)) expect(error).toBeInstanceOf(APIConnectionError);
    const lenient = await outcomes(reply, { requireFinish: false });
    expect(lenient.map(({ text }) => text)).toEqual(["Hallo", "Hallo"]);
    const cut = await outcomes(stream([frame(chunk("Hal"))]), { requireFinish: false });
    for (const { error } of cut) expect(error).toBeInstanceOf(APIConnectionError);
  });

  it("of the body of asResponse() comes with the caller's abort", async () => {
    const { completions, received } = await connect(stream(HALLO.slice(0, 1), { open: true }));
    const controller = new AbortController();
    const response = await completions
      .create({ ...body, stream: true }, { signal: controller.signal })
      .asResponse();
    const reader = response.body!.getReader();
    await reader.read();
    controller.abort();
    await expect(reader.read()).rejects.toThrow();
    expect(await received[0]?.cut).toBe(true);
  });

  it("is not an error when the reader leaves while a read is pending", async () => {
    const { completions, received } = await connect(stream(HALLO.slice(0, 1), { open: true }));
    const chunks = completions.stream(body);
    const errors: unknown[] = [];
    chunks.on("error", (error) => errors.push(error));
    const iterator = chunks[Symbol.asyncIterator]();
    await iterator.next();
    const pending = iterator.next();
    await iterator.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(errors).toEqual([]);
    expect(await received[0]?.cut).toBe(true);
  });
});

describe("a redirect", () => {
  it.each([301, 302, 303])(
    "by %i, which would turn POST into GET, is an error that says so",
    async (status) => {
      const { completions, received } = await connect(
        answer(status, "", { location: "https://example.com/v1?k=1" }),
        {
          maxRetries: 2,
        },
      );
      await expect(completions.create(body)).rejects.toThrow(
        `${status} The server redirects to https://example.com/v1, which would turn POST into GET. Correct the base URL.`,
      );
      expect(received).toHaveLength(1);
    },
  );

  it.each([307, 308])(
    "by %i is followed with the body, and without the key to another origin",
    async (status) => {
      const other = await serve(answer(200, whole));
      const { completions } = await connect(answer(status, "", { location: `${other.url}/v1/elsewhere` }));
      expect((await completions.create(body)).id).toBe("c");
      expect(other.received[0]).toMatchObject({ method: "POST", body: JSON.stringify(body) });
      expect(other.received[0]?.headers).not.toHaveProperty("authorization");
    },
  );

  it("to what is not an address is an error with the status", async () => {
    const { completions } = await connect(answer(308, "", { location: "http://" }));
    const error = await completions.create(body).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 308, message: expect.stringContaining("what is not an address") });
  });

  it("without end is an error", async () => {
    const { completions, received } = await connect(answer(307, "", { location: "/v1/again" }));
    await expect(completions.create(body)).rejects.toThrow(/redirected too often/);
    expect(received).toHaveLength(6);
  });
});

describe("a connection that fails", () => {
  it("names the host, the port and the cause", async () => {
    const { chat } = new Routescope({ apiKey: KEY, baseURL: "http://nowhere.invalid:81", maxRetries: 0 });
    const error = await chat.completions.create(body).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APIConnectionError);
    expect(String(error)).toMatch(
      /^APIConnectionError: Connection error: nowhere.invalid:81 .*(ENOTFOUND|EAI_AGAIN)/,
    );
  });

  it("names the certificate that is not trusted", async () => {
    const cause = Object.assign(new Error("self-signed certificate"), {
      code: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
    const fetch = async () => {
      throw new TypeError("fetch failed", { cause });
    };
    const { models } = new Routescope({ apiKey: KEY, baseURL: "https://a.example", maxRetries: 0, fetch });
    await expect(models.list()).rejects.toThrow(
      "Connection error: a.example:443 DEPTH_ZERO_SELF_SIGNED_CERT self-signed certificate",
    );
  });
});

describe("runtimes", () => {
  it("without Promise.withResolvers, Array.fromAsync, AbortSignal.any and URL.canParse", async () => {
    const lacking = [
      [Promise, "withResolvers"],
      [Array, "fromAsync"],
      [AbortSignal, "any"],
      [URL, "canParse"],
      [Array.prototype, "toSpliced"],
    ] as const;
    for (const [owner, name] of lacking) {
      const kept = Object.getOwnPropertyDescriptor(owner, name)!;
      onTestFinished(() => void Object.defineProperty(owner, name, kept));
      Reflect.deleteProperty(owner, name);
    }
    const result = { text: "Hallo", error: undefined };
    expect(await outcomes(stream(HALLO))).toEqual([result, result]);
    const { completions } = await connect(stream(HALLO));
    const [left, right] = (await completions.create({ ...body, stream: true })).tee();
    expect([(await read(left)).text, (await read(right)).text]).toEqual(["Hallo", "Hallo"]);
  });

  it("whose responses have no body to read, and which have no TextDecoder, as React Native", async () => {
    for (const name of ["TextDecoder", "TextEncoder"]) vi.stubGlobal(name, undefined);
    onTestFinished(() => void vi.unstubAllGlobals());
    const fetch = async (_: string, init: RequestInit) => {
      const streamed = String(init.body).includes('"stream":true');
      const response = new Response(streamed ? HALLO.join("") : JSON.stringify(whole));
      Object.defineProperty(response, "body", { value: undefined });
      return response;
    };
    const { chat } = new Routescope({ apiKey: KEY, fetch });
    expect((await chat.completions.create(body)).choices[0]?.message.content).toBe("Hallo");
    expect(await read(await chat.completions.create({ ...body, stream: true }))).toEqual({
      text: "Hallo",
      error: undefined,
    });
  });

  it("whose responses have a stream of Node's as their body, as node-fetch's", async () => {
    const fetch = async (_: string, init: RequestInit) => {
      const streamed = String(init.body).includes('"stream":true');
      const response = new Response("");
      const text = streamed ? HALLO.join("") : JSON.stringify(whole);
      Object.defineProperty(response, "body", { value: Readable.from([Buffer.from(text)]) });
      return response;
    };
    const { chat } = new Routescope({ apiKey: KEY, fetch });
    expect((await chat.completions.create(body)).choices[0]?.message.content).toBe("Hallo");
    const streamed = await chat.completions.create({ ...body, stream: true });
    expect(await read(streamed)).toEqual({ text: "Hallo", error: undefined });
  });

  it.each(["without middleware", "with middleware"])("as React Native's, %s", async (how) => {
    const response = new Response(JSON.stringify(whole));
    Object.defineProperty(response, "body", { value: undefined });
    // Its `Request` has no body either. Without middleware none is made.
    class PlainRequest {
      constructor(url: string, { method, headers, signal }: RequestInit) {
        Object.assign(this, { url, method, headers: new Headers(headers), signal, bodyUsed: false });
      }
    }
    vi.stubGlobal("Request", how === "with middleware" ? PlainRequest : undefined);
    const lacking = ["ReadableStream", "performance", "TextDecoder", "TextEncoder", "AggregateError"];
    for (const name of lacking) vi.stubGlobal(name, undefined);
    onTestFinished(() => void vi.unstubAllGlobals());
    const sent: unknown[] = [];
    const fetch = async (_: string, init: RequestInit) => {
      sent.push(init.body);
      return response;
    };
    const { chat, http } = new Routescope({ apiKey: KEY, fetch });
    if (how === "with middleware") http.use({ onRequest: () => undefined });
    expect((await chat.completions.create(body)).choices[0]?.message.content).toBe("Hallo");
    expect(sent).toEqual([JSON.stringify(body)]);
  });

  it("whose fetch throws what is not an error, without AggregateError", async () => {
    vi.stubGlobal("AggregateError", undefined);
    onTestFinished(() => void vi.unstubAllGlobals());
    const fetch = async () => {
      throw "offline";
    };
    const { models } = new Routescope({ apiKey: KEY, baseURL: "http://a.example", fetch, maxRetries: 0 });
    await expect(models.list()).rejects.toThrow("Connection error: a.example:80 offline");
  });

  it("with a fetch written for the openai package: a URL, and all else in init", async () => {
    const server = await serve(answer(200, whole));
    const fetch = (url: string | URL | Request, init?: RequestInit) =>
      globalThis.fetch(url, { ...init, headers: [...new Headers(init?.headers), ["x-mine", "1"]] });
    const { chat, http } = new Routescope({ apiKey: KEY, baseURL: server.url, fetch });
    http.use({
      onRequest: ({ request }) =>
        new Request(request, { headers: { ...Object.fromEntries(request.headers), "x-other": "1" } }),
    });
    await chat.completions.create(body);
    expect(server.received[0]).toMatchObject({
      method: "POST",
      body: JSON.stringify(body),
      headers: {
        authorization: `Bearer ${KEY}`,
        "x-mine": "1",
        "x-other": "1",
        "content-type": "application/json",
      },
    });
  });
});

describe("tee", () => {
  it("keeps nothing for a branch that was left, and closes the connection when both were", async () => {
    const { completions, received } = await connect(stream(HALLO.slice(0, 1), { open: true }));
    const [left, right] = (await completions.create({ ...body, stream: true })).tee();
    for await (const _ of left) break;
    const closed = received[0]!.cut;
    for await (const _ of right) break;
    expect(await closed).toBe(true);
  });

  it("gives the rest to the other branch, with the answer put together", async () => {
    const { completions } = await connect(stream(HALLO));
    const [left, right] = (await completions.create({ ...body, stream: true })).tee();
    for await (const _ of left) break;
    expect(await right.finalContent()).toBe("Hallo");
  });
});

describe("what a listener throws", () => {
  /** The first unhandled rejection, in place of the test runner's own listeners. */
  const unhandled = async (act: () => void) => {
    const listeners = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    onTestFinished(() => {
      process.removeAllListeners("unhandledRejection");
      for (const listener of listeners) process.on("unhandledRejection", listener);
    });
    const told = once(process, "unhandledRejection");
    act();
    return (await told)[0];
  };

  it("is an unhandled rejection if nobody asks for the end, as is an error of the stream", async () => {
    const { completions } = await connect(stream(HALLO));
    const thrown = new Error("of a listener");
    const fail = () => {
      throw thrown;
    };
    expect(await unhandled(() => completions.stream(body).on("content", fail))).toBe(thrown);
    expect(await unhandled(() => completions.stream(body).on("finalChatCompletion", fail))).toBe(thrown);
    const cut = await connect(stream(HALLO.slice(0, 1)));
    const error = await unhandled(() => cut.completions.stream(body).on("content", () => {}));
    expect(error).toBeInstanceOf(APIConnectionError);
  });

  it("ends the stream for a reader who asks for its end", async () => {
    const { completions, received } = await connect(stream(HALLO.slice(0, 1), { open: true }));
    const streamed = completions.stream(body).on("content", () => {
      throw new Error("of a listener");
    });
    await expect(streamed.finalChatCompletion()).rejects.toThrow("of a listener");
    expect(await received[0]?.cut).toBe(true);
  });
});

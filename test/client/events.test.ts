/** What `chat.completions.stream()` tells its listeners and gives to those who ask. */
import { describe, expect, it } from "vitest";
import {
  APIConnectionError,
  APIUserAbortError,
  AuthenticationError,
  ChatCompletionStream,
  Routescope,
  Stream,
} from "../../generated/client.ts";
import { type Answer, answer, frame, serve, stream } from "./server.ts";

const body = { model: "m", messages: [{ role: "user" as const, content: "Hi" }] };
const chunk = (content: string, finish: string | null = null) =>
  frame({ id: "c", choices: [{ index: 0, delta: { role: "assistant", content }, finish_reason: finish }] });
const HALLO = [chunk("Hal"), chunk("lo", "stop"), frame("[DONE]")];
const EVENTS = [
  ...([
    "connect",
    "chunk",
    "content",
    "message",
    "finalChatCompletion",
    "finalMessage",
    "finalContent",
  ] as const),
  ...(["error", "abort", "end"] as const),
];

async function open(reply: Answer) {
  const { url, received } = await serve(reply);
  const { completions } = new Routescope({ apiKey: "k", baseURL: url, maxRetries: 0 }).chat;
  const streamed = completions.stream(body);
  const told: [string, ...unknown[]][] = [];
  // Snapshots go on changing: a copy shows what they were.
  for (const name of EVENTS)
    streamed.on(name, (...args: unknown[]) => told.push([name, ...structuredClone(args)]));
  return { streamed, told, received, completions };
}

describe("a complete stream", () => {
  it("tells of each event in order, with what belongs to it", async () => {
    const { streamed, told } = await open(stream(HALLO));
    expect(streamed).toBeInstanceOf(ChatCompletionStream);
    expect(streamed).toBeInstanceOf(Stream);
    await streamed.done();
    expect(told.map(([name]) => name).join(" ")).toBe(
      "connect chunk content chunk content message finalChatCompletion finalMessage finalContent end",
    );
    const message = { role: "assistant", content: "Hallo" };
    expect(told.filter(([name]) => name === "content")).toEqual([
      ["content", "Hal", "Hal"],
      ["content", "lo", "Hallo"],
    ]);
    expect(told.find(([name]) => name === "message")).toEqual(["message", message]);
    expect(told.find(([name]) => name === "finalContent")).toEqual(["finalContent", "Hallo"]);
    expect(told.find(([name]) => name === "chunk")?.[2]).toMatchObject({
      choices: [{ message: { content: "Hal" } }],
    });
    expect(await streamed.finalMessage()).toEqual(message);
    expect(await streamed.finalContent()).toBe("Hallo");
    expect(await streamed.finalChatCompletion()).toMatchObject({ id: "c", object: "chat.completion" });
    expect(await streamed.final()).toBe(await streamed.finalChatCompletion());
    expect(streamed.currentChatCompletionSnapshot).toBe(await streamed.final());
  });

  it("that nobody reads keeps no timer, which would keep the process alive", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const fetch = async () => new Response(HALLO.join(""));
    const { completions } = new Routescope({ apiKey: "k", fetch }).chat;
    const before = timers();
    const streamed = completions.stream(body);
    await completions.create({ ...body, stream: true });
    for (let turn = 0; timers() > before && turn < 1000; turn++) await new Promise(setImmediate);
    expect(timers()).toBeLessThanOrEqual(before);
    expect(await streamed.finalContent()).toBe("Hallo");
  });

  it("asks for a stream, whatever the body says", async () => {
    const { streamed, received } = await open(stream(HALLO));
    await streamed.done();
    expect(JSON.parse(received[0]!.body)).toEqual({ ...body, stream: true });
  });

  it("tells a listener once, or no more, and gives the next event as a promise", async () => {
    const { url } = await serve(stream(HALLO));
    const streamed = new Routescope({ apiKey: "k", baseURL: url }).chat.completions.stream(body);
    const seen: string[] = [];
    const never = () => expect.unreachable();
    streamed
      .once("content", (delta) => seen.push(delta))
      .on("content", never)
      .off("content", never);
    expect(await streamed.emitted("content")).toEqual(["Hal", "Hal"]);
    expect(await streamed.emitted("finalContent")).toBe("Hallo");
    expect(seen).toEqual(["Hal"]);
  });

  it("can be iterated beside its listeners, and knows the answer so far", async () => {
    const { streamed, told } = await open(stream(HALLO));
    const texts: unknown[] = [];
    for await (const _ of streamed)
      texts.push(streamed.currentChatCompletionSnapshot?.choices[0]?.message.content);
    expect(texts).toEqual(["Hal", "Hallo"]);
    expect(told.at(-1)?.[0]).toBe("end");
  });
});

describe("a stream that fails", () => {
  it("tells of the error and the end, and rejects what was asked for", async () => {
    const { streamed, told } = await open(stream(HALLO.slice(0, 1)));
    await expect(streamed.finalContent()).rejects.toBeInstanceOf(APIConnectionError);
    await expect(streamed.done()).rejects.toMatchObject({
      partial: { choices: [{ message: { content: "Hal" } }] },
    });
    await expect(streamed.emitted("finalContent")).rejects.toBeInstanceOf(APIConnectionError);
    expect(told.map(([name]) => name).join(" ")).toBe("connect chunk content error end");
  });

  it("before it is connected tells so too, to listeners and to the reader", async () => {
    const refused = answer(401, { error: { message: "No key." } });
    const { streamed, told, completions } = await open(refused);
    await expect(streamed.final()).rejects.toBeInstanceOf(AuthenticationError);
    expect(told.map(([name]) => name).join(" ")).toBe("error end");
    const read = async () => {
      for await (const _ of completions.stream(body)) expect.unreachable();
    };
    await expect(read()).rejects.toBeInstanceOf(AuthenticationError);
  });

  it.each(["before", "after"])("by abort() %s it is connected tells of that", async (when) => {
    const { streamed, told, received } = await open(stream(HALLO.slice(0, 1), { open: true }));
    if (when === "after") await streamed.emitted("content");
    streamed.abort();
    await expect(streamed.final()).rejects.toBeInstanceOf(APIUserAbortError);
    expect(told.map(([name]) => name)).toEqual([
      ...(when === "after" ? ["connect", "chunk", "content"] : []),
      "abort",
      "end",
    ]);
    expect(streamed.controller.signal.aborted).toBe(true);
    if (when === "after") expect(await received[0]?.cut).toBe(true);
  });

  it("lets go of the caller's signal", async () => {
    const { url } = await serve(stream(HALLO));
    const { completions } = new Routescope({ apiKey: "k", baseURL: url }).chat;
    const controller = new AbortController();
    const streamed = completions.stream(body, { signal: controller.signal });
    await streamed.done();
    controller.abort();
    expect(streamed.controller.signal.aborted).toBe(false);
  });
});

describe("a stream of create()", () => {
  it("keeps nothing: what was read before is not part of an answer that is asked for later", async () => {
    const { url } = await serve(stream(HALLO));
    const { completions } = new Routescope({ apiKey: "k", baseURL: url }).chat;
    const streamed = await completions.create({ ...body, stream: true });
    for await (const _ of streamed) expect(streamed.currentChatCompletionSnapshot).toBeUndefined();
    expect(() => streamed.finalChatCompletion()).toThrow(/call `stream\(\)`/);
    expect(() => streamed.on("content", () => {})).toThrow(/call `stream\(\)`/);
  });

  it("puts the answer together if that is asked for before it is read", async () => {
    const { url } = await serve(stream(HALLO));
    const { completions } = new Routescope({ apiKey: "k", baseURL: url }).chat;
    const streamed = await completions.create({ ...body, stream: true });
    const deltas: string[] = [];
    streamed.on("content", (delta) => deltas.push(delta));
    expect(await streamed.finalContent()).toBe("Hallo");
    expect(deltas).toEqual(["Hal", "lo"]);
  });
});

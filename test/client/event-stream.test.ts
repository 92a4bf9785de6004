/** Streams whose events, ends and failures the contract names: `x-stream`. */
import { describe, expect, it } from "vitest";
import { type EventProtocol, type EventStream, eventStream } from "../../scripts/client/event-stream.ts";
import { Transport } from "../../scripts/client/transport.ts";
import { serve, stream } from "./server.ts";

const frame = (data: unknown, name?: string) =>
  `${name ? `event: ${name}\n` : ""}data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;
const begun = { type: "job.begun", job: { id: 1, state: "running" } };
const done = { type: "job.done", job: { id: 1, state: "done" } };
const BY_MEMBER: EventProtocol = {
  name: "/type",
  end: ["job.done"],
  failure: ["job.failed"],
  result: { event: "job.done", pointer: "/job" },
};

/** What a stream of these frames gives: its events, the whole answer, and the error that ended it. */
async function read(protocol: EventProtocol, ...frames: string[]) {
  const { url } = await serve(stream(frames));
  const transport = new Transport({ baseURL: url, maxRetries: 0 }, { name: "C", env: "C", prefix: "" });
  const call = { accept: "text/event-stream", stream: eventStream(protocol) };
  const opened = transport.stream<EventStream<unknown, unknown>>("post", "/jobs", call);
  const events: unknown[] = [];
  let error: unknown;
  try {
    for await (const event of opened) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  return { events, error, final: await opened.final().catch(() => undefined) };
}

describe("a stream of named events", () => {
  it("is whole after the event that ends it, which holds the answer", async () => {
    const { events, final, error } = await read(BY_MEMBER, frame(begun), frame(done));
    expect(events).toEqual([begun, done]);
    expect(final).toEqual(done.job);
    expect(error).toBeUndefined();
  });

  it("was cut off where no such event came", async () => {
    const { events, error, final } = await read(BY_MEMBER, frame(begun));
    expect(events).toEqual([begun]);
    expect(error).toMatchObject({ name: "APIConnectionError" });
    expect(final).toBeUndefined();
  });

  it("fails with the words of the event that says so", async () => {
    const failed = { type: "job.failed", job: { id: 1, error: { message: "No disk is left." } } };
    const { events, error } = await read(BY_MEMBER, frame(begun), frame(failed));
    expect(events).toEqual([begun]);
    expect(String(error)).toContain("No disk is left.");
  });

  it("has its names in the line `event:` where the contract says so, and then the name beside the data", async () => {
    const { events, final } = await read(
      { name: "event", end: ["done"], result: { event: "done", pointer: "/job" } },
      frame({ n: 1 }),
      frame({ job: 7 }, "done"),
    );
    expect(events).toEqual([
      { event: "message", data: { n: 1 } },
      { event: "done", data: { job: 7 } },
    ]);
    expect(final).toBe(7);
  });

  it("takes [DONE] after the event that ends it, promised or not, and does without it", async () => {
    const promised = { ...BY_MEMBER, done: true };
    for (const protocol of [BY_MEMBER, promised])
      for (const more of [[frame("[DONE]")], []]) {
        const { events, error, final } = await read(protocol, frame(begun), frame(done), ...more);
        expect([events, error, final]).toEqual([[begun, done], undefined, done.job]);
      }
  });
});

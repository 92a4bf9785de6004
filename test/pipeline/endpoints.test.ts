/**
 * The proof of the design: endpoints that are written into `openapi/` alone have lint, types, methods of the client, pages
 * in the docs and answers of the mock, whatever their media types are.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import OpenAI, { toFile } from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Document, Example } from "../../scripts/document/model.ts";
import { operations } from "../../scripts/document/operations.ts";
import { type RunningMock, startMock } from "../../scripts/mock/index.ts";
import { diff } from "../../scripts/pipeline/diff/diff.ts";
import { readContract } from "../../scripts/pipeline/read/contract.ts";
import { docsView } from "../../scripts/pipeline/stages/docs/view.ts";
import { at } from "../../scripts/shared/pointer.ts";
import { writeEndpoints } from "../endpoints/contract.ts";
import { built, contents, folder, type Outcome } from "./fixture.ts";
import { compile } from "./stages/client-support.ts";

const SOUND = Buffer.from("ID3\u0004\0\0\0\0\0\0\u00ff\u00fb\u0090\0", "latin1");

/** What users of the endpoints write. */
const USE = `import { APIConnectionError, type EventStream, type FileList, type FileObject, type JobStep, type PagePromise, type Response, type ResponseEvent, Endpoints, type SpeechEvent } from "./client.ts";

export async function use(baseURL: string) {
  const client = new Endpoints({ apiKey: "sk-test", baseURL, maxRetries: 0 });
  const model = "some-model";

  const vectors = await client.embeddings.create({ model, input: ["one", "two words", "three"] });
  // @ts-expect-error The input is text.
  const refused = await client.embeddings.create({ model, input: [7] }).catch((error) => error.param);

  const speech = { model, voice: "alloy", input: "Hello there" };
  const sound: Blob = await client.audio.speech.create(speech);
  const events: EventStream<SpeechEvent> = await client.audio.speech.create({ ...speech, stream_format: "sse" });
  const speechEvents = await all(events);

  const file = new File(["sound"], "a.mp3", { type: "audio/mpeg" });
  const recording = { model, file, temperature: 0.5 };
  const { text } = await client.audio.transcriptions.create(recording);
  const plain: string = await client.audio.transcriptions.create({ ...recording, response_format: "text" });
  const tooHot = await client.audio.transcriptions.create({ ...recording, temperature: 2 }).catch((error) => error.param);

  const ask = { model, input: "Say hello." };
  const whole: Response = await client.responses.create(ask);
  const stream: EventStream<ResponseEvent, Response> = client.responses.stream(ask);
  const types: string[] = [];
  stream.on("chunk", (event) => types.push(event.type));
  const final: Response = await stream.final();
  const cut = new Endpoints({ apiKey: "sk-test", baseURL, maxRetries: 0, defaultHeaders: { prefer: "fault=cut:4" } });
  const broken = await cut.responses.stream(ask).final().catch((error) => error);

  const list: PagePromise<FileList, FileObject> = client.files.list({ limit: 3 });
  const ids: string[] = [];
  for await (const { id } of list) ids.push(id);
  const page = await client.files.list();
  const second = await page.getNextPage();
  const content: Blob = await client.files.content("file-1");
  const { id: deleted } = await client.files.delete("file-9");

  const { steps } = await client.jobs.run({ name: "nightly" });
  const job: EventStream<JobStep> = await client.jobs.run({ name: "nightly", stream: true });
  const streamedSteps = await all(job);

  return {
    vectors,
    refused,
    sound: [sound.type, await sound.bytes()],
    speechEvents,
    text,
    plain,
    tooHot,
    whole,
    types,
    final,
    broken: [broken instanceof APIConnectionError, broken.partial?.status],
    ids,
    pages: [page.data.length, page.hasNextPage(), second.data[0]?.id],
    content: await content.bytes(),
    deleted,
    steps,
    streamedSteps,
  };
}
async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}
`;

let dir: string;
let outcome: Outcome;
let view: Document;
let published: Document;
let mock: RunningMock;

beforeAll(async () => {
  dir = await folder({ "out/use.ts": USE, "package.json": '{"type": "module"}' }, afterAll);
  const input = await writeEndpoints(join(dir, "openapi"));
  outcome = await built(dir, { input });
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  view = docsView((await readContract(input)).document, []);
  published = JSON.parse(await readFile(join(dir, "out/openapi.json"), "utf8"));
  mock = await startMock({ document: published, tps: 0 });
}, 120_000);
afterAll(() => mock?.close());

async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}

describe("six endpoints of different kinds, by editing openapi/ alone", () => {
  it("pass lint and every stage after it", () => {
    expect(outcome.stdout).toMatch(/✓ lint .* 0 findings/);
  });

  it("are the same contract as they are edited and as they are published, examples of bytes and events too", async () => {
    const { changes } = await diff(join(dir, "out/openapi.json"), join(dir, "openapi/openapi.yaml"));
    expect(changes).toEqual([]);
  });

  it("are typed, and called by the generated client", async () => {
    expect(await compile(join(dir, "out/use.ts"))).toBe("");
    const { use } = await import(pathToFileURL(join(dir, "out/use.ts")).href);
    const used = await use(`${mock.url}/v1`);
    expect(used.vectors).toMatchObject({
      data: [0, 1, 2].map((index) => ({ index, embedding: [0.25, -0.5] })),
      model: "some-model",
      usage: { prompt_tokens: 4, total_tokens: 4 },
    });
    expect(used.refused).toMatch(/^input\b/);
    expect(used.sound).toEqual(["audio/mpeg", new Uint8Array(SOUND)]);
    expect(used.speechEvents.map(({ type }: { type: string }) => type)).toEqual([
      ...["speech.audio.delta", "speech.audio.delta", "speech.audio.done"],
    ]);
    expect(used.speechEvents.at(-1)).toMatchObject({ usage: { input_tokens: 2 } });
    expect(used.text).toBe("Hello from the recording.");
    expect(used.plain).toBe("Hello from the recording.\n");
    expect(used.tooHot).toBe("temperature");
    const answer = {
      object: "response",
      status: "completed",
      model: "some-model",
      usage: { input_tokens: 3 },
    };
    expect(used.whole).toMatchObject(answer);
    expect(used.final).toMatchObject(answer);
    expect(used.whole.id).not.toBe("resp_6890a3f1c2d4");
    expect(used.whole.created_at).toBeGreaterThan(1_780_000_000);
    expect([used.types[0], used.types.at(-1)]).toEqual(["response.created", "response.completed"]);
    expect(used.broken).toEqual([true, "in_progress"]);
    expect(used.ids).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => `file-${number}`));
    expect(used.pages).toEqual([3, true, "file-4"]);
    expect(used.content).toEqual(Uint8Array.of(0, 255, 16, 254));
    expect(used.deleted).toBe("file-9");
    expect(used.steps).toEqual([{ step: "read" }, { step: "written" }]);
    expect(used.streamedSteps).toEqual(used.steps);
  });

  it("are called by the openai package as it is", async () => {
    const client = new OpenAI({ apiKey: "sk-test", baseURL: `${mock.url}/v1`, maxRetries: 0 });
    const model = "some-model";
    // The package asks for base64, and reads it.
    const { data, usage } = await client.embeddings.create({ model, input: "Hello" });
    expect([...(data[0]?.embedding ?? [])]).toEqual([0.25, -0.5]);
    expect([data.length, usage.total_tokens]).toEqual([1, 1]);

    const speech = { model, voice: "alloy", input: "Hello" };
    const sound = await client.audio.speech.create(speech);
    expect(Buffer.from(await sound.arrayBuffer())).toEqual(SOUND);
    expect(sound.headers.get("content-type")).toBe("audio/mpeg");
    const streamed = await client.audio.speech.create({ ...speech, stream_format: "sse" });
    expect(await streamed.text()).toContain('data: {"type":"speech.audio.done"');

    const file = await toFile(Buffer.from("sound"), "a.mp3");
    expect(await client.audio.transcriptions.create({ model, file })).toEqual({
      text: "Hello from the recording.",
    });
    const text = await client.audio.transcriptions.create({ model, file, response_format: "text" });
    expect(text).toBe("Hello from the recording.\n");

    const response = await client.responses.create({ model, input: "Say hello." });
    expect(response).toMatchObject({ output_text: "Hello from the mock.", usage: { total_tokens: 8 } });
    const events = await client.responses.create({ model, input: "Say hello.", stream: true });
    expect((await all(events)).map(({ sequence_number: number }) => number)).toEqual([
      ...[0, 1, 2, 3, 4, 5, 6, 7, 8],
    ]);
    const stream = client.responses.stream({ model, input: "Say hello." });
    const deltas: string[] = [];
    stream.on("response.output_text.delta", ({ delta }) => deltas.push(delta));
    const final = await stream.finalResponse();
    expect(deltas.join("")).toBe("Hello from the mock.");
    expect(final).toMatchObject({ model, status: "completed", output_text: "Hello from the mock." });

    const ids: string[] = [];
    for await (const { id } of client.files.list({ limit: 2 })) ids.push(id);
    expect(ids).toHaveLength(7);
    const content = await client.files.content("file-1");
    expect(Buffer.from(await content.arrayBuffer())).toEqual(Buffer.of(0, 255, 16, 254));
    expect(await client.files.delete("file-9")).toEqual({ id: "file-9", object: "file", deleted: true });
  });

  it("may stream events by an example of the whole answer, which fail as other streams do", async () => {
    const frames = 'data: {"step":"read"}\n\ndata: {"step":"written"}\n\ndata: [DONE]\n\n';
    const example = at(published, "/paths/~1v1~1jobs/post/responses/200/content/text~1event-stream/examples");
    expect(example).toMatchObject({ two_steps: { value: frames } });
    const broken = await fetch(`${mock.url}/v1/jobs`, {
      method: "POST",
      headers: {
        authorization: "Bearer sk-test",
        "content-type": "application/json",
        prefer: "fault=error_frame:1",
      },
      body: JSON.stringify({ name: "nightly", stream: true }),
    });
    expect(await broken.text()).toMatch(/^data: {"step":"read"}\n\ndata: {"error":.+}\n\n$/);
  });

  it("are published with texts as examples of streams and bytes, as other tools expect", () => {
    const example = (path: string, type: string, name: string) =>
      at(published, `/paths/${path}/post/responses/200/content/${type}/examples/${name}`) as Example;
    expect(example("~1v1~1responses", "text~1event-stream", "hello").value).toMatch(
      /^event: response\.created\ndata: {"type":"response\.created"/,
    );
    expect(example("~1v1~1audio~1speech", "audio~1mpeg", "sound")).toMatchObject({
      value: SOUND.toString("base64"),
      "x-bytes": "base64",
    });
  });

  it("are shown in the docs: files, bytes, events and pages in words", async () => {
    const site = await contents(join(dir, "out/docs"));
    expect(site["index.html"]).toContain("Turns texts into vectors");
    const page = (id: string) => site[`operations/${id}.md`];
    expect(page("createEmbedding")).toContain("text-embedding-3-small");
    expect(page("createSpeech")).toMatch(/`audio\/mpeg`: bytes/);
    expect(page("createSpeech")).toMatch(/`text\/event-stream`: .*, if `stream_format` is `"sse"`/);
    expect(page("createTranscription")).toMatch(/\| `file` \(required\) \| bytes/);
    expect(page("createTranscription")).toContain('`text/plain`: string, if `response_format` is `"text"`');
    expect(page("createResponse")).toContain('event: response.created\ndata: {"type":"response.created"');
    const words =
      "`response.completed` or `response.incomplete` ends the stream: one without it was cut off. `response.failed` or `error` says that the answer failed. The whole answer is `response` of `response.completed`.";
    expect(page("createResponse")).toContain(words);
    const next =
      "For the next page, send the `data[-1].id` of this one as `after`, as long as `has_more` is true.";
    expect(page("listFiles")).toContain(next);
    const shown = [...operations(view)].map(({ operation }) => JSON.stringify(operation)).join("\n");
    expect(shown).toContain(words);
    expect(shown).toContain(next);
    expect(shown).toContain('event: response.created\\ndata: {\\"type\\":');
  });
});

import { expect, it } from "vitest";
import { Molds, type Origin } from "../../../scripts/mock/engine/molds.ts";
import { type Reply, wholeReply } from "../../../scripts/mock/engine/reply.ts";
import { random } from "../../../scripts/shared/random.ts";
import { ask, plain, start } from "../support.ts";

/** An answer is made once; its mold gives the next ones. */
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const SECONDS = NOW / 1000 - 0.678;
const scenario = { name: "a", status: 200, declared: "200", headers: {}, example: { value: {} } };
const ORIGIN: Origin = { scenario, protocol: undefined, request: "POST /a" };
const EXAMPLE = "id_0000000000000000";

interface Asked {
  origin?: Partial<Origin>;
  now?: number;
  example?: string;
  /** The frames, around an ID. */
  frames?: (id: string, seconds: number) => Reply["frames"];
}

/** Asks for two answers. @returns both, and how often one was made */
async function twice(
  first: Asked,
  second: Asked = first,
): Promise<{ texts: string[]; ids: string[]; made: number }> {
  const molds = new Molds();
  const ids: string[] = [];
  const texts: string[] = [];
  let made = 0;
  for (const { origin, now = NOW, example = EXAMPLE, frames = (id: string) => [id] } of [first, second]) {
    const numbers = random(now + ids.length);
    const next = random(now + ids.length);
    const reply = await molds.answer({ ...ORIGIN, ...origin }, { random: numbers, now }, async (given) => {
      made += 1;
      const id = given.random.id(example);
      return { ...wholeReply(scenario, ""), frames: frames(id, Math.floor(Number(given.now) / 1000)) };
    });
    ids.push(next.id(example));
    texts.push(reply.frames.join("|"));
  }
  return { texts, ids, made };
}

it("gives the same request the same answer with another ID and another time, in each form and frame", async () => {
  const frames = (id: string, seconds: number) => [
    `{"id":"${id}","created":${seconds}}`,
    `${id}.${id} at ${new Date(seconds * 1000 + 678).toISOString()}, ${seconds * 1000 + 678}`,
  ];
  const later = NOW + 86_400_000;
  const { texts, ids, made } = await twice({ frames }, { frames, now: later });
  expect(made).toBe(1);
  expect(ids[0]).not.toBe(ids[1]);
  expect(texts).toEqual([frames(ids[0]!, SECONDS).join("|"), frames(ids[1]!, SECONDS + 86_400).join("|")]);
});

it.each<[string, Asked, Asked?]>([
  ["another request", {}, { origin: { request: "POST /b" } }],
  ["another scenario", {}, { origin: { scenario: { ...scenario } } }],
  ["another form of the answer", {}, { origin: { protocol: {} } }],
  ["an ID of so few characters that it may stand elsewhere", { example: "call_1" }],
  ["bytes", { frames: (id) => [Buffer.from(id)] }],
  ["a long request", { origin: { request: "x".repeat(2001) } }],
  ["a long answer", { frames: (id) => [id, "x".repeat(50_000)] }],
  ["a time that the request holds", { origin: { request: `POST /a?since=${SECONDS}` } }],
  [
    "a time that the scenario holds",
    { origin: { scenario: { ...scenario, example: { value: { created: SECONDS } } } } },
  ],
  [
    "a time that the request holds in another form",
    { origin: { request: `POST /a?since=${new Date(NOW).toISOString()}` } },
  ],
  ["an ID that a stream splits", { frames: (id) => [id, ...id.split(/(?<=_)/)] }],
  [
    "an answer that takes something from a header",
    { origin: { scenario: { ...scenario, example: { "x-fill": { "/a": "$request.header.a" } } } } },
  ],
])("makes an answer anew for %s", async (_, first, second) => {
  const { texts, ids, made } = await twice(first, second);
  expect(made).toBe(2);
  expect(texts.map((text, index) => text.includes(ids[index]!))).toEqual([true, true]);
});

it("streams the ID and the time of each answer where a scenario writes them into its text", async () => {
  const operation = "createChatCompletion";
  const value = {
    id: "chatcmpl-0000000000000000",
    choices: [{ message: { content: "2026-01-31T12:00:00Z" } }],
  };
  const fill = {
    self: { "/id": { fresh: "id" }, "/choices/0/message/content": "I am {$response.body#/id}." },
    time: { "/choices/0/message/content": { fresh: "time" } },
  };
  await using mock = await start({
    scenarios: Object.entries(fill).map(([name, fills]) => ({
      ...{ name, operation, value, "x-fill": fills, when: { "/body/user": name } },
    })),
  });
  const texts = new Set<string>();
  for (const user of ["self", "time", "self", "time"]) {
    const answer = await (await ask(mock, { ...plain, user, stream: true })).text();
    const chunks = [...answer.matchAll(/^data: (\{.*)$/gm)].map(([, json]) => JSON.parse(json!));
    const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("");
    if (user === "self") expect(text).toBe(`I am ${chunks[0].id}.`);
    texts.add(text);
  }
  expect(texts.size).toBe(4);
});

it("keeps 200 answers and then starts over, so that nobody can fill its memory", async () => {
  const molds = new Molds();
  let made = 0;
  const answer = (request: string) =>
    molds.answer({ ...ORIGIN, request }, { random: random(1), now: undefined }, async () => {
      made += 1;
      return wholeReply(scenario, "x");
    });
  for (let count = 0; count < 200; count++) await answer(String(count));
  await answer("0");
  expect(made).toBe(200);
  await answer("one more");
  await answer("0");
  expect(made).toBe(202);
});

it("answers by the headers of each request where a scenario takes something from them", async () => {
  const operation = "createChatCompletion";
  const fill = { "x-fill": { "/choices/0/message/content": "Hello, {$request.header.x-name}." } };
  const value = { choices: [{ message: { content: "Hello." } }] };
  await using mock = await start({ scenarios: [{ name: "named", operation, when: {}, value, ...fill }] });
  for (const name of ["Ada", "Bob", "Ada"]) {
    const answer = await (await ask(mock, plain, { "x-name": name })).json();
    expect(answer.choices[0].message.content).toBe(`Hello, ${name}.`);
  }
});

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Document } from "../../../scripts/document/model.ts";
import type { RunningMock, Scenario, StartOptions } from "../../../scripts/mock/index.ts";
import { readScenarios } from "../../../scripts/mock/scenarios/scenario-files.ts";
import type { InputError } from "../../../scripts/shared/input-error.ts";
import { ask, failure, get, start, weather } from "../support.ts";

/** Which requests a scenario answers, and how a user learns why one does not. */
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const chat = "chat.completions.create";
const saying = (content: string) => ({ choices: [{ message: { content } }] });

async function running(scenarios: Scenario[], options: StartOptions = {}): Promise<RunningMock> {
  const mock = await start({
    tps: 0,
    scenarios: scenarios.map((one) => ({ operation: chat, ...one })),
    ...options,
  });
  cleanups.push(() => mock.close());
  return mock;
}

async function text(mock: RunningMock, messages: object[], headers = {}, more: object = {}): Promise<string> {
  const answer = await (await ask(mock, { model: "m", messages, ...more }, headers)).json();
  return answer.choices[0].message.content;
}

const user = (content: unknown) => ({ role: "user", content });
const assistant = (content: string) => ({ role: "assistant", content });

it("takes a pointer that one variant of the body leaves open, whatever the names in it", async () => {
  const named = { properties: { value: { type: "string" }, constructor: { type: "string" } } };
  const schema = { anyOf: [named, { type: "object", additionalProperties: { type: "object" } }] };
  const document = {
    openapi: "3.1.1",
    info: { title: "Variants", version: "1" },
    paths: {
      "/run": {
        post: {
          operationId: "run",
          requestBody: { content: { "application/json": { schema } } },
          responses: { "200": { description: "Done.", content: { "application/json": { schema: {} } } } },
        },
      },
    },
  } as unknown as Document;
  const scenario = (pointer: string) => ({ operation: "run", when: { [pointer]: "x" }, value: {} });
  const pointers = ["/body/value/deep", "/body/toString/deep/er", "/body/other/deep"];
  const mock = await start({ document, scenarios: pointers.map(scenario) });
  cleanups.push(() => mock.close());
  expect(mock.url).toMatch(/^http/);
  const closed = structuredClone(document);
  closed.paths!["/run"]!.post!.requestBody = { content: { "application/json": { schema: named } } };
  await expect(start({ document: closed, scenarios: [scenario("/body/constructor/x")] })).rejects.toThrow(
    "no x at /body/constructor.",
  );
});

describe("a pattern", () => {
  it("runs over the text of a message, parts joined, anchors and quotes included", async () => {
    const mock = await running([
      { when: { "/body/messages/-1": '^say "hi" twice$' }, value: saying("message") },
      { when: { "/body/messages/-1/content": "^one two$" }, value: saying("parts") },
    ]);
    const parts = (...texts: string[]) => [user(texts.map((part) => ({ type: "text", text: part })))];
    expect(await text(mock, [user('Say "hi" twice')])).toBe("message");
    expect(await text(mock, parts("Say ", '"hi" twice'))).toBe("message");
    expect(await text(mock, parts("one", " two"))).toBe("parts");
  });

  it("may be a RegExp with its flags, also one with the flag g, asked twice", async () => {
    const mock = await running([
      { when: { "/body/messages/-1/content": /^Hi.there$/gs }, value: saying("RegExp") },
    ]);
    for (const _ of [1, 2]) expect(await text(mock, [user("Hi\nthere")])).toBe("RegExp");
    expect(await text(mock, [user("hi\nthere")])).toContain("You said");
  });

  it("that could backtrack for years is answered at once", async () => {
    const mock = await running([
      { when: { "/body/messages/-1/content": "^(a+)+$" }, value: saying("all a") },
    ]);
    expect(await text(mock, [user(`${"a".repeat(50_000)}!`)])).toContain("You said");
    expect(await text(mock, [user("aaa")])).toBe("all a");
  });

  it("is refused as text where RE2 does not know it, and may be a RegExp", async () => {
    const pattern = "^(?!no).*(a)\\1+$";
    const scenario = (wanted: string | RegExp) => [
      { when: { "/body/messages/-1/content": wanted }, value: saying("yes") },
    ];
    await expect(running(scenario(pattern))).rejects.toThrow("nothing bounds the time it takes");
    const mock = await running(scenario(new RegExp(pattern)));
    expect(await text(mock, [user("baa")])).toBe("yes");
    expect(await text(mock, [user("noaa")])).toContain("You said");
  });
});

it("answers every request with an empty when", async () => {
  expect(await text(await running([{ when: {}, value: saying("all") }]), [user("x")])).toBe("all");
});

it("sets names of headers right, and refuses what cannot match, with a suggestion", async () => {
  const mock = await running([{ when: { "/headers/X-Team": "blue" }, value: saying("blue") }]);
  expect(await text(mock, [user("x")], { "x-team": "blue" })).toBe("blue");
  const cases: [string, string][] = [
    ["body/model", "/body/model"],
    ["body.messages[0].content", "/body/messages/0/content"],
    ["$.body.model", "/body/model"],
    ["#/body/model", "/body/model"],
    ["$request.body#/model", "/body/model"],
    ["/messages/0/content", "/body/messages/0/content"],
    ["/boby/model", "/body/model"],
    ["/body/modle", "/body/model"],
    ["/header/x-team", "/headers/x-team"],
  ];
  for (const [pointer, right] of cases)
    await expect(running([{ name: "a", when: { [pointer]: "x" }, value: saying("") }])).rejects.toThrow(
      `Did you mean ${right}?`,
    );
  const nowhere: [string, string][] = [
    ["/body/model/name", "no name at /body/model."],
    ["/body/messages/last/content", "no last at /body/messages."],
    ["/body/messages/-1/role/0", "no 0 at /body/messages/-1/role."],
  ];
  for (const [pointer, why] of nowhere)
    await expect(running([{ when: { [pointer]: "x" }, value: saying("") }])).rejects.toThrow(why);
  const possible = ["/body/messages/-1/content/0/text", "/body/metadata/team", "/body/own/any/thing"];
  await running(possible.map((pointer) => ({ when: { [pointer]: "x" }, value: saying("") })));
  const capital = { properties: { headers: { required: ["X-Team"] } } };
  await expect(running([{ "x-when": capital, value: saying("") }])).rejects.toThrow("X-Team as x-team");
});

describe("a file", () => {
  const refused = async (name: string, content: string): Promise<string> => {
    const root = await mkdtemp(join(tmpdir(), "matching-"));
    cleanups.push(() => rm(root, { recursive: true }));
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
    const error = await start({ scenarios: [root] }).catch((thrown: Error) => thrown);
    return (error as Error).message;
  };

  it("that is empty is refused with what it may have", async () => {
    expect(await refused("createChatCompletion/a.yaml", "# Nothing yet.\n")).toMatch(
      /a\.yaml {2}The file is empty\.\n.*when/,
    );
  });

  it("in a folder that is not an operation is refused with the nearest one", async () => {
    expect(await refused("createChatCompletions/a.yaml", "when: {}\n")).toContain(
      "Did you mean createChatCompletion?",
    );
  });

  it("with a misspelt key is refused with the right one", async () => {
    const message = await refused("createChatCompletion/a.yaml", "value: {}\nwehn: {}\n");
    expect(message).toMatch(/a\.yaml:2:1 .*wehn is not allowed\. Did you mean when\? A scenario has name,/);
  });

  it("with a list or a text that does not end is refused where that begins", async () => {
    expect(await refused("createChatCompletion/a.yaml", "name: x\nvalue: [1,\n  2\nwhen: {}\n")).toMatch(
      /a\.yaml:2:8 /,
    );
    expect(await refused("createChatCompletion/a.yaml", 'name: x\nvalue: "one\nwhen: {}\n')).toMatch(
      /a\.yaml:2:8 /,
    );
  });

  it("with aliases that stand for gigabytes is refused", async () => {
    const bomb = Array.from(
      { length: 12 },
      (_, i) => `a${i}: &a${i} [${Array(9).fill(i ? `*a${i - 1}` : "x")}]`,
    );
    expect(await refused("createChatCompletion/a.yaml", bomb.join("\n"))).toContain("aliases");
  });
});

describe("turns", () => {
  const turns = [{ value: saying("first") }, { value: saying("second") }];

  it("can be asked for by name, and without a condition only so", async () => {
    const mock = await running([{ name: "talk", turns }]);
    expect(await text(mock, [user("a")])).toContain("You said");
    const byName = { prefer: "example=talk" };
    expect(await text(mock, [user("a")], byName)).toBe("first");
    const messages = [user("a"), assistant("first"), user("b")];
    expect(await text(mock, messages, byName)).toBe("second");
    const ended = await failure(
      ask(mock, { model: "m", messages: [...messages, assistant("x"), user("c")] }, byName),
    );
    expect(ended.message).toContain("it has 2 turns, and the conversation holds 2 answers already");
  });

  it("may begin after the last message of the user", async () => {
    const mock = await running([{ from: "last-user", when: {}, turns }]);
    const shots = [user("2+2"), assistant("4"), user("3+3"), assistant("6")];
    expect(await text(mock, [...shots, user("4+4")])).toBe("first");
    expect(await text(mock, [...shots, user("4+4"), assistant("x")])).toBe("second");
  });
});

it("does not call a tool again when a message follows the tool's result", async () => {
  const mock = await running([]);
  const call = { id: "c", type: "function", function: { name: "get_current_weather", arguments: "{}" } };
  const loop = [
    user("Weather?"),
    { role: "assistant", content: null, tool_calls: [call] },
    { role: "tool", tool_call_id: "c", content: "18" },
  ];
  const tools = { tools: [weather] };
  for (const more of [user("Go on."), { role: "system", content: "Be short." }])
    expect(await text(mock, [...loop, more], {}, tools)).toContain("This is the mock");
  // A new question after the assistant's answer may use the tool again.
  expect(await text(mock, [...loop, assistant("18 °C"), user("And in Rome?")], {}, tools)).toBeNull();
});

describe("strict", () => {
  const scenarios: Scenario[] = [
    { name: "far", when: { "/body/model": "^other$", "/body/user": "ada" }, value: saying("") },
    {
      name: "near",
      when: { "/body/model": "^m$", "/body/temperature": { minimum: 1 } },
      value: saying("near"),
    },
    { name: "named", value: saying("named") },
  ];

  it("refuses what no scenario matches with the nearest ones and the reasons", async () => {
    const mock = await running(scenarios, { strict: true });
    const refused = await failure(ask(mock, { model: "m", messages: [user("x")], temperature: 0.5 }));
    expect([refused.status, refused.code]).toEqual([400, "no_scenario"]);
    expect(refused.message).toMatch(
      /^No scenario matches this request\. near: \/body\/temperature must be >= 1\. far: \/body\/model is "m", which \/\^other\$\/iu does not match\. named: it has no condition/,
    );
    expect(await text(mock, [user("x")], {}, { temperature: 1 })).toBe("near");
    expect(await text(mock, [user("x")], { prefer: "example=named" })).toBe("named");
    expect((await failure(get(mock, "/v1/models"))).message).toContain(
      "No scenario is written for listModels",
    );
  });

  it("still refuses what the contract refuses first", async () => {
    const mock = await running(scenarios, { strict: true });
    expect((await ask(mock, { model: "m", messages: [] })).status).toBe(400);
    expect((await ask(mock, { model: "m", messages: [user("x")] }, { authorization: "" })).status).toBe(401);
    expect(mock.unmatched).toEqual([]);
  });

  it("gives a test the reasons in mock.unmatched, and the journal those of every request", async () => {
    const mock = await running(scenarios);
    await ask(mock, { model: "m", messages: [user("x")] });
    await ask(mock, { model: "m", messages: [user("x")], temperature: 1 });
    expect(mock.unmatched).toHaveLength(1);
    expect(mock.unmatched[0]?.mismatches[0]).toEqual({
      scenario: "near",
      reason: "the request has nothing at /body/temperature",
    });
    expect(mock.requests[1]).toMatchObject({ scenario: "near", mismatches: [{ scenario: "far" }] });
    expect((await running([])).unmatched).toEqual([]);
  });
});

it("tells the first thousand things that are wrong with scenarios, however many there are", async () => {
  const wrong = Array.from({ length: 1100 }, () => ({ wehn: {} }) as unknown as Scenario);
  const error = await start({ scenarios: wrong }).catch((thrown: unknown) => thrown);
  expect((error as InputError).problems).toHaveLength(1000);
});

it("keeps the reasons of the twenty nearest scenarios, and tells five of them", async () => {
  const never = Array.from({ length: 30 }, (_, index) => ({
    name: `s${index}`,
    when: { "/body/model": "no model" },
    value: saying(""),
  }));
  const mock = await running(never, { strict: true });
  const { message } = await failure(ask(mock, { model: "m", messages: [user("x")] }));
  expect(message.match(/s\d+:/g)).toEqual(["s0:", "s1:", "s2:", "s3:", "s4:"]);
  expect(message).toMatch(/And 25 more\.$/);
  expect(mock.unmatched[0]?.mismatches).toHaveLength(20);
});

it.each([
  [
    "a value beside turns",
    { value: saying("a"), turns: [{ value: saying("b") }] },
    "value belongs into each of the turns",
  ],
  [
    "tokens beside answers",
    { tokens: 5, answers: [{ value: saying("b") }] },
    "tokens belongs into each of the answers",
  ],
  [
    "tokens for what has no text",
    { operation: "listModels", tokens: 5 },
    "the answers of listModels have none",
  ],
])("refuses %s, which nothing would answer with", async (_, scenario, words) => {
  await expect(running([{ when: {}, ...scenario }])).rejects.toThrow(words);
});

it("takes 10,000 scenarios at most", async () => {
  await expect(running(Array.from({ length: 10_001 }, () => ({})))).rejects.toThrow("10000 is the most");
});

it("reads the files of a folder in the order of their names", async () => {
  const folder = await mkdtemp(join(tmpdir(), "order-"));
  const names = ["d/a", "c", "a/z", "e", "b"];
  for (const name of names) {
    await mkdir(join(folder, dirname(name)), { recursive: true });
    await writeFile(join(folder, `${name}.yaml`), "summary: x\n");
  }
  const read = await readScenarios([folder]);
  await rm(folder, { recursive: true });
  expect(read.map(({ label }) => label)).toEqual(["z", "b", "c", "a", "e"]);
});

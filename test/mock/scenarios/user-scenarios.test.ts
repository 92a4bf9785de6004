import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { RunningMock, Scenario, StartOptions } from "../../../scripts/mock/index.ts";
import { InputError } from "../../../scripts/shared/input-error.ts";
import { ask, failure, get, sdk, start, weather } from "../support.ts";

/** Scenarios of the user's own: how they are written, which requests they answer, what is wrong with them. */
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function running(scenarios: (string | Scenario)[], options: StartOptions = {}): Promise<RunningMock> {
  const mock = await start({ scenarios, tps: 0, ...options });
  cleanups.push(() => mock.close());
  return mock;
}

/** Writes files into a folder of their own. @returns its path */
async function folder(files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "scenarios-"));
  cleanups.push(() => rm(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return root;
}

const chat = "createChatCompletion";
const saying = (content: string) => ({ choices: [{ message: { content } }] });
const user = (content: string) => ({ role: "user", content }) as const;

async function said(mock: RunningMock, ...messages: { role: "user" | "assistant"; content: string }[]) {
  const answer = await sdk(mock).chat.completions.create({ model: "m", messages });
  return answer.choices[0]?.message.content;
}

describe("a scenario answers", () => {
  it("by a regular expression, whatever the case, and leaves others alone", async () => {
    const mock = await running([
      { operation: chat, when: { "/body/messages/-1/content": "^how warm" }, value: saying("18 °C") },
    ]);
    expect(await said(mock, user("HOW WARM is it?"))).toBe("18 °C");
    expect(await said(mock, user("It is warm."))).toContain("You said");
    const parts = [{ type: "text", text: "How warm?" } as const];
    const answer = await sdk(mock).chat.completions.create({
      model: "m",
      messages: [{ role: "user", content: parts }],
    });
    expect(answer.choices[0]?.message.content).toBe("18 °C");
  });

  it("by a JSON Schema, at a pointer or over the whole request", async () => {
    const mock = await running([
      { operation: chat, when: { "/body/temperature": { minimum: 1.5 } }, value: saying("hot") },
      {
        operation: chat,
        "x-when": {
          properties: { headers: { required: ["x-team"], properties: { "x-team": { const: "blue" } } } },
        },
        value: saying("blue"),
      },
    ]);
    expect(
      (await (await ask(mock, { model: "m", messages: [user("Hi")], temperature: 1.6 })).json()).choices[0]
        .message.content,
    ).toBe("hot");
    const blue = await ask(mock, { model: "m", messages: [user("Hi")] }, { "x-team": "blue" });
    expect((await blue.json()).choices[0].message.content).toBe("blue");
    expect(await said(mock, user("Hi"))).toContain("You said");
  });

  it("with what the contract's example has besides, the echo of the model included", async () => {
    const mock = await running([{ operation: chat, "x-when": {}, value: saying("Yes.") }]);
    const answer = await sdk(mock).chat.completions.create({ model: "my-model", messages: [user("Hi")] });
    expect(answer).toMatchObject({
      model: "my-model",
      object: "chat.completion",
      system_fingerprint: expect.any(String),
    });
    expect(answer.choices).toEqual([
      { index: 0, message: { role: "assistant", content: "Yes." }, finish_reason: "stop" },
    ]);
    expect(answer.usage?.completion_tokens).toBe(2);
  });

  it("as a stream too", async () => {
    const mock = await running([{ operation: chat, "x-when": {}, value: saying("One two three.") }]);
    const stream = sdk(mock).chat.completions.stream({ model: "m", messages: [user("Hi")] });
    expect(await stream.finalContent()).toBe("One two three.");
  });

  it("with tools, extending the example that calls one", async () => {
    const calls = ["Oslo", "Rome"].map((city) => ({
      function: { name: "get_weather", arguments: JSON.stringify({ city }) },
    }));
    const mock = await running([
      { operation: chat, "x-when": {}, value: { choices: [{ message: { tool_calls: calls } }] } },
    ]);
    const { choices } = await sdk(mock).chat.completions.create({ model: "m", messages: [user("Hi")] });
    const [first, second] = choices[0]?.message.tool_calls ?? [];
    expect(choices[0]?.finish_reason).toBe("tool_calls");
    expect([first?.type, second?.type]).toEqual(["function", "function"]);
    expect(first?.id).not.toBe(second?.id);
    expect(
      choices[0]?.message.tool_calls?.map((call) => call.type === "function" && call.function.arguments),
    ).toEqual(['{"city":"Oslo"}', '{"city":"Rome"}']);
  });

  it("for any operation, named by its id, its method of the client, or its path", async () => {
    const value = { data: [{ id: "only" }] };
    for (const operation of ["listModels", "models.list", "GET /v1/models"]) {
      const mock = await running([{ operation, "x-when": {}, value }]);
      expect(await (await get(mock, "/v1/models")).json()).toEqual({
        object: "list",
        data: [expect.objectContaining({ id: "only", object: "model" })],
      });
    }
  });

  it("with its own status, headers and fault", async () => {
    const mock = await running([
      {
        operation: chat,
        when: { "/body/model": "busy" },
        status: 429,
        headers: { "Retry-After": "3" },
        value: { error: { message: "Slow down." } },
      },
      { operation: chat, when: { "/body/model": "flaky" }, fault: ["latency:1", "error:503"] },
    ]);
    const call = (model: string) => ask(mock, { model, messages: [user("Hi")] });
    const busy = await failure(call("busy"));
    expect([busy.status, busy.message, busy.code, busy.headers.get("retry-after")]).toEqual([
      429,
      "Slow down.",
      "rate_limit_exceeded",
      "3",
    ]);
    expect((await call("flaky")).status).toBe(503);
    expect(mock.requests.at(-1)?.faults).toEqual(["latency:1", "error:503"]);
  });

  it("no request that the contract refuses, and none without a token", async () => {
    const mock = await running([{ operation: chat, "x-when": {}, value: saying("Yes.") }]);
    expect((await ask(mock, { model: "m", messages: [] })).status).toBe(400);
    expect((await ask(mock, { model: "m", messages: [user("Hi")] }, { authorization: "" })).status).toBe(401);
  });

  it("requests that ask for it by name, and without a condition no others", async () => {
    const mock = await running([{ name: "secret", operation: chat, value: saying("Found.") }]);
    expect(await said(mock, user("Hi"))).toContain("You said");
    const asked = await ask(mock, { model: "m", messages: [user("Hi")] }, { prefer: "example=secret" });
    expect((await asked.json()).choices[0].message.content).toBe("Found.");
    // A status alone means the contract's own example.
    const plain = await ask(mock, { model: "m", messages: [user("Hi")] }, { prefer: "code=200" });
    expect((await plain.json()).choices[0].message.content).not.toBe("Found.");
  });

  it("in the order in which they are given, before the contract's", async () => {
    const mock = await running([
      { operation: chat, when: { "/body/user": "a" }, value: saying("first") },
      { operation: chat, "x-when": {}, value: saying("second") },
    ]);
    const body = { model: "m", messages: [user("Hi")], tools: [weather] };
    const content = async (extra: object) =>
      (await (await ask(mock, { ...body, ...extra })).json()).choices[0].message.content;
    expect([await content({ user: "a" }), await content({})]).toEqual(["first", "second"]);
  });

  it("with what it fills in from the request", async () => {
    const mock = await running([
      {
        operation: chat,
        "x-when": {},
        value: saying("?"),
        "x-fill": { "/choices/0/message/content": "{$request.body#/user}, {$request.header.x-team}!" },
      },
    ]);
    const answer = await ask(mock, { model: "m", messages: [user("Hi")], user: "Ada" }, { "x-team": "blue" });
    expect((await answer.json()).choices[0].message.content).toBe("Ada, blue!");
  });
});

describe("a conversation", () => {
  const turns: Scenario = {
    operation: chat,
    name: "booking",
    when: { "/body/messages/0/content": "book" },
    turns: [
      {
        value: { choices: [{ message: { tool_calls: [{ function: { name: "find", arguments: "{}" } }] } }] },
      },
      { value: saying("Shall I?") },
      { value: saying("Booked."), fault: "latency:1" },
    ],
  };

  it("goes from turn to turn by the messages alone, in any number of copies", async () => {
    const [one, two] = [await running([turns]), await running([turns])];
    const first = await sdk(one).chat.completions.create({ model: "m", messages: [user("Book a table")] });
    const message = first.choices[0]!.message;
    expect(message.tool_calls).toHaveLength(1);
    const result = { role: "tool", tool_call_id: message.tool_calls![0]!.id, content: "{}" } as const;
    const messages = [user("Book a table"), message, result];
    const second = await sdk(two).chat.completions.create({ model: "m", messages });
    expect(second.choices[0]?.message.content).toBe("Shall I?");
    const third = await sdk(one).chat.completions.create({
      model: "m",
      messages: [...messages, second.choices[0]!.message, user("Yes")],
    });
    expect(third.choices[0]?.message.content).toBe("Booked.");
    expect(one.requests.at(-1)).toMatchObject({ scenario: "booking/3", faults: ["latency:1"] });
  });

  it("leaves what comes after its last turn, and other conversations, to others", async () => {
    const mock = await running([turns]);
    const said4 = ["a", "b", "c"].flatMap((content) => [
      user(`book ${content}`),
      { role: "assistant", content } as const,
    ]);
    expect(await said(mock, ...said4, user("And now?"))).toContain("You said: And now?");
    expect(await said(mock, user("Hello"))).toContain("You said: Hello");
  });
});

describe("files", () => {
  it("of a folder are read, with the operation of their folder and the name of their file", async () => {
    const root = await folder({
      [`${chat}/yes.yaml`]:
        "when:\n  /body/user: yes\nvalue:\n  choices:\n    - message:\n        content: Yes.\n",
      [`${chat}/no.json`]: JSON.stringify({ when: { "/body/user": "no" }, value: saying("No.") }),
      "list.yml": `- name: maybe\n  operation: ${chat}\n  value: {choices: [{message: {content: Maybe.}}]}\n`,
      "README.md": "Not a scenario.",
    });
    const mock = await running([root]);
    const content = async (name: string) => {
      const answer = await ask(mock, { model: "m", messages: [user("Hi")] }, { prefer: `example=${name}` });
      return (await answer.json()).choices[0].message.content;
    };
    expect([await content("yes"), await content("no"), await content("maybe")]).toEqual([
      "Yes.",
      "No.",
      "Maybe.",
    ]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ["that is not YAML", { "a.yaml": "value: [1\nname: x" }, ["a.yaml:", "This is not YAML"]],
    ["with a wrong member", { "a.yaml": "name: x\nvalues: 1\n" }, ["a.yaml:2:1", "values is not allowed"]],
    [
      "without an operation",
      { "a.yaml": "value: 1\noperation: nope\n" },
      ["a.yaml:2:1", "no operation nope", chat],
    ],
    [
      "with an answer that breaks the contract",
      { [`${chat}/a.yaml`]: "value:\n  choices:\n    - message:\n        content: 7\n" },
      ["a.yaml:4:9", "content must be", "check: false"],
    ],
    [
      "with an x-fill that points nowhere",
      { [`${chat}/a.yaml`]: "x-fill:\n  /nope: $request.body#/model\n" },
      ["a.yaml:2:3", "nothing at /nope"],
    ],
    [
      "with a condition that is not a schema",
      { [`${chat}/a.yaml`]: "x-when: {type: strng}\n" },
      ["a.yaml:1:", "x-when"],
    ],
    [
      "with a broken regular expression",
      { [`${chat}/a.yaml`]: "when: {/body/model: '('}\n" },
      ["a.yaml:1:", "regular expression"],
    ],
    ["with an unknown fault", { [`${chat}/a.yaml`]: "fault: boom\n" }, ["a.yaml:1:1", "no fault boom"]],
    [
      "with an unknown example",
      { [`${chat}/a.yaml`]: "extends: boom\n" },
      ["a.yaml:1:1", "no example boom", "plain"],
    ],
    [
      "with something wrong in a turn",
      { [`${chat}/a.yaml`]: "turns:\n  - value: {}\n  - fault: boom\n" },
      ["a.yaml:3:5", "no fault boom"],
    ],
  ])("%s are refused, with the place", async (_, files, words) => {
    const root = await folder(files);
    const error = await start({ scenarios: [root] }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    for (const word of words) expect((error as Error).message).toContain(word);
  });

  it("that are not there are refused", async () => {
    await expect(start({ scenarios: ["nowhere.yaml"] })).rejects.toThrow(/nowhere\.yaml.*no such file/);
  });

  it("are not needed: an object with a fault is named by its place in the list", async () => {
    const wrong = [{ operation: chat, fault: "boom" }];
    await expect(start({ scenarios: wrong })).rejects.toThrow("Scenario scenario 1, fault: fault boom");
  });

  it("may break the contract on purpose", async () => {
    const mock = await running([
      { name: "odd", operation: chat, check: false, extends: false, value: { choices: "none" } },
    ]);
    const odd = await ask(mock, { model: "m", messages: [user("Hi")] }, { prefer: "example=odd" });
    expect(await odd.json()).toEqual({ choices: "none" });
  });
});

import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningMock } from "../../../scripts/mock/index.ts";
import { ask, failure, get, plain, sdk, start } from "../support.ts";

/** Which models a token may use, and which tokens there are. */
describe("--models", () => {
  let mock: RunningMock;
  beforeAll(async () => {
    mock = await start({ models: ["gpt-5.4", "house/own-model"], tps: 0 });
  });
  afterAll(() => mock.close());

  it("are what list, retrieve and chat know", async () => {
    const listed = (await sdk(mock).models.list()).data.map(({ id }) => id);
    expect(listed).toEqual(["gpt-5.4", "house/own-model"]);
    for (const id of listed) {
      expect((await sdk(mock).models.retrieve(id)).id).toBe(id);
      expect(
        (await sdk(mock).chat.completions.create({ ...plain, messages: [...plain.messages], model: id }))
          .model,
      ).toBe(id);
    }
  });

  it("are all: anything else is 404 model_not_found, as a stream and with tools too", async () => {
    const error = await sdk(mock)
      .models.retrieve("o3")
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.NotFoundError);
    for (const extra of [{}, { stream: true }, { tools: [{ type: "function", function: { name: "f" } }] }]) {
      expect(await failure(ask(mock, { ...plain, ...extra, model: "o3" }))).toMatchObject({
        status: 404,
        code: "model_not_found",
        param: "model",
        message: expect.stringContaining("o3"),
      });
    }
  });

  it("do not make a wrong request right, nor a right one wrong", async () => {
    expect((await ask(mock, { model: "o3", messages: [] })).status).toBe(400);
    expect((await ask(mock, { ...plain, model: "" })).status).toBe(400);
  });

  it("are the contract's unless given, and chat takes any", async () => {
    const open = await start();
    expect((await sdk(open).models.list()).data.length).toBeGreaterThan(20);
    expect((await ask(open, { ...plain, model: "anything/at-all" })).status).toBe(200);
    expect((await get(open, "/v1/models/anything")).status).toBe(404);
    await open.close();
  });

  it("need a contract with a list of them", async () => {
    const document = { openapi: "3.1.1", info: { title: "T", version: "1" }, paths: {} };
    await expect(start({ document, models: ["a"] })).rejects.toThrow(/no list of models/);
  });
});

describe("--api-key", () => {
  let mock: RunningMock;
  beforeAll(async () => {
    mock = await start({ apiKeys: ["sk-one", "My Other Key"] });
  });
  afterAll(() => mock.close());

  it.each(["Bearer sk-one", "bearer   sk-one", "Bearer My Other Key"])(
    "%s is accepted",
    async (authorization) => {
      expect((await get(mock, "/v1/models", { authorization })).status).toBe(200);
    },
  );

  it.each(["Bearer sk-two", "Bearer sk-one2", "Bearer my other key", "Basic sk-one", "sk-one", "Bearer", ""])(
    "%j is a 401, before anything else is said",
    async (authorization) => {
      const refused = await failure(ask(mock, "{not JSON", { authorization }));
      expect([refused.status, refused.code, refused.headers.get("www-authenticate")]).toEqual([
        401,
        "invalid_api_key",
        "Bearer",
      ]);
    },
  );

  it("is thrown by the SDK", async () => {
    const error = await sdk(mock, { apiKey: "sk-wrong" })
      .models.list()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.AuthenticationError);
  });
});

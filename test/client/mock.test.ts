/** The client against the mock: two things made from one document. */

import {
  AuthenticationError,
  BadRequestError,
  type ChatCompletionCreateParams,
  NotFoundError,
  Routescope,
} from "@routescope/api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Running, start } from "../mock/support.ts";

let mock: Running;
let client: Routescope;
const ask: ChatCompletionCreateParams & { stream?: false } = {
  model: "gpt-5.4",
  messages: [{ role: "user", content: "Introduce yourself." }],
};

beforeAll(async () => {
  mock = await start({ tps: 0 });
  client = new Routescope({ apiKey: "sk-test", baseURL: mock.url, maxRetries: 0 });
});
afterAll(() => mock.close());

it("answers, and the stream of the same request says the same", async () => {
  const completion = await client.chat.completions.create(ask);
  const text = completion.choices[0]?.message.content;
  expect(text).toMatch(/\w/);
  let streamed = "";
  for await (const chunk of await client.chat.completions.create({ ...ask, stream: true }))
    streamed += chunk.choices[0]?.delta.content ?? "";
  expect(streamed).toBe(text);
});

it("lists the models and retrieves each", async () => {
  const { data } = await client.models.list();
  expect(data.length).toBeGreaterThan(1);
  for (const { id } of data) expect((await client.models.retrieve(id)).id).toBe(id);
});

it("raises what the mock reports", async () => {
  await expect(client.models.retrieve("no/such model")).rejects.toThrow(NotFoundError);
  const body = { ...ask, temperature: 99 };
  await expect(client.chat.completions.create(body)).rejects.toThrow(BadRequestError);
  await expect(client.chat.completions.create(body)).rejects.toMatchObject({
    status: 400,
    param: "temperature",
  });
  const stranger = new Routescope({
    apiKey: "k",
    baseURL: mock.url,
    maxRetries: 0,
    defaultHeaders: { authorization: "none" },
  });
  await expect(stranger.models.list()).rejects.toThrow(AuthenticationError);
});

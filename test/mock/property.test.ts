import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Schema } from "../../scripts/document/model.ts";
import { deref, operations } from "../../scripts/document/operations.ts";
import { parameterExample } from "../../scripts/document/parameter-example.ts";
import { streamProtocol } from "../../scripts/document/stream-shape.ts";
import type { RunningMock } from "../../scripts/mock/index.ts";
import { sample } from "../../scripts/mock/scenarios/sample.ts";
import { isChatStream } from "../../scripts/openai/detect.ts";
import type { Json } from "../../scripts/shared/json.ts";
import { schemaValidator } from "../openapi/validator.ts";
import { type ChatChunk, fold } from "./fold.ts";
import { contract, errorIn, events, start } from "./support.ts";

/**
 * A request that the contract allows gets an answer that the contract allows; any other is refused in its words.
 * Requests are made from the contract's own schemas, for every operation that takes JSON.
 */
// The same cases each time in CI, so that a failure there is a failure here; others at each run elsewhere.
fc.configureGlobal(process.env["CI"] ? { seed: 20261126 } : {});
const RUNS = 150;
const POOL = 10;
const JSON_TYPE = "application/json";

let mock: RunningMock;
beforeAll(async () => {
  mock = await start({ tps: 0, journal: false });
});
afterAll(() => mock.close());

/** The schemas as one schema, for tools that know no document. */
const alone = (schema: Schema): Json => {
  const text = JSON.stringify({ ...(schema as object), $defs: contract.components?.["schemas"] });
  return JSON.parse(text.replaceAll('"#/components/schemas/', '"#/$defs/')) as Json;
};

const taking = [...operations(contract)].flatMap((entry) => {
  const { path, method, operation, parameters } = entry;
  const needed = parameters.filter(({ required }) => required);
  const value = (name: string) => {
    const parameter = needed.find((one) => one.name === name);
    return String((parameter && parameterExample(contract, parameter)) ?? "example");
  };
  const named = (place: string) =>
    needed.filter((one) => one.in === place).map(({ name }): [string, string] => [name, value(name)]);
  const target = path.replace(/\{([^{}]+)\}/g, (_, name: string) => encodeURIComponent(value(name)));
  const headers = Object.fromEntries(named("header"));
  const body = operation.requestBody && deref(contract, operation.requestBody);
  const request = body?.content[JSON_TYPE]?.schema;
  const { content = {} } = deref(contract, operation.responses?.["200"] ?? { description: "" });
  const answer = content[JSON_TYPE]?.schema;
  const stream = content["text/event-stream"];
  const url = `${target}?${new URLSearchParams(named("query"))}`;
  const send = (sent: unknown) =>
    fetch(mock.url + url, {
      method: method.toUpperCase(),
      headers: { authorization: "Bearer sk-test", "content-type": JSON_TYPE, ...headers },
      body: JSON.stringify(sent),
    });
  return request && answer ? [{ name: operation.operationId, send, request, answer, stream }] : [];
});

/** A request may carry a schema that is none: then the mock says so. */
const REFUSALS = ["invalid_json_schema", "unsupported_json_schema", "invalid_value"];

/** What the usage and the stream of a chat completion say beyond the contract. */
function holdChat(said: Json, chunks: Json[]): void {
  expect(fold(chunks as unknown as ChatChunk[])).toEqual(fold.ofAnswer(said));
  const { usage = {} } = said as { usage?: Record<string, number> };
  expect(usage["total_tokens"]).toBe((usage["prompt_tokens"] ?? 0) + (usage["completion_tokens"] ?? 0));
  expect([usage["input_tokens"], usage["output_tokens"]]).toEqual([
    usage["prompt_tokens"],
    usage["completion_tokens"],
  ]);
}

describe.each(taking)("$name", ({ send, request, answer, stream }) => {
  const schema = alone(request);
  const asRequest = schemaValidator(request);
  const asAnswer = schemaValidator(answer);
  const chunk = typeof stream?.schema === "object" ? stream.schema.contentSchema : undefined;
  const asChunk = chunk && schemaValidator(chunk);
  // Samples are dear and have every member that there is: requests mix the members of a few, and leave some out.
  const pool = Array.from({ length: POOL }, (_, seed) => sample(schema, seed, "") as Record<string, Json>);
  const names = [...new Set(pool.flatMap(Object.keys))];
  const valid = fc
    .array(fc.nat(2 * POOL), { minLength: names.length, maxLength: names.length })
    .map((picks) =>
      Object.fromEntries(
        names.flatMap((name, index) => {
          const value = pool[picks[index] ?? 0]?.[name];
          return value === undefined ? [] : [[name, value]];
        }),
      ),
    )
    .filter((body) => asRequest(body).length === 0);

  it("answers every valid request, streamed as it does whole", async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(valid, async (body) => {
        const { stream: _, stream_options: __, ...asked } = body;
        const whole = await send(asked);
        const said = (await whole.json()) as Json;
        if (whole.status !== 200) {
          expect([whole.status, REFUSALS.includes(errorIn(said).code ?? "")]).toEqual([400, true]);
          return;
        }
        answered += 1;
        expect(asAnswer(said)).toEqual([]);
        if (!stream || !asChunk) return;
        const options = { stream: true, stream_options: { include_usage: true } };
        const streamed = await send({ ...asked, ...options });
        expect(streamed.headers.get("content-type")).toMatch(/^text\/event-stream/);
        const data = events(await streamed.text());
        if (streamProtocol(stream).done) expect(data.pop()).toBe("[DONE]");
        const chunks = data.map((one) => JSON.parse(one) as Json);
        for (const one of chunks) expect(asChunk(one)).toEqual([]);
        if (isChatStream(contract, chunk)) holdChat(said, chunks);
      }),
      { numRuns: RUNS },
    );
    expect(answered).toBeGreaterThan(RUNS / 3);
  });

  it("refuses every invalid request in the API's words", async () => {
    let refused = 0;
    const mutated = fc
      .tuple(valid, fc.jsonValue(), fc.nat(), fc.boolean())
      .map(([body, value, where, drop]) => {
        const copy = structuredClone(body);
        const places = [...placesOf(copy)];
        const place = places[where % places.length];
        if (!place) return value;
        if (drop) delete place.holder[place.key];
        else place.holder[place.key] = value as Json;
        return copy as unknown;
      });
    await fc.assert(
      fc.asyncProperty(mutated, async (body) => {
        const sent = { ...(typeof body === "object" ? body : { body }), stream: false };
        const response = await send(sent);
        const text = await response.text();
        const isValid = asRequest(sent).length === 0;
        if (response.status === 200) {
          expect(isValid).toBe(true);
          return;
        }
        const error = errorIn(JSON.parse(text));
        expect(response.status).toBe(400);
        expect(error.message).not.toMatch(/undefined|\[object|The mock failed/);
        if (isValid) expect(REFUSALS).toContain(error.code);
        refused += 1;
      }),
      { numRuns: RUNS },
    );
    expect(refused).toBeGreaterThan(RUNS / 10);
  });
});

/** Every member of every object in a value. */
function* placesOf(node: Json): Generator<{ holder: Record<string, Json>; key: string }> {
  if (typeof node !== "object" || node === null) return;
  for (const key of Object.keys(node)) {
    if (!Array.isArray(node)) yield { holder: node, key };
    yield* placesOf((node as Record<string, Json>)[key] as Json);
  }
}

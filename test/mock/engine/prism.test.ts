import { type ChildProcess, spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Example } from "../../../scripts/document/model.ts";
import { deref, operations } from "../../../scripts/document/operations.ts";
import { prism } from "../../../scripts/mock/engine/prism.ts";
import type { RunningMock } from "../../../scripts/mock/index.ts";
import type { Json } from "../../../scripts/shared/json.ts";
import { contract, start } from "../support.ts";

/** What stock Prism decides, this mock decides too: over a corpus made of the contract, so that it grows with it. */
const JSON_TYPE = "application/json";

interface Sent {
  title: string;
  method: "get" | "post" | "put" | "delete" | "patch";
  path: string;
  headers: Record<string, string>;
  body?: Json;
}

const auth = { authorization: "Bearer sk-test" };

/** Each operation: its request examples, those without each member, without a token; each status and example. */
const corpus = [...operations(contract)].flatMap(({ path, method, operation, parameters }): Sent[] => {
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name) => {
    const { example, schema, examples } = parameters.find((parameter) => parameter.name === name) ?? {};
    const [first] = Object.values(examples ?? {}).map((one) => deref<Example>(contract, one).value);
    const listed =
      typeof schema === "object" ? (deref(contract, schema) as { examples?: Json[] }).examples : [];
    return encodeURIComponent(String(example ?? first ?? listed?.[0] ?? "x"));
  });
  const declared = operation.requestBody && deref(contract, operation.requestBody);
  const bodies = Object.values(declared?.content[JSON_TYPE]?.examples ?? {}).map(
    (one) => deref<Example>(contract, one).value as Record<string, Json>,
  );
  // Stock Prism has no conditions, streams no events and sends no bytes: what it can judge is JSON that has an example.
  const success = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith("2"));
  const isJson = JSON_TYPE in (deref(contract, success?.[1] ?? { description: "" }).content ?? {});
  if (!isJson || (declared?.required && bodies.length === 0)) return [];
  const base = (title: string, extra: Partial<Sent> = {}): Sent => ({
    title: `${operation.operationId}, ${title}`,
    method: method as Sent["method"],
    path: url,
    headers: auth,
    ...(bodies[0] && { body: bodies[0] }),
    ...extra,
  });
  const lacking = bodies.flatMap((body) =>
    Object.keys(body).map((name) => ({ ...body, [name]: undefined }) as unknown as Json),
  );
  const wrong = bodies
    .slice(0, 1)
    .flatMap((body) =>
      Object.keys(body).flatMap((name) =>
        [7, "x", null, [], {}, [7]].map((value) => ({ ...body, [name]: value as Json })),
      ),
    );
  return [
    base("as it is"),
    base("without a token", { headers: {} }),
    base("with another scheme", { headers: { authorization: "Basic eDp4" } }),
    base("with an unknown query", { path: `${url}?api-version=1` }),
    ...[...bodies, ...lacking, ...wrong].map((body) => base(JSON.stringify(body), { body: whole(body) })),
    ...Object.entries(operation.responses ?? {}).flatMap(([status, response]) => {
      if (!/^\d+$/.test(status)) return [];
      const { content } = deref(contract, response);
      const names = Object.keys(content?.[JSON_TYPE]?.examples ?? {});
      const preferring = (prefer: string) => base(`Prefer: ${prefer}`, { headers: { ...auth, prefer } });
      return [
        preferring(`code=${status}`),
        ...names.map((name) => preferring(`code=${status}, example=${name}`)),
      ];
    }),
  ];
});

let mock: RunningMock;
let stock: ChildProcess;
let stockUrl = "";
beforeAll(async () => {
  mock = await start({ tps: 0, journal: false });
  const args = ["mock", "generated/openapi.json", "--port", "0"];
  stock = spawn("prism", args, { env: { ...process.env, NO_COLOR: "1", SCARF_ANALYTICS: "false" } });
  stockUrl = await new Promise((found) => {
    stock.stdout?.on("data", (text) => {
      const url = /listening on (http:\S+)/.exec(String(text))?.[1];
      if (url) found(url);
    });
  });
}, 30_000);
afterAll(async () => {
  stock.kill();
  await mock.close();
});

async function ask(url: string, { method, path, headers, body }: Sent) {
  const response = await fetch(url + path, {
    method: method.toUpperCase(),
    headers: { ...headers, accept: JSON_TYPE, ...(body !== undefined && { "content-type": JSON_TYPE }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Json };
}

/** Without what is undefined, and without the wish for a stream, which stock Prism cannot meet. */
function whole(body: Json): Json {
  const { stream: _, ...rest } = JSON.parse(JSON.stringify(body));
  return rest;
}

/** What an example says to everyone: its members, without what is filled in or fresh. */
function shape(value: Json): Json {
  if (Array.isArray(value)) return value.slice(0, 1).map(shape);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => name !== "usage")
        .map(([name, member]) => [name, shape(member)]),
    );
  return typeof value;
}

describe("stock Prism and the mock", () => {
  it("have something to agree on", () => {
    expect(corpus.length).toBeGreaterThan(100);
  });

  it.each(corpus)("agree on $title", async (sent) => {
    const [ours, theirs] = await Promise.all([ask(mock.url, sent), ask(stockUrl, sent)]);
    expect(ours.status).toBe(theirs.status);
    // Without a wish the scenarios decide, which stock Prism does not know; a GET has none for its success.
    const same = sent.headers["prefer"] !== undefined || (sent.method === "get" && ours.status === 200);
    if (same) expect(shape(ours.body)).toEqual(shape(theirs.body));
  });
});

describe("what is remembered of Prism", () => {
  it("is what it would decide again", async () => {
    const [remembering, asking] = [prism(contract), prism(contract, false)];
    for (const entry of operations(contract)) {
      const names = Object.keys(
        deref(contract, entry.operation.responses?.["200"] ?? { description: "" }).content?.[JSON_TYPE]
          ?.examples ?? {},
      );
      for (const [headers, query] of [
        [auth, {}],
        [{}, {}],
        [{ authorization: "Basic x" }, {}],
        [auth, { a: "1" }],
      ] as const) {
        const path = { model: "gpt-5.4" };
        const request = { method: entry.method, url: entry.path, path, query, headers, body: undefined };
        for (const example of [undefined, ...names]) {
          const wanted = { status: 200, check: "all", ...(example && { example }) } as const;
          const outcome = (ask: typeof asking) =>
            ask(entry, request, wanted).catch((error: Error) => ({ refused: error.message }));
          const decided = await outcome(asking);
          expect(await outcome(remembering)).toEqual(decided);
          expect(await outcome(remembering)).toEqual(decided);
        }
      }
    }
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Document } from "../../../scripts/document/model.ts";
import { validation } from "../../../scripts/document/validation.ts";
import type { Json } from "../../../scripts/shared/json.ts";
import { type Running, start } from "../support.ts";

/** What documents of others have, and the mock has to serve: odd paths, media types, streams and schemas. */
const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
const ok = (content?: object) => ({ "200": { description: "Done.", ...(content && { content }) } });
const named = (value: Json) => ({ "application/json": { examples: { one: { value } } } });
const takes = (content: object) => ({ requestBody: { required: true, content } });
const get = (responses: object, parameters: object[] = []) => ({ get: { parameters, responses } });
const bytes = Uint8Array.of(0xff, 0x00, 0xfe, 0x80);
const when = (name: string, value: Json) => ({
  properties: { body: { properties: { [name]: { const: value } }, required: [name] } },
});

const document = {
  openapi: "3.1.1",
  jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
  info: { title: "Odd", version: "1" },
  servers: [{ url: "https://<your-host>/{stage}/api/", variables: { stage: { default: "prod" } } }],
  paths: {
    "/things/{id}": get(ok(named("whole")), [id]),
    "/things/{id}.json": get(ok(named("dotted")), [id]),
    "/things/{id}:start": get(ok(named("verb")), [id]),
    "/things/special": get(ok(named("literal"))),
    "/beta": get(ok(named("plain"))),
    "/beta?beta=true": get(ok(named("beta"))),
    "/named/{id}#byName": get(ok(named("by name")), [
      id,
      { name: "fields", in: "query", required: true, schema: {} },
    ]),
    "/named/{id}": get(ok(named("by id")), [id]),
    "/head": { head: { responses: ok() } },
    "/moved": get({
      "302": { description: "Elsewhere.", headers: { Location: { schema: {}, example: "/to" } } },
    }),
    "/quiet": { get: {} },
    "/events": get(
      ok({
        "text/event-stream": {
          schema: { type: "string", contentSchema: { $ref: "#/components/schemas/Identified" } },
        },
      }),
    ),
    "/lines": get(
      ok({
        "application/x-ndjson": {
          schema: { type: "string", contentSchema: { $ref: "#/components/schemas/Identified" } },
        },
      }),
    ),
    "/either-part": {
      post: {
        ...takes({
          "multipart/form-data": {
            schema: {
              type: "object",
              properties: {
                part: {
                  anyOf: [
                    { const: "auto" },
                    { type: "string", enum: ["auto"] },
                    { type: "object", required: ["n"], properties: { n: { type: "integer" } } },
                  ],
                },
              },
            },
          },
        }),
        responses: ok(),
      },
    },
    "/null": get(ok({ "application/json": { schema: { type: "null" } } })),
    "/null-example": get(ok(named(null))),
    "/headers": get({
      "200": {
        description: "Done.",
        headers: {
          "X-Json": { content: { "application/json": { example: { a: "\u00e9\u{1f600}" } } } },
          "X-Plain": { content: { "text/plain": { example: "plain" } } },
          "X-Text": { example: "\u00e9\u{1f600}\n", schema: { type: "string" } },
          "X-Flag": { schema: { type: "boolean", const: true } },
          "X-Parts": { schema: { oneOf: [{ type: "array", minItems: 1, items: { const: { a: 1 } } }] } },
          "X-List": { schema: { type: "array", minItems: 2, items: { const: 3 } } },
          "X-Pairs": { explode: true, schema: { type: "object", properties: { a: { const: 1 } } } },
        },
      },
    }),
    "/rest/{path*}": get(ok(named("rest")), [{ ...id, name: "path*", schema: { maxLength: 5 } }]),
    "/filtered": get(ok(named("filtered")), [
      {
        name: "filter",
        in: "query",
        style: "deepObject",
        explode: true,
        schema: { type: ["object", "null"], properties: { n: { type: "integer" } } },
      },
      {
        name: "range",
        in: "query",
        style: "deepObject",
        schema: {
          properties: { createdAt: { properties: { from: { type: "integer" } } } },
          additionalProperties: { type: "array", items: { type: "integer" } },
        },
      },
    ]),
    "/odd/{$id}/{a.b}/{ab}": get(
      ok(named("odd")),
      ["$id", "a.b", "ab"].map((name) => ({ ...id, name, schema: { maxLength: 3 } })),
    ),
    "/referring": get(
      ok({
        "application/json": {
          schema: {
            type: "object",
            required: ["a", "b", "c"],
            properties: {
              a: { const: { $ref: "#/components/schemas/Tree" } },
              b: { enum: [{ $ref: "https://host.invalid/1" }] },
              c: { type: "object", default: { $ref: "#/none" } },
            },
          },
        },
      }),
    ),
    "/identified": {
      post: {
        ...takes({ "application/json": { schema: { $ref: "#/components/schemas/Identified" } } }),
        responses: ok({ "application/json": { schema: { $ref: "#/components/schemas/Identified" } } }),
      },
      put: {
        ...takes({
          "application/json": {
            schema: { type: "array", items: { $ref: "#/components/schemas/Identified" } },
          },
        }),
        responses: ok(),
      },
    },
    "/anything": get(ok({ "application/json": { schema: {} } })),
    "/any-media": {
      post: {
        ...takes({ "*/*": { schema: { type: "object", required: ["name"] } } }),
        responses: ok({ "*/*": { examples: { one: { value: { saved: true } } } } }),
      },
    },
    "/xml": { post: { ...takes({ "application/xml": { schema: { type: "object" } } }), responses: ok() } },
    "/price": {
      post: {
        ...takes({
          "application/json": {
            schema: {
              type: "object",
              required: ["id", "price"],
              properties: {
                id: { type: "string", readOnly: true },
                price: { type: "number", multipleOf: 0.01 },
                code: { type: "string", pattern: "^[\\w-.]+$" },
              },
            },
          },
        }),
        responses: ok(),
      },
    },
    "/broken": {
      post: {
        ...takes({ "application/json": { schema: { type: "strin" } } }),
        responses: ok(named("served")),
      },
    },
    "/report": get(
      ok({
        "application/json": { examples: { one: { value: { a: 1 } } } },
        "text/csv": { examples: { table: { value: "a\n1\n" } } },
      }),
    ),
    "/speech": {
      post: {
        ...takes({ "application/json": { schema: {} } }),
        responses: ok({
          "audio/mpeg": {
            examples: {
              spoken: {
                externalValue: `data:application/octet-stream;base64,${Buffer.from(bytes).toString("base64")}`,
              },
            },
          },
          "text/event-stream": {
            "x-when": when("stream_format", "sse"),
            "x-stream": { name: "/type", end: ["done"] },
            examples: { events: { value: [{ type: "delta", text: "Hi" }, { type: "done" }] } },
          },
        }),
      },
    },
    "/responses": {
      post: {
        ...takes({ "application/json": { schema: {} } }),
        responses: ok({
          "application/json": { examples: { one: { value: { id: "r" } } } },
          "text/event-stream": {
            "x-when": when("stream", true),
            "x-stream": {
              name: "/type",
              end: ["completed"],
              result: { event: "completed", pointer: "/response" },
            },
          },
        }),
      },
    },
    "/many": {
      post: {
        ...takes({ "application/json": { schema: {} } }),
        responses: ok({
          "application/json": {
            examples: {
              one: {
                value: { items: [{ id: "", text: "x".repeat(1000) }], places: [{ at: 0 }], same: [{ a: 1 }] },
                "x-fill": {
                  "/items/*/id": { each: "$request.body#/input/ids" },
                  "/places/*/at": { each: "$request.body#/input/ids", as: "index" },
                  "/same/*": { each: "$request.body#/input/ids", as: "none" },
                },
              },
            },
          },
        }),
      },
    },
    "/trees": get(ok({ "application/json": { schema: { $ref: "#/components/schemas/Tree" } } })),
    "/trees/{id}": get(ok({ "application/json": { schema: { $ref: "#/components/schemas/Tree" } } }), [id]),
    "/made-up": get(ok({ "application/json": { schema: { $ref: "#/components/schemas/MadeUp" } } })),
    "/open": { get: { security: [{}], responses: ok(named("open")) } },
    "/either/{key}": get(ok(named("either")), [
      { ...id, name: "key", schema: { oneOf: [{ type: "integer" }, { type: "string" }] } },
    ]),
    "/sizes": get(
      ok({
        "application/json": {
          examples: {
            large: {
              value: "large",
              "x-when": {
                properties: { query: { properties: { size: { const: "l" } }, required: ["size"] } },
              },
            },
            usual: { value: "usual" },
          },
        },
      }),
      [{ name: "size", in: "query", schema: {} }],
    ),
    "/data": get(ok(named({ manager: { $ref: "https://host.invalid/1" } }))),
  },
  webhooks: {
    made: {
      post: {
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/MadeUp" } } } },
      },
    },
  },
  components: {
    securitySchemes: { key: { type: "http", scheme: "bearer" } },
    schemas: {
      // Each member is one that Prism's sampler gets wrong.
      Identified: {
        $id: "https://host.invalid/identified",
        type: "object",
        required: ["name"],
        properties: { name: { type: "string" } },
      },
      MadeUp: {
        type: "object",
        required: ["code", "link", "kind", "parts", "node", "rule"],
        additionalProperties: false,
        properties: {
          id: { type: "string", readOnly: true },
          code: { type: "string", pattern: "^rd_[a-z]{3}$" },
          link: { allOf: [{ type: "string" }, { format: "uri" }] },
          kind: { allOf: [{ $ref: "#/components/schemas/Kind" }, { required: ["size"] }] },
          parts: {
            type: "array",
            minItems: 2,
            uniqueItems: true,
            items: { type: "integer", minimum: 5, multipleOf: 5 },
          },
          node: { $ref: "#/components/schemas/Node" },
          rule: { $ref: "#/components/schemas/Rule" },
        },
      },
      // Its first branch has an end in the second one only.
      Rule: {
        oneOf: [
          { type: "object", required: ["not"], properties: { not: { $ref: "#/components/schemas/Rule" } } },
          { type: "object", required: ["is"], properties: { is: { type: "string", pattern: "^is_[a-z]$" } } },
        ],
      },
      Kind: {
        oneOf: [
          { type: "object", properties: { size: { type: "integer" } }, additionalProperties: false },
          { type: "object", required: ["name"], properties: { name: { type: "string", minLength: 9 } } },
        ],
      },
      Node: {
        type: "object",
        required: ["name", "next"],
        properties: {
          name: { enum: ["n"] },
          next: { type: "array", items: { $ref: "#/components/schemas/Node" } },
        },
      },
      Tree: {
        type: "object",
        required: ["id"],
        properties: { id: { const: "root" }, child: { $ref: "#/components/schemas/Tree" } },
      },
    },
  },
} as unknown as Document;

describe("a document of others", () => {
  const warnings: string[] = [];
  let mock: Running;
  beforeAll(async () => {
    mock = await start({ document, warn: (message) => warnings.push(message) });
  });
  afterAll(() => mock.close());

  const send = (path: string, init: RequestInit = {}) => fetch(mock.url + path, init);
  const json = (body: Json): RequestInit => ({
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

  it.each([
    ["/things/1", "whole"],
    ["/things/1.json", "dotted"],
    ["/things/a%2Fb:start", "verb"],
    ["/things/special", "literal"],
    ["/beta?beta=true&limit=3", "beta"],
    ["/beta?limit=3", "plain"],
    ["/named/1?fields=all", "by name"],
    ["/named/1", "by id"],
    ["/prod/api/things/1", "whole"],
  ])("is served at %s, whatever its paths look like", async (path, expected) => {
    expect(await (await send(path)).json()).toBe(expected);
  });

  it("is announced at an address that works, below the path of its server", async () => {
    expect(mock.baseURL).toBe(`${mock.url}/prod/api`);
    expect((await fetch(`${mock.baseURL}/things/special`)).status).toBe(200);
  });

  it("answers HEAD where it is declared, and for every GET", async () => {
    const statuses = ["/head", "/things/1", "/quiet"].map(
      async (path) => (await send(path, { method: "HEAD" })).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 200, 200]);
    expect((await send("/head")).status).toBe(405);
  });

  it("answers by a redirect, or without a body, where that is all that it declares", async () => {
    const moved = await send("/moved", { redirect: "manual" });
    expect([moved.status, moved.headers.get("location")]).toEqual([302, "/to"]);
    const quiet = await send("/quiet");
    expect([quiet.status, await quiet.text()]).toEqual([200, ""]);
  });

  it("answers some JSON by a schema that allows any", async () => {
    expect(await (await send("/anything")).json()).toEqual({});
  });

  it("takes any media type by */*, and checks JSON by its schema", async () => {
    const saved = await send("/any-media", json({ name: "Ada" }));
    expect([saved.headers.get("content-type"), await saved.json()]).toEqual([
      "application/json",
      { saved: true },
    ]);
    expect((await send("/any-media", json({}))).status).toBe(400);
    const headers = { "content-type": "text/plain" };
    expect((await send("/any-media", { method: "POST", headers, body: "Ada" })).status).toBe(200);
  });

  it("takes XML, of which its schema says nothing that could be checked", async () => {
    const headers = { "content-type": "application/xml" };
    expect((await send("/xml", { method: "POST", headers, body: "<a/>" })).status).toBe(200);
    expect((await send("/xml", { method: "POST", headers, body: "" })).status).toBe(400);
  });

  it("demands no read-only members, knows multiples of 0.01, and patterns that are not in Unicode mode", async () => {
    expect((await send("/price", json({ price: 1.1, code: "a-b.c" }))).status).toBe(200);
    expect((await send("/price", json({ price: 1.105 }))).status).toBe(400);
    expect((await send("/price", json({ price: 1, code: "a b" }))).status).toBe(400);
  });

  it("is served unchecked, with one warning that says why, where a schema does not compile", async () => {
    for (const body of ["text", 5]) expect(await (await send("/broken", json(body))).json()).toBe("served");
    expect(warnings).toEqual([
      expect.stringMatching(
        /^POST \/broken: the body is not checked, since its schema does not compile: .*type/,
      ),
    ]);
  });

  it("gives the type that Accept wants most, else JSON", async () => {
    const typed = async (accept: string) => {
      const answer = await send("/report", { headers: { accept } });
      return [answer.headers.get("content-type"), await answer.text()];
    };
    expect(await typed("text/csv")).toEqual(["text/csv", "a\n1\n"]);
    expect(await typed("application/json;q=0.5, text/*")).toEqual(["text/csv", "a\n1\n"]);
    for (const accept of ["*/*", "image/png", "text/csv;q=0, */*", "nonsense"])
      expect(await typed(accept)).toEqual(["application/json", '{"a":1}']);
  });

  it("gives bytes as they are, or the events of a stream that x-when selects", async () => {
    const spoken = await send("/speech", json({ input: "Hi" }));
    expect(spoken.headers.get("content-type")).toBe("audio/mpeg");
    expect(new Uint8Array(await spoken.arrayBuffer())).toEqual(bytes);
    const events = await send("/speech", json({ input: "Hi", stream_format: "sse" }));
    expect(events.headers.get("content-type")).toBe("text/event-stream");
    expect(await events.text()).toBe(
      'event: delta\ndata: {"type":"delta","text":"Hi"}\n\nevent: done\ndata: {"type":"done"}\n\n',
    );
  });

  it("makes a stream of the whole answer, in the event that x-stream names", async () => {
    expect(await (await send("/responses", json({}))).json()).toEqual({ id: "r" });
    expect(await (await send("/responses", json({ stream: true }))).text()).toBe(
      'event: completed\ndata: {"type":"completed","response":{"id":"r"}}\n\n',
    );
  });

  it("repeats an item for each value of the request, up to 8 MiB in all", async () => {
    const ids = ["a", "b", "c"];
    const { items, places, same } = await (await send("/many", json({ input: { ids } }))).json();
    expect(places).toEqual([{ at: 0 }, { at: 1 }, { at: 2 }]);
    expect(same).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
    expect(items.map((item: { id: string }) => item.id)).toEqual(ids);
    const refused = await send("/many", json({ input: { ids: Array(9000).fill("a") } }));
    expect([refused.status, (await refused.json()).code]).toEqual([400, "answer_too_large"]);
  });

  it("may have a member $ref in an example, which is data", async () => {
    expect(await (await send("/data")).json()).toEqual({ manager: { $ref: "https://host.invalid/1" } });
  });

  it("may have a member $ref in the constants and defaults of a schema, which is data too", async () => {
    expect(await (await send("/referring")).json()).toEqual({
      a: { $ref: "#/components/schemas/Tree" },
      b: { $ref: "https://host.invalid/1" },
      c: { $ref: "#/none" },
    });
  });

  it("may have a schema with $id in several operations", async () => {
    const statuses = async (method: string, ...bodies: Json[]) =>
      Promise.all(bodies.map(async (body) => (await send("/identified", { ...json(body), method })).status));
    expect(await statuses("POST", { name: "a" }, {})).toEqual([200, 400]);
    expect(await statuses("PUT", [{ name: "a" }], [{}])).toEqual([200, 400]);
    expect(await (await send("/identified", json({ name: "a" }))).json()).toMatchObject({
      name: expect.any(String),
    });
  });

  it("answers null in JSON where that is the value, by its schema or its example", async () => {
    for (const path of ["/null", "/null-example"]) {
      const answer = await send(path);
      expect([answer.headers.get("content-type"), await answer.text()]).toEqual(["application/json", "null"]);
    }
  });

  it("makes an event of a stream, and a line of JSON lines, by the schema of what they hold", async () => {
    expect(await (await send("/events")).text()).toBe('data: {"name":"string"}\n\ndata: [DONE]\n\n');
    expect(JSON.parse(await (await send("/lines")).text())).toEqual({ name: "string" });
  });

  it("reads a part of a form that may be a text or an object", async () => {
    const status = async (part: string) => {
      const body = new FormData();
      body.set("part", part);
      return (await send("/either-part", { method: "POST", body })).status;
    };
    expect([await status("auto"), await status('{"n":1}'), await status('{"n":"x"}')]).toEqual([
      200, 200, 400,
    ]);
  });

  it("writes headers that are lists, objects, booleans or JSON, and characters that no header has", async () => {
    const { headers } = await send("/headers");
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-json": '{"a":"\\u00e9\\ud83d\\ude00"}',
      "x-plain": "plain",
      "x-text": "%C3%A9%F0%9F%98%80%0A",
      "x-flag": "true",
      "x-parts": '{"a":1}',
      "x-list": "3,3",
      "x-pairs": "a=1",
    });
  });

  it("may have a path parameter whose name means something in a URI Template", async () => {
    expect(await (await send("/rest/a%2Fb")).json()).toBe("rest");
    expect((await send("/rest/too-long")).status).toBe(400);
    const statuses = ["a/b/c", "long/b/c", "a/long/c", "a/b/long"].map(
      async (path) => (await send(`/odd/${path}`)).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 400, 400, 400]);
  });

  it("checks the members of an object in the query that may also be null", async () => {
    expect((await send("/filtered?filter[n]=1")).status).toBe(200);
    expect((await send("/filtered?filter[n]=x")).status).toBe(400);
  });

  it("checks the members of an object in the query, in capitals, nested or undeclared, up to 20 brackets", async () => {
    const deep = `range${"[a]".repeat(5000)}=1`;
    const queries = ["range[createdAt][from]=1&range[ids][]=1&range[ids][]=2", deep].map(
      async (query) => (await send(`/filtered?${query}`)).status,
    );
    expect(await Promise.all(queries)).toEqual([200, 200]);
    for (const query of ["range[createdAt][from]=x", "range[ids][]=x"])
      expect((await send(`/filtered?${query}`)).status).toBe(400);
  });

  it("may have several operations with a schema that refers to itself", async () => {
    for (const path of ["/trees", "/trees/1"])
      expect(await (await send(path)).json()).toMatchObject({ id: "root" });
  });

  it("gets an answer that its schema allows where it has no example, the same one each time", async () => {
    const answers = [await (await send("/made-up")).json(), await (await send("/made-up")).json()];
    const check = validation(document)({ $ref: "#/components/schemas/MadeUp" });
    expect(check(answers[0])).toEqual([]);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({
      code: expect.stringMatching(/^rd_/),
      node: { name: "n" },
      rule: { not: { is: expect.stringMatching(/^is_/) } },
    });
  });

  it("gives the first example without a condition to a request that matches none, wherever it is listed", async () => {
    expect(await (await send("/sizes")).json()).toBe("usual");
    expect(await (await send("/sizes?size=l")).json()).toBe("large");
    expect(await (await send("/sizes", { headers: { prefer: "code=200" } })).json()).toBe("usual");
  });

  it("lets a token pass where none is needed", async () => {
    const answer = await send("/open", { headers: { authorization: "Bearer any" } });
    expect([answer.status, await answer.json()]).toEqual([200, "open"]);
  });

  it("takes a parameter whose text fits several of the types that oneOf lists", async () => {
    for (const key of ["12", "twelve"]) expect(await (await send(`/either/${key}`)).json()).toBe("either");
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Document, Example, Schema } from "../../../scripts/document/model.ts";
import { createMock } from "../../../scripts/mock/index.ts";
import { InputError } from "../../../scripts/shared/input-error.ts";
import type { Json } from "../../../scripts/shared/json.ts";
import { plain, type Running, raw, start, weather } from "../support.ts";

/**
 * What the mock does for any contract: a small one, none of whose names are known to the scripts.
 * `Prefer`, `x-when`, `x-fill`, defaults, errors, determinism, and what is refused at the start.
 */
const json = (examples: Record<string, Example>, schema: Schema = {}) => ({
  description: "An answer.",
  content: { "application/json": { schema, examples } },
});
const failed = (code: string, fill: Record<string, Json> = {}) => ({
  value: { fault: { code, text: "?", at: null } },
  "x-fill": fill,
});
const said: Record<string, Json> = {
  "/fault/text": "$problem#/detail",
  "/fault/at": "$problem#/field",
  "/fault/code": "$problem#/code",
};

const vectors: Record<string, Example> = {
  usual: {
    value: {
      kind: "usual",
      input: "?",
      first: "?",
      said: "?",
      method: "?",
      url: "?",
      trace: "none",
      page: "none",
    },
    "x-fill": {
      "/input": "$request.body#/input",
      "/first": "$request.body#/input/0",
      "/said": "You gave {$request.body#/input/-1} by {$method}.",
      "/method": "$method",
      "/url": "$url",
      "/trace": "$request.header.X-Trace",
      "/page": "$request.query.page",
    },
  },
  big: {
    value: { kind: "big" },
    "x-when": { required: ["body"], properties: { body: { $ref: "#/components/schemas/Big" } } },
  },
  traced: {
    value: { kind: "traced" },
    "x-when": {
      properties: { headers: { required: ["x-trace"], properties: { "x-trace": { const: "on" } } } },
      required: ["headers"],
    },
  },
  first_of_two: {
    value: { kind: "first of two" },
    "x-when": { properties: { query: { required: ["two"] } } },
  },
  second_of_two: {
    value: { kind: "second of two" },
    "x-when": { properties: { query: { required: ["two"] } } },
  },
  listed: {
    value: { kind: "listed" },
    "x-when": { properties: { query: { required: ["tag"], properties: { tag: { type: "array" } } } } },
  },
  ending: {
    value: { kind: "ending" },
    "x-when": {
      required: ["body"],
      properties: { body: { properties: { input: { minItems: 1, last: { const: "end" } } } } },
    } as Schema,
  },
  sampled: {
    value: { kind: "sampled", object: null, text: "" },
    "x-when": { required: ["body"], properties: { body: { required: ["shape"] } } },
    "x-fill": {
      "/object": { sample: "$request.body#/shape" },
      "/text": { sample: "$request.body#/shape", as: "json" },
    },
  },
};

const fixture = (change: (document: Document) => void = () => {}): Document => {
  const document = structuredClone({
    openapi: "3.1.1",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: { title: "Fixture", version: "1.0.0" },
    servers: [{ url: "https://api.example.com/base" }],
    security: [{ Key: [] }],
    paths: {
      "/v1/embeddings": {
        post: {
          operationId: "createEmbedding",
          parameters: [{ name: "page", in: "query", schema: { type: "integer", minimum: 1 } }],
          requestBody: {
            required: true,
            content: { "application/json": { schema: { $ref: "#/components/schemas/Request" } } },
          },
          responses: {
            "200": json(vectors),
            "402": json({
              unpaid: {
                ...failed("unpaid"),
                "x-when": {
                  required: ["body"],
                  properties: { body: { properties: { input: { const: ["broke"] } } } },
                },
              },
            }),
            "4XX": json({ mistaken: failed("mistaken", said) }),
            default: json({ other: failed("other", said) }),
          },
        },
      },
      "/v1/things/{id}": {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string", maxLength: 20 } }],
        get: {
          operationId: "getThing",
          security: [],
          responses: {
            "200": json({ thing: { value: { id: "t" }, "x-fill": { "/id": "$request.path.id" } } }),
            "404": json({
              gone: {
                ...failed("gone"),
                "x-when": { properties: { path: { properties: { id: { pattern: "^gone" } } } } },
              },
            }),
          },
        },
        delete: { operationId: "deleteThing", security: [], responses: { "204": { description: "Gone." } } },
      },
      "/v1/things/special": {
        get: {
          operationId: "getSpecial",
          security: [],
          responses: { "200": json({ special: { value: { id: "the special one" } } }) },
        },
      },
      "/v1/schema-only": {
        get: {
          operationId: "getBySchema",
          security: [],
          responses: {
            "200": json(
              {},
              { type: "object", properties: { n: { type: "integer", const: 7 } }, required: ["n"] },
            ),
          },
        },
      },
    },
    components: {
      securitySchemes: { Key: { type: "http", scheme: "bearer" } },
      schemas: {
        Request: {
          type: "object",
          required: ["input"],
          properties: {
            input: { type: "array", maxItems: 100, items: { $ref: "#/components/schemas/Text" } },
            shape: { type: "object" },
          },
        },
        Text: { type: "string", maxLength: 1000 },
        Big: { properties: { input: { minItems: 5 } } },
      },
    },
  }) as unknown as Document;
  change(document);
  return document;
};

let mock: Running;
beforeAll(async () => {
  mock = await start({ document: fixture() });
});
afterAll(() => mock.close());

interface Answer {
  status: number;
  body: { [name: string]: never } & { kind?: string };
  headers: Headers;
}
const call = async (
  path: string,
  {
    base = mock,
    method = "GET",
    body,
    headers = {},
  }: { base?: Running; method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> => {
  const response = await fetch(base.url + path, {
    method,
    headers: {
      authorization: "Bearer sk-test",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
};
const embed = (
  body: unknown,
  { query = "", headers = {} }: { query?: string; headers?: Record<string, string> } = {},
) => call(`/v1/embeddings${query}`, { method: "POST", body, headers });

describe("an example is chosen", () => {
  it.each<[string, string | undefined, unknown, string, Record<string, string>]>([
    ["by nothing: the first of the success response", "usual", { input: ["a"] }, "", {}],
    ["by a component that its x-when refers to", "big", { input: ["1", "2", "3", "4", "5"] }, "", {}],
    ["by a header", "traced", { input: ["a"] }, "", { "X-Trace": "on" }],
    ["by the query, the first in the document's order", "first of two", { input: ["a"] }, "?two", {}],
    ["by a repeated parameter", "listed", { input: ["a"] }, "?tag=1&tag=2", {}],
    ["by the last item of a list", "ending", { input: ["a", "end"] }, "", {}],
    ["not by an item before the last", "usual", { input: ["end", "a"] }, "", {}],
  ])("%s", async (_, kind, body, query, headers) => {
    expect(await embed(body, { query, headers })).toMatchObject({ status: 200, body: { kind } });
  });

  it("with its status, which need not be a success", async () => {
    expect(await embed({ input: ["broke"] })).toMatchObject({
      status: 402,
      body: { fault: { code: "unpaid" } },
    });
    expect(await call("/v1/things/gone-1")).toMatchObject({ status: 404, body: { fault: { code: "gone" } } });
    expect(await call("/v1/things/here")).toMatchObject({ status: 200, body: { id: "here" } });
  });

  it("by Prefer before anything else", async () => {
    const prefer = (prefer: string) => embed({ input: ["broke"] }, { headers: { prefer } });
    expect(await prefer("example=big")).toMatchObject({ status: 200, body: { kind: "big" } });
    expect(await prefer("code=200")).toMatchObject({ status: 200, body: { kind: "usual" } });
    expect(await prefer('code="200"; example="traced"')).toMatchObject({
      status: 200,
      body: { kind: "traced" },
    });
    expect(await prefer("code=200, example=traced")).toMatchObject({ status: 200, body: { kind: "traced" } });
    expect(await prefer("example=unpaid")).toMatchObject({ status: 402 });
    expect(await prefer("respond-async, x-code=200")).toMatchObject({ status: 402 });
  });

  it("by Prefer for a status that only a range or `default` declares", async () => {
    const prefer = (prefer: string) => embed({ input: ["a"] }, { headers: { prefer } });
    expect(await prefer("code=418")).toMatchObject({
      status: 418,
      body: { fault: { code: expect.any(String) } },
    });
    expect(await prefer("code=503")).toMatchObject({
      status: 503,
      body: { fault: { code: expect.any(String) } },
    });
    expect((await prefer("code=503")).body).not.toMatchObject({ fault: { text: "?" } });
  });

  it("by Prefer for a status that has no body, though its example has one", async () => {
    for (const status of [204, 304]) {
      const request = `POST /v1/embeddings HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nPrefer: code=${status}\r\n`;
      const body = '{"input":["a"]}';
      const [reply] = await raw(
        mock,
        `${request}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
      expect([reply?.status, reply?.headers["content-length"], reply?.headers["content-type"]]).toEqual([
        status,
        undefined,
        undefined,
      ]);
    }
  });

  it("by no Prefer that names none: an error lists those that there are", async () => {
    const prefer = (prefer: string) => embed({ input: ["a"] }, { headers: { prefer } });
    expect(await prefer("example=nope")).toMatchObject({
      status: 400,
      body: { fault: { at: "Prefer", text: expect.stringMatching(/nope.*unpaid.*usual.*big/) } },
    });
    expect(await prefer("code=402, example=big")).toMatchObject({
      status: 400,
      body: { fault: { text: expect.stringMatching(/big.*402.*unpaid/) } },
    });
    for (const code of ["abc", "99", "100", "600", "1e3"])
      expect(await prefer(`code=${code}`)).toMatchObject({
        status: 400,
        body: { fault: { text: expect.stringContaining(code) } },
      });
  });

  it("by no Prefer for a status that is not declared at all", async () => {
    expect(await call("/v1/things/here", { headers: { prefer: "code=418" } })).toMatchObject({
      status: 400,
      body: { fault: { at: "Prefer", text: expect.stringMatching(/418.*200.*404/) } },
    });
  });

  it("only for a request that is right", async () => {
    expect(await embed({ input: 1 }, { headers: { prefer: "example=big" } })).toMatchObject({ status: 400 });
    expect(
      await embed({ input: ["a"] }, { headers: { prefer: "code=200", authorization: "" } }),
    ).toMatchObject({ status: 401 });
  });

  it("for the path that is written out, before one with a parameter", async () => {
    expect(await call("/v1/things/special")).toMatchObject({ body: { id: "the special one" } });
  });

  it("or made from the schema where there is none", async () => {
    expect(await call("/v1/schema-only")).toMatchObject({ status: 200, body: { n: 7 } });
  });

  it("or there is nothing to say", async () => {
    expect(await call("/v1/things/x", { method: "DELETE" })).toMatchObject({ status: 204, body: undefined });
    const [reply] = await raw(mock, "DELETE /v1/things/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    // RFC 9110, 8.6
    expect(reply?.headers["content-length"]).toBeUndefined();
  });
});

describe("an answer takes from the request", () => {
  it("values and texts, by OpenAPI's runtime expressions", async () => {
    const { body } = await embed({ input: ["a", "z"] }, { query: "?page=3", headers: { "x-trace": "t-1" } });
    expect(body).toEqual({
      kind: "usual",
      input: ["a", "z"],
      first: "a",
      said: "You gave z by POST.",
      method: "POST",
      url: expect.stringContaining("/v1/embeddings?page=3"),
      trace: "t-1",
      page: "3",
    });
  });

  it("nothing where there is nothing: the example's own value stays", async () => {
    const { body } = await embed({ input: [] });
    expect(body).toMatchObject({ input: [], first: "?", said: "?", trace: "none", page: "none" });
  });

  it("decoded path parameters", async () => {
    expect(await call("/v1/things/a%2Fb%20%C3%B8")).toMatchObject({ body: { id: "a/b ø" } });
  });

  it("samples of its schemas, as values and as JSON text", async () => {
    const shape = {
      type: "object",
      properties: { n: { type: "integer", minimum: 3, maximum: 4 } },
      required: ["n"],
    };
    const { body } = await embed({ input: ["a"], shape });
    expect([3, 4]).toContain((body as unknown as { object: { n: number } }).object.n);
    expect([3, 4]).toContain(JSON.parse((body as unknown as { text: string }).text).n);
  });

  it("no member of Object's prototype", async () => {
    const document = fixture((contract) => {
      const examples = contract.paths!["/v1/embeddings"]!.post!.responses!["200"] as unknown as {
        content: { "application/json": { examples: Record<string, Example> } };
      };
      examples.content["application/json"].examples = {
        usual: {
          value: { a: "own", b: "own" },
          "x-fill": { "/a": "$request.body#/constructor/name", "/b": "$request.query.toString" },
        },
      };
    });
    const own = await start({ document });
    try {
      expect(await call("/v1/embeddings", { base: own, method: "POST", body: { input: [] } })).toMatchObject({
        body: { a: "own", b: "own" },
      });
    } finally {
      await own.close();
    }
  });
});

describe("an error", () => {
  it.each<[string, () => Promise<Answer>, number, string | null]>([
    ["of the body", () => embed({ input: ["a", 1] }), 400, "input.1"],
    ["of a query parameter", () => embed({ input: ["a"] }, { query: "?page=x" }), 400, "page"],
    ["of a range", () => embed({ input: ["a"] }, { query: "?page=0" }), 400, "page"],
    ["of the token", () => embed({ input: ["a"] }, { headers: { authorization: "" } }), 401, null],
    [
      "of the media type",
      () => embed({ input: ["a"] }, { headers: { "content-type": "text/plain" } }),
      415,
      null,
    ],
    ["of the method", () => call("/v1/embeddings"), 405, null],
    ["of the path", () => call("/v1/nowhere"), 404, null],
  ])("%s has the contract's own shape and says what is wrong", async (_, act, status, at) => {
    const { body, ...answer } = await act();
    expect(answer.status).toBe(status);
    expect(body).toEqual({
      fault: { code: expect.stringMatching(/^\w+$/), text: expect.stringMatching(/\w/), at },
    });
    expect((body as unknown as { fault: { text: string } }).fault.text).not.toBe("?");
  });

  it("of a path parameter is a 400 in the shape of whatever operation has one", async () => {
    expect(await call(`/v1/things/${"x".repeat(21)}`)).toMatchObject({
      status: 400,
      body: { fault: { at: "id" } },
    });
  });

  it("is problem+json where the contract has no error at all", async () => {
    const bare = await start({
      document: {
        openapi: "3.1.1",
        info: { title: "Bare", version: "1" },
        paths: { "/x": { get: { responses: { "200": json({ x: { value: 1 } }) } } } },
      } as unknown as Document,
    });
    try {
      expect(await call("/x", { base: bare })).toMatchObject({ status: 200, body: 1 });
      const { headers, status, body } = await call("/y", { base: bare });
      expect([status, headers.get("content-type"), body]).toMatchObject([
        404,
        "application/problem+json",
        { detail: expect.stringContaining("/y") },
      ]);
    } finally {
      await bare.close();
    }
  });
});

describe("a contract's paths", () => {
  it("are found below the path of its server, too", async () => {
    expect(await call("/base/v1/things/special")).toMatchObject({ status: 200 });
    expect(await call("/other/v1/things/special")).toMatchObject({ status: 404 });
  });
});

describe("the same request gets the same answer", () => {
  const bodies = [
    plain,
    { ...plain, tools: [weather] },
    { ...plain, stream: true, stream_options: { include_usage: true } },
    { ...plain, stream: true, tools: [weather] },
  ];
  const fresh = /"(id|created|x-request-id)":\s*("[^"]*"|\d+)/g;
  const texts = async (seed?: string) => {
    const running = await start({ ...(seed !== undefined && { seed }), tps: 0 });
    try {
      return await Promise.all(
        bodies.map(async (body) => {
          const response = await fetch(`${running.url}/v1/chat/completions`, {
            method: "POST",
            headers: { authorization: "Bearer sk-test", "content-type": "application/json" },
            body: JSON.stringify(body),
          });
          return { id: response.headers.get("x-request-id"), text: await response.text() };
        }),
      );
    } finally {
      await running.close();
    }
  };

  it("but for IDs and times", async () => {
    const [one, two] = [await texts(), await texts()];
    for (const [i, { text, id }] of one.entries()) {
      expect(text.replaceAll(fresh, "")).toBe(two[i]!.text.replaceAll(fresh, ""));
      expect(text).not.toBe(two[i]!.text);
      expect(id).not.toBe(two[i]!.id);
    }
  });

  it("to the byte with a seed, and another with another", async () => {
    const [one, two, other] = [await texts("7"), await texts("7"), await texts("8")];
    expect(one).toEqual(two);
    for (const [i, { text, id }] of one.entries()) {
      expect(text).not.toBe(other[i]!.text);
      expect(id).not.toBe(other[i]!.id);
    }
    expect(one[1]!.text.replaceAll(fresh, "")).not.toBe(other[1]!.text.replaceAll(fresh, ""));
  });
});

describe("a contract is refused at the start", () => {
  const examples = (document: Document) =>
    (
      document.paths!["/v1/embeddings"]!.post!.responses!["200"] as unknown as {
        content: { "application/json": { examples: Record<string, Example> } };
      }
    ).content["application/json"].examples;
  const schemas = (document: Document) =>
    document.components!["schemas"] as Record<string, Record<string, unknown>>;

  it.each<[string, (document: Document) => void, RegExp]>([
    [
      "a request schema that refers to nothing",
      (document) => Object.assign(schemas(document)["Request"]!, { $ref: "#/components/schemas/None" }),
      /leads nowhere.*None/,
    ],
    [
      "an x-when that is not a schema",
      (document) => Object.assign(examples(document)["big"]!, { "x-when": { type: "objct" } }),
      /createEmbedding.*big|big.*createEmbedding/,
    ],
    [
      "an x-when that refers to nothing",
      (document) =>
        Object.assign(examples(document)["big"]!, { "x-when": { $ref: "#/components/schemas/None" } }),
      /big.*None/,
    ],
    [
      "an x-fill with no such source",
      (document) =>
        Object.assign(examples(document)["usual"]!, { "x-fill": { "/kind": "$request.boody#/x" } }),
      /usual/,
    ],
    [
      "an x-fill that points at nothing",
      (document) =>
        Object.assign(examples(document)["usual"]!, { "x-fill": { "/none/at/all": "$request.body#/x" } }),
      /usual.*\/none\/at\/all/,
    ],
  ])("for %s", async (_, change, message) => {
    const made = createMock({ document: fixture(change) });
    await expect(made).rejects.toBeInstanceOf(InputError);
    await expect(made).rejects.toThrow(message);
  });
});

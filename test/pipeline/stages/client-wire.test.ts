/** What a generated client sends and reads: parameters, bodies, addresses, keys and answers as the document has them. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { compile, generate } from "./client-support.ts";

const text = { type: "string" };
const numbers = { type: "array", items: { type: "integer" } };
const done = { "200": { description: "Done." } };
const replies = (content: object) => ({ "200": { description: "Done.", content } });
const json = (schema: object) => ({ "application/json": { schema } });
const parameter = (place: string, name: string, schema: object, more: object = {}) => ({
  ...{ in: place, name, schema, ...more },
  ...(place === "path" && { required: true }),
});

interface Sent {
  url: string;
  method: string;
  headers: Headers;
  body: string;
}

/** The clients of all tests, which are compiled together. */
const generated: string[] = [];

/** A client of these paths, with what it sends. */
async function clientOf(
  paths: object,
  more: object = {},
  options: object = {},
  reply = () => new Response("{}"),
) {
  const { folder, code } = await generate({
    ...{ openapi: "3.1.1", info: { title: "Field", version: "1" }, paths },
    ...more,
  });
  generated.push(join(folder, "client.ts"));
  const { Field } = await import(pathToFileURL(join(folder, "client.ts")).href);
  const sent: Sent[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    const request = new Request(url, init);
    sent.push({ url, method: request.method, headers: request.headers, body: await request.clone().text() });
    return reply();
  };
  return {
    client: new Field({ baseURL: "http://field.test", maxRetries: 0, fetch, ...options }),
    sent,
    code,
  };
}

const get = (parameters: object[], responses: object = done) => ({
  operationId: "find",
  parameters,
  responses,
});
const post = (content: object, responses: object = done) => ({
  ...{ operationId: "save", requestBody: { required: true, content }, responses },
});

describe("query parameters", () => {
  const styles: [name: string, schema: object, style: object, value: unknown, query: string][] = [
    ["form", numbers, {}, [1, 2], "p=1&p=2"],
    ["form without explode", numbers, { explode: false }, [1, 2], "p=1,2"],
    ["spaceDelimited", numbers, { style: "spaceDelimited", explode: false }, [1, 2], "p=1%202"],
    ["pipeDelimited", numbers, { style: "pipeDelimited", explode: false }, ["a|b", 2], "p=a%7Cb%7C2"],
    ["form of an object", { type: "object" }, {}, { a: 1, b: ["x", "y"] }, "a=1&b=x&b=y"],
    [
      "form of an object without explode",
      { type: "object" },
      { explode: false },
      { a: 1, b: "&" },
      "p=a,1,b,%26",
    ],
    [
      "nested deepObject",
      { type: "object" },
      { style: "deepObject", explode: true },
      { a: { b: [1, { c: null, d: true }] } },
      "p%5Ba%5D%5Bb%5D%5B0%5D=1&p%5Ba%5D%5Bb%5D%5B1%5D%5Bd%5D=true",
    ],
    ["a date", { type: "object" }, {}, new Date(0), "p=1970-01-01T00%3A00%3A00.000Z"],
  ];

  it("are written in the style that each declares", async () => {
    const { client, sent } = await clientOf(
      Object.fromEntries(
        styles.map(([, schema, style], index) => [
          `/a${index}`,
          { get: { ...get([parameter("query", "p", schema, style)]), operationId: `find${index}` } },
        ]),
      ),
    );
    for (const [index, [, , , value]] of styles.entries()) await client[`find${index}`]({ p: value });
    expect(sent.map(({ url }, index) => [styles[index]?.[0], url.split("?")[1]])).toEqual(
      styles.map(([name, , , , query]) => [name, query]),
    );
  });

  it("are JSON if they have a media type", async () => {
    const where = { in: "query", name: "where", content: json({ type: "object" }) };
    const { client, sent } = await clientOf({ "/a": { get: get([where]) } });
    await client.find({ where: { a: [1] } });
    expect(new URL(sent[0]!.url).searchParams.get("where")).toBe('{"a":[1]}');
  });

  it("follow what the path has behind its question mark, and no fragment is sent", async () => {
    const { client, sent } = await clientOf({
      "/a/{id}?beta=true#byId": { get: get([parameter("path", "id", text), parameter("query", "p", text)]) },
    });
    await client.find("x", { p: "1" });
    await client.find("x");
    expect(sent.map(({ url }) => url)).toEqual([
      "http://field.test/a/x?beta=true&p=1",
      "http://field.test/a/x?beta=true",
    ]);
  });

  it("need no code of the runtime in their usual style", async () => {
    const { code } = await clientOf({ "/a": { get: get([parameter("query", "p", numbers)]) } });
    expect(code).not.toMatch(/parameters\.ts|forms\.ts|keys\.ts/);
  });
});

describe("path parameters", () => {
  const styles: [style: object, value: unknown, segment: string][] = [
    [{ style: "matrix" }, "a b", ";p=a%20b"],
    [{ style: "matrix", explode: true }, [1, 2], ";p=1;p=2"],
    [{ style: "matrix", explode: true }, { x: 1, y: 2 }, ";x=1;y=2"],
    [{ style: "label" }, [1, 2], ".1,2"],
    [{ style: "label", explode: true }, { x: 1 }, ".x=1"],
    [{ explode: true }, { x: 1, y: "/" }, "x=1,y=%2F"],
    [{}, ["a", "b"], "a,b"],
  ];

  it("are written as each declares", async () => {
    const { client, sent } = await clientOf(
      Object.fromEntries(
        styles.map(([style], index) => [
          `/a${index}/{p}`,
          { get: { ...get([parameter("path", "p", {}, style)]), operationId: `find${index}` } },
        ]),
      ),
    );
    for (const [index, [, value]] of styles.entries()) await client[`find${index}`](value);
    expect(sent.map(({ url }) => url)).toEqual(
      styles.map(([, , segment], index) => `http://field.test/a${index}/${segment}`),
    );
  });
});

describe("header parameters", () => {
  it("are an argument if one is required, and those of a single call go before them", async () => {
    const { client, sent } = await clientOf({
      "/a": {
        get: get([
          parameter("header", "X-Team", text, { required: true }),
          parameter("header", "X-Ids", numbers),
          { in: "header", name: "X-Where", content: json({ type: "object" }) },
        ]),
      },
    });
    await client.find({ "X-Team": "red", "X-Ids": [1, 2], "X-Where": { a: 1 } });
    await client.find({ "X-Team": "red" }, { headers: { "X-Team": "blue" } });
    expect(Object.fromEntries(sent[0]!.headers)).toMatchObject({
      "x-team": "red",
      "x-ids": "1,2",
      "x-where": '{"a":1}',
    });
    expect(sent[1]?.headers.get("x-team")).toBe("blue");
    // In JavaScript the argument may be missing: then the API says what it lacks.
    await client.find();
    expect(sent[2]?.headers.has("x-team")).toBe(false);
    await expect(client.find({ "X-Team": "a\nb" })).rejects.toThrow("The header X-Team holds a line break.");
  });
});

describe("cookies", () => {
  it("are an argument if one is required", async () => {
    const { client, sent } = await clientOf({
      "/a": { get: get([parameter("cookie", "session", text, { required: true })]) },
    });
    await client.find({ session: "a b" });
    expect(sent[0]?.headers.get("cookie")).toBe("session=a%20b");
    await client.find();
    expect(sent[1]?.headers.has("cookie")).toBe(false);
  });
});

describe("bodies", () => {
  it("are lines of JSON where the document says so, and none where fetch sends none", async () => {
    const paths = {
      "/a": { post: post({ "application/x-ndjson": { schema: { type: "object" } } }) },
      "/b": { get: { ...post(json({ type: "object" })), operationId: "find" } },
      "/c": { post: { ...post({ "application/json-lines": { schema: {} } }), operationId: "add" } },
      "/d": { post: { ...post({ "application/json-seq": { schema: {} } }), operationId: "sequence" } },
    };
    const { client, sent } = await clientOf(paths);
    await client.save([{ a: 1 }, { b: 2 }]);
    await client.find();
    await client.add([3]);
    // What begins each value of a sequence is the caller's to write.
    await client.sequence("\u001e4\n");
    expect(sent.map(({ body }) => body)).toEqual(['{"a":1}\n{"b":2}\n', "", "3\n", "\u001e4\n"]);
    expect(
      (await generate({ openapi: "3.1.1", info: { title: "Field", version: "1" }, paths })).warnings,
    ).toEqual([
      expect.objectContaining({ message: "The client sends no body with GET /b: `fetch` cannot." }),
    ]);
  });

  it("are urlencoded in the style of each member, and objects without one are JSON", async () => {
    const media = {
      schema: {
        type: "object",
        properties: { deep: { type: "object" }, plain: { type: "object" }, list: numbers },
      },
      encoding: { deep: { style: "deepObject", explode: true } },
    };
    const { client, sent } = await clientOf({
      "/a": { post: post({ "application/x-www-form-urlencoded": media }) },
    });
    await client.save({ deep: { a: { b: 1 } }, plain: { c: 2 }, list: [3, 4] });
    expect([...new URLSearchParams(sent[0]?.body)]).toEqual([
      ["deep[a][b]", "1"],
      ["plain", '{"c":2}'],
      ["list", "3"],
      ["list", "4"],
    ]);
    expect(sent[0]?.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
  });

  it("are forms made of objects, with bytes as files and lists as several parts", async () => {
    const media = {
      schema: {
        type: "object",
        properties: {
          file: { type: "string", format: "binary" },
          tags: { type: "array", items: text },
          meta: { type: "object" },
        },
      },
      encoding: { meta: { contentType: "application/json" } },
    };
    const { client, sent } = await clientOf({ "/a": { post: post({ "multipart/form-data": media }) } });
    await client.save({ file: new File(["bytes"], "a.bin"), tags: ["x", "y"], meta: { n: 1 } });
    const { headers, body } = sent[0]!;
    const form = await new Response(body, { headers }).formData();
    expect(form.getAll("tags")).toEqual(["x", "y"]);
    expect(form.get("file")).toMatchObject({ name: "a.bin", size: 5 });
    expect(form.get("meta")).toMatchObject({ type: "application/json", size: 7 });
    const own = new FormData();
    own.set("tags", "z");
    await client.save(own);
    expect(sent[1]?.body).toContain("z");
  });

  it.each([
    ["*/*", { name: "Ada" }, "application/json", '{"name":"Ada"}'],
    [
      "application/vnd.field+json; charset=utf-8",
      { name: "Ada" },
      "application/vnd.field+json",
      '{"name":"Ada"}',
    ],
  ])("of the type %s are JSON", async (type, value, sentType, body) => {
    const { client, sent } = await clientOf({
      "/a": { post: post({ [type]: { schema: { type: "object", properties: { name: text } } } }) },
    });
    await client.save(value);
    expect(sent[0]).toMatchObject({ body });
    expect(sent[0]?.headers.get("content-type")).toBe(sentType);
  });
});

describe("addresses", () => {
  const paths = {
    "/own": {
      get: {
        operationId: "own",
        servers: [{ url: "https://{where}.test/v2", variables: { where: { default: "own" } } }],
        responses: done,
      },
    },
    "/path": { servers: [{ url: "https://path.test" }], get: { operationId: "path", responses: done } },
    "/all": { get: { operationId: "all", responses: done } },
  };
  const servers = [{ url: "https://all.test" }];

  it("are those of the operation, else of the path, else of the document", async () => {
    const { client, sent } = await clientOf(paths, { servers }, { baseURL: undefined });
    await client.own();
    await client.path();
    await client.all();
    expect(sent.map(({ url }) => url)).toEqual([
      "https://own.test/v2/own",
      "https://path.test/path",
      "https://all.test/all",
    ]);
  });

  it("are the caller's if the caller states one", async () => {
    const { client, sent } = await clientOf(paths, { servers });
    await client.own();
    expect(sent[0]?.url).toBe("http://field.test/own");
  });
});

describe("servers", () => {
  it("have their variables as options of the client", async () => {
    const variables = { region: { default: "eu", enum: ["eu", "us"] }, "base-path": { default: "v2" } };
    const url = "https://{region}.field.test/{base-path}";
    const of = (options: object) =>
      clientOf(
        { "/a": { get: get([]) } },
        { servers: [{ url, variables }] },
        { baseURL: undefined, ...options },
      );
    for (const [options, address] of [
      [{}, "https://eu.field.test/v2/a"],
      [{ region: "us", "base-path": "v3" }, "https://us.field.test/v3/a"],
      [{ region: "us", baseURL: "http://own.test" }, "http://own.test/a"],
    ] as const) {
      const { client, sent, code } = await of(options);
      await client.find();
      expect(sent[0]?.url).toBe(address);
      expect(code).toContain('"region"?: "eu" | "us" | undefined');
    }
  });
});

describe("keys", () => {
  const secured = (scheme: object, operation: object = {}) =>
    [
      { "/a": { get: { ...get([]), ...operation } } },
      { security: [{ Key: [] }], components: { securitySchemes: { Key: scheme } } },
    ] as const;

  it.each([
    ["a query", { type: "apiKey", in: "query", name: "api_key" }, "secret key", "?api_key=secret+key", {}],
    ["a cookie", { type: "apiKey", in: "cookie", name: "sid" }, "secret", "", { cookie: "sid=secret" }],
    ["a header", { type: "apiKey", in: "header", name: "X-Key" }, "secret", "", { "x-key": "secret" }],
    ["Basic", { type: "http", scheme: "basic" }, "me:pass", "", { authorization: "Basic bWU6cGFzcw==" }],
    [
      "encoded Basic",
      { type: "http", scheme: "Basic" },
      "bWU6cGFzcw==",
      "",
      { authorization: "Basic bWU6cGFzcw==" },
    ],
  ])("are sent in %s", async (_, scheme, apiKey, search, headers) => {
    const { client, sent } = await clientOf(...secured(scheme), { apiKey });
    await client.find();
    expect(new URL(sent[0]!.url).search).toBe(search);
    expect(Object.fromEntries(sent[0]!.headers)).toMatchObject(headers);
  });

  it("in a cookie stand beside the cookies of the call, once", async () => {
    const scheme = { type: "apiKey", in: "cookie", name: "sid" };
    const parameters = [parameter("cookie", "lang", text, { required: true })];
    const { client, sent } = await clientOf(...secured(scheme, get(parameters)), { apiKey: "secret" });
    await client.find({ lang: "en" });
    await client.find({ lang: "en" }, { headers: { cookie: "sid=other" } });
    await client.find({ lang: "en" }, { headers: { cookie: "lastsid=1" } });
    expect(sent.map(({ headers }) => headers.get("cookie"))).toEqual([
      "lang=en; sid=secret",
      "sid=other",
      "lastsid=1; sid=secret",
    ]);
  });

  it("are not sent to an operation that needs none", async () => {
    const { client, sent } = await clientOf(
      ...secured({ type: "http", scheme: "bearer" }, { security: [] }),
      { apiKey: "secret" },
    );
    await client.find();
    expect(sent[0]?.headers.has("authorization")).toBe(false);
  });

  it("go where an operation wants them, and further keys are named", async () => {
    const schemes = {
      Key: { type: "http", scheme: "bearer" },
      Admin: { type: "apiKey", in: "header", name: "X-Admin" },
      Tenant: { type: "apiKey", in: "header", name: "X-Tenant" },
    };
    const { client, sent, code } = await clientOf(
      {
        "/a": { get: { ...get([]), security: [{ Admin: [] }] } },
        "/b": { get: { ...get([]), operationId: "other" } },
      },
      { security: [{ Key: [], Tenant: [] }], components: { securitySchemes: schemes } },
      { apiKey: "secret" },
    );
    await client.find();
    await client.other();
    const keys = sent.map(({ headers }) => [headers.get("x-admin"), headers.get("authorization")]);
    expect(keys).toEqual([
      ["secret", null],
      [null, "Bearer secret"],
    ]);
    expect(code).toContain("also asks for `X-Tenant`: pass this header as `defaultHeaders`");
  });

  it("in an address are not in an error", async () => {
    const reply = () => Response.json({ error: { message: "No such key: a-secret-key" } }, { status: 401 });
    const scheme = { type: "apiKey", in: "query", name: "key" };
    const { client } = await clientOf(...secured(scheme), { apiKey: "a-secret-key" }, reply);
    await expect(client.find()).rejects.toThrow(/^401 No such key: \*\*\*$/);
  });
});

describe("answers", () => {
  it("to HEAD are none", async () => {
    const head = { operationId: "ping", responses: replies(json({ type: "object" })) };
    const { client } = await clientOf({ "/a": { head } }, {}, {}, () => new Response(null));
    expect(await client.ping()).toBeUndefined();
  });

  it("are events under a media type with parameters", async () => {
    const events = replies({ "text/event-stream; charset=utf-8": { schema: text } });
    const reply = () =>
      new Response('data: {"n":1}\n\n', { headers: { "content-type": "text/event-stream" } });
    const { client } = await clientOf({ "/a": { get: get([], events) } }, {}, {}, reply);
    expect(await (await client.find()).final()).toEqual([{ n: 1 }]);
  });

  it("are bytes or events, as their own media type says", async () => {
    const either = replies({
      "application/octet-stream": { schema: { type: "string", format: "binary" } },
      "text/event-stream": { schema: { type: "object" } },
    });
    const types = ["audio/mpeg", "text/event-stream"];
    const reply = () => new Response('data: {"n":1}\n\n', { headers: { "content-type": types.shift()! } });
    const { client, sent } = await clientOf({ "/a": { get: get([], either) } }, {}, {}, reply);
    expect(await client.find()).toBeInstanceOf(Blob);
    expect(await (await client.find()).final()).toEqual([{ n: 1 }]);
    expect(sent[0]?.headers.get("accept")).toBe(
      "text/event-stream, application/octet-stream, application/json;q=0.9",
    );
  });

  it("are undefined if there are no bytes, and the document allows that", async () => {
    const responses = { ...replies({ "image/png": {} }), "204": { description: "None." } };
    const reply = () => new Response(null, { status: 204 });
    const { client } = await clientOf({ "/a": { get: get([], responses) } }, {}, {}, reply);
    expect(await client.find()).toBeUndefined();
  });

  it("are a stream if a form asks for one", async () => {
    const form = {
      "multipart/form-data": { schema: { type: "object", properties: { stream: { type: "boolean" } } } },
    };
    const either = replies({
      ...json({ type: "object" }),
      "text/event-stream": { schema: { type: "object" } },
    });
    const reply = () =>
      new Response('data: {"n":1}\n\n', { headers: { "content-type": "text/event-stream" } });
    const { client } = await clientOf({ "/a": { post: post(form, either) } }, {}, {}, reply);
    const own = new FormData();
    own.set("stream", "true");
    for (const body of [own, { stream: true }])
      expect(await (await client.save(body)).final()).toEqual([{ n: 1 }]);
    expect(await client.saveStream({}).final()).toEqual([{ n: 1 }]);
  });
});

describe("all of these clients", () => {
  it("compile under the strictest settings", async () => {
    expect(generated.length).toBeGreaterThan(15);
    expect(await compile(...generated)).toBe("");
  });
});

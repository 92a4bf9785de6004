/** Documents of other people, and the odd operations that they hold, through the generator. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { client } from "../../../scripts/pipeline/stages/client/stage.ts";
import { answer, frame, serve, stream } from "../../client/server.ts";
import { compile, generate, prepare } from "./client-support.ts";

const text = { type: "string" };
const json = (schema: object) => ({ "application/json": { schema } });
const ok = (content?: object) => ({ "200": { description: "Done.", ...(content && { content }) } });
const path = (name: string, schema: object = text) => ({ name, in: "path", required: true, schema });
const query = (name: string, required = false, schema: object = text) => ({
  name,
  in: "query",
  required,
  schema,
});
const body = (content: object, required = true) => ({ required, content });
const maybe = { anyOf: [{ type: "boolean" }, { type: "null" }] };
const Pet = { $ref: "#/components/schemas/Pet" };

const ODD = {
  openapi: "3.1.1",
  info: { title: "Pet store API", version: "1", summary: "Ends a comment: */ and more" },
  servers: [{ url: "https://{place}.example.com/base", variables: { place: { default: "eu" } } }],
  security: [{ Key: [] }],
  paths: {
    "/a/pets": {
      get: {
        operationId: "list-pets",
        summary: "List pets",
        description: "Says */ and\n@deprecated, which it is not.",
        parameters: [
          query("limit", false, { type: "integer" }),
          query("tags", false, { type: "array", items: text }),
          { ...query("ids", false, { type: "array", items: { type: "integer" } }), explode: false },
          { ...query("any-of", false, { type: "array", items: text }), style: "pipeDelimited" },
          query("near", false, { type: "object", properties: { x: { type: "integer" } } }),
          {
            ...query("where", false, { type: "object", properties: { y: text } }),
            style: "deepObject",
            explode: true,
          },
        ],
        responses: ok(json({ type: "array", items: Pet })),
      },
      // No operationId.
      post: {
        requestBody: body(json(Pet)),
        responses: { "201": { description: "Made.", content: json(Pet) } },
      },
    },
    "/a/pets/{pet-id}/toys/{class}": {
      parameters: [path("pet-id", { type: "integer" })],
      put: {
        operationId: "replaceToy",
        "x-sdk-method": "pets.toys.replace",
        deprecated: true,
        parameters: [path("class"), query("strict", true, { type: "boolean" })],
        requestBody: body(json({ type: "object", properties: { name: text } }), false),
        responses: { ...ok(json(Pet)), "202": { description: "Later." } },
      },
      delete: {
        operationId: "deleteToy",
        "x-sdk-method": "pets.toys.delete",
        parameters: [path("class")],
        // No answer with this status has a body, whatever is declared.
        responses: { "204": { description: "Gone.", content: json(Pet) } },
      },
    },
    "/a/files": {
      post: {
        operationId: "upload",
        requestBody: body({ "multipart/form-data": { schema: { type: "object" } } }),
        responses: ok({ "text/plain": { schema: text } }),
      },
      put: {
        operationId: "putRaw",
        requestBody: body({ "application/octet-stream": {} }),
        responses: ok({ "image/png": {} }),
      },
      patch: {
        operationId: "form",
        requestBody: body({
          "application/x-www-form-urlencoded": { schema: { type: "object", properties: { q: text } } },
        }),
        responses: ok({ "application/problem+json; charset=utf-8": { schema: Pet } }),
      },
    },
    "/a/events": {
      get: {
        operationId: "events",
        "x-sdk-method": "pets.events",
        responses: ok({ "text/event-stream": { schema: { type: "string", contentSchema: Pet } } }),
      },
      post: {
        operationId: "maybe",
        requestBody: body(json({ $ref: "#/components/schemas/Ask" }), false),
        responses: ok({ ...json(Pet), "text/event-stream": { schema: Pet } }),
      },
    },
    "/a/state/{arguments}/{eval}": {
      get: {
        operationId: "state",
        parameters: [path("arguments"), path("eval")],
        responses: {
          default: { description: "A state.", content: json({ $ref: "#/components/schemas/State" }) },
        },
      },
      post: {
        operationId: "choose",
        "x-sdk-method": "petsToys.choose",
        parameters: [path("arguments"), path("eval")],
        requestBody: body(
          json({ oneOf: [{ $ref: "#/components/schemas/Choice" }, { type: "array", items: Pet }] }),
        ),
        responses: ok({
          ...json(Pet),
          "text/event-stream": { schema: { type: "string", contentSchema: Pet } },
        }),
      },
    },
    "/a/other": {
      get: { operationId: "lines", responses: ok({ "application/x-ndjson": { schema: Pet } }) },
      patch: {
        operationId: "table",
        parameters: [{ name: "q", in: "query", schema: text }],
        responses: ok({ ...json({ type: "array", items: Pet }), "text/csv": {}, "image/png": {} }),
      },
      put: { operationId: "xml", responses: ok({ "application/xml": { schema: { type: "object" } } }) },
      post: {
        operationId: "tail",
        responses: ok({
          "text/event-stream": {
            schema: {
              type: "string",
              contentSchema: { type: "object", required: ["n"], properties: { n: { type: "integer" } } },
            },
          },
        }),
      },
    },
    "/a/{a}.{b}": {
      get: { operationId: "both", parameters: [path("a"), path("b")], responses: ok(json({})) },
    },
  },
  components: {
    securitySchemes: { Key: { type: "apiKey", in: "header", name: "X-Key" } },
    schemas: {
      Pet: { type: "object", required: ["name"], properties: { name: text, stream: { type: "boolean" } } },
      Ask: { allOf: [{ type: "object", properties: { stream: { type: ["boolean", "null"] } } }] },
      Choice: { type: "object", required: ["mood"], properties: { mood: text, stream: maybe } },
      State: { type: "object", properties: { error: { type: ["object", "null"] } } },
      Stream: { title: "A small river", type: "string" },
      PetsResource: { type: "string" },
      string: { type: "string" },
      "Dotted.Name": { type: "string" },
    },
  },
};

const BARE = { openapi: "3.1.1", info: { title: "宠物 API", version: "1" }, paths: {} };

/** How a user of that client would write, and what the types are to refuse. */
const USE = `
import { expectTypeOf } from "vitest";
import { type Pet, PetStore, Stream, type TailEvent, type components, type WithRequestID } from "./client.ts";
declare const client: PetStore;
expectTypeOf(client.listPets).parameter(0).toExtend<{ limit?: number; tags?: string[]; "any-of"?: string[] } | undefined>();
expectTypeOf(client.listPets).returns.resolves.toEqualTypeOf<Pet[]>();
expectTypeOf(client.postAPets).returns.resolves.toEqualTypeOf<WithRequestID<Pet>>();
expectTypeOf(client.pets.toys.replace).parameter(0).toEqualTypeOf<number>();
expectTypeOf(client.pets.toys.replace).parameter(1).toEqualTypeOf<string>();
expectTypeOf(client.pets.toys.replace).parameter(2).toEqualTypeOf<{ name?: string } | undefined>();
expectTypeOf(client.pets.toys.replace).parameter(3).toEqualTypeOf<{ strict: boolean }>();
expectTypeOf(client.pets.toys.replace).returns.resolves.toEqualTypeOf<WithRequestID<Pet | undefined>>();
expectTypeOf(client.pets.toys.delete).returns.resolves.toEqualTypeOf<undefined>();
expectTypeOf(client.upload).parameter(0).toExtend<FormData | { file?: Blob }>();
expectTypeOf(client.upload).returns.resolves.toEqualTypeOf<string>();
expectTypeOf(client.state).returns.resolves.toEqualTypeOf<WithRequestID<{ error?: Record<string, unknown> | null }>>();
expectTypeOf(client.petsToys.choose("a", "b", { mood: "x", stream: true })).resolves.toEqualTypeOf<Stream<Pet>>();
expectTypeOf(client.petsToys.choose("a", "b", [])).resolves.toEqualTypeOf<WithRequestID<Pet>>();
expectTypeOf(client.putRaw).returns.resolves.toEqualTypeOf<Blob>();
expectTypeOf(client.form).parameter(0).toEqualTypeOf<{ q?: string }>();
expectTypeOf(client.form).returns.resolves.toEqualTypeOf<WithRequestID<Pet>>();
expectTypeOf(client.lines).returns.resolves.toEqualTypeOf<AsyncIterable<Pet>>();
expectTypeOf(client.tail).returns.resolves.toEqualTypeOf<Stream<TailEvent>>();
expectTypeOf<TailEvent>().toEqualTypeOf<{ n: number }>();
expectTypeOf(client.table()).resolves.toEqualTypeOf<Pet[]>();
expectTypeOf(client.table({ q: "a" }, { accept: "text/csv" })).resolves.toEqualTypeOf<string>();
expectTypeOf(client.table(undefined, { accept: "image/png" })).resolves.toEqualTypeOf<Blob>();
expectTypeOf(client.xml).returns.resolves.toEqualTypeOf<string>();
expectTypeOf(client.pets.events).returns.resolves.toEqualTypeOf<Stream<Pet>>();
expectTypeOf(client.maybe()).resolves.toEqualTypeOf<WithRequestID<Pet>>();
expectTypeOf(client.maybe({ stream: null })).resolves.toEqualTypeOf<WithRequestID<Pet>>();
expectTypeOf(client.maybe({ stream: true })).resolves.toEqualTypeOf<Stream<Pet>>();
expectTypeOf<components["schemas"]["Stream"]>().toEqualTypeOf<string>();
// @ts-expect-error a required query cannot be left out
client.pets.toys.replace(1, "x", undefined);
// @ts-expect-error Pet is an object
client.postAPets("x");
`;

describe("a document of odd operations", () => {
  let made: { folder: string; code: string };
  // biome-ignore lint/suspicious/noExplicitAny: what the types allow is checked by compiling USE
  let load: (url: string) => Promise<any>;
  beforeAll(async () => {
    made = await generate(ODD);
    const module = await import(pathToFileURL(join(made.folder, "client.ts")).href);
    load = async (baseURL) => new module.PetStore({ apiKey: "k", baseURL, maxRetries: 0 });
  });

  it("compiles, as does one with nothing in it, and its methods have the types that the document states", async () => {
    await writeFile(join(made.folder, "use.ts"), USE);
    const bare = await generate(BARE);
    expect(bare.code).toContain("export class Client ");
    const files = [join(made.folder, "use.ts"), join(bare.folder, "client.ts")];
    expect(await compile(...files)).toBe("");
  });

  it("names class and environment after the title, and takes server and prefix from the document", () => {
    expect(made.code).toContain("export class PetStore {");
    expect(made.code).toContain('env: "PET_STORE"');
    expect(made.code).toContain('baseURL: "https://eu.example.com/base"');
    expect(made.code).toContain('prefix: "/a"');
  });

  it("takes no tag for its comments from a description, and marks what is deprecated", () => {
    expect(made.code.match(/^ +\* @deprecated.*/gm)).toEqual(["   * @deprecated The service may drop it."]);
  });

  it("exports component schemas by name, except where the name is taken or none, the parameters of methods, and the variants of bodies", () => {
    expect([...made.code.matchAll(/^export type (\S+) =/gm)].map(([, name]) => name)).toEqual([
      ...["Pet", "Ask", "Choice", "State", "TailEvent"],
      ...["ReplaceToyQuery", "ListPetsQuery", "TableQuery"],
      ...["AskNonStreaming", "AskStreaming"],
    ]);
    expect(made.code).toMatch(/\(query\??: ListPetsQuery, /);
  });

  it("gives a streaming operation that is not a chat completion a stream whose answer is the list of its chunks", async () => {
    const pets = [{ name: "Rex" }, { name: "Tom" }];
    const { url, received } = await serve(stream([...pets.map(frame), frame("[DONE]")]));
    const client = await load(`${url}/a`);
    const iterated: unknown[] = [];
    for await (const pet of await client.pets.events()) iterated.push(pet);
    expect(iterated).toEqual(pets);
    expect(await (await client.pets.events()).final()).toEqual(pets);
    const streamed = client.pets.eventsStream();
    expect(streamed).not.toHaveProperty("finalChatCompletion");
    const told: unknown[] = [];
    streamed.on("chunk", (pet: unknown, snapshot: unknown[]) => told.push([pet, snapshot.length]));
    expect(await streamed.final()).toEqual(pets);
    expect(told).toEqual([
      [pets[0], 1],
      [pets[1], 2],
    ]);
    expect(await client.petsToys.chooseStream("a", "b", { mood: "x" }).final()).toEqual(pets);
    expect(JSON.parse(received.at(-1)?.body ?? "")).toEqual({ mood: "x", stream: true });
    expect(await client.maybeStream().final()).toEqual(pets);
    expect(made.code).not.toContain("ChatCompletionStream");
  });

  it("leaves out the second method of a streaming operation whose name is taken", async () => {
    const operation = (name: string) => ({
      operationId: name,
      "x-sdk-method": `pets.${name}`,
      responses: { 200: { description: "Events.", content: { "text/event-stream": { schema: {} } } } },
    });
    const paths = { "/a": { get: operation("create") }, "/b": { get: operation("stream") } };
    const { code } = await generate({ ...BARE, paths });
    expect([...code.matchAll(/^ {2}((?!constructor)\w+)\(options/gm)].map(([, name]) => name)).toEqual([
      "create",
      "stream",
      "streamStream",
    ]);
  });

  it("sends each of them as described", async () => {
    const { url, received } = await serve(answer(200, { name: "Rex" }));
    const client = await load(`${url}/a`);
    await client.listPets({ limit: 2, tags: ["a b", "c"] });
    await client.listPets({ ids: [1, 2], "any-of": ["a", "b c"], near: { x: 1 }, where: { y: "z" } });
    await client.listPets();
    await client.postAPets({ name: "Rex" });
    await client.pets.toys.replace(7, "a/b", undefined, { strict: true });
    await client.both("x.y", "z");
    await client.form({ q: "a b" });
    expect(received.map(({ method, url, body }) => [method, url, body])).toEqual([
      ["GET", "/a/pets?limit=2&tags=a%20b&tags=c", ""],
      ["GET", "/a/pets?ids=1,2&any-of=a%7Cb%20c&x=1&where%5By%5D=z", ""],
      ["GET", "/a/pets", ""],
      ["POST", "/a/pets", '{"name":"Rex"}'],
      ["PUT", "/a/pets/7/toys/a%2Fb?strict=true", ""],
      ["GET", "/a/x.y.z", ""],
      ["PATCH", "/a/files", "q=a+b"],
    ]);
    expect(received[0]?.headers).toMatchObject({ "x-key": "k" });
    expect(received[6]?.headers).toMatchObject({
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/problem+json, application/json;q=0.9",
    });
  });

  it("answers without content are undefined, where the document has them", async () => {
    const { url } = await serve(answer(204), answer(202), answer(200, { ignored: true }));
    const client = await load(url);
    expect(await client.pets.toys.delete(1, "x")).toBeUndefined();
    expect(await client.pets.toys.replace(1, "x", {}, { strict: false })).toBeUndefined();
    expect(await client.pets.toys.delete(1, "x")).toBeUndefined();
  });

  it("sends forms, bytes and streams of them, and takes text and bytes", async () => {
    const { url, received } = await serve(answer(200, "fine"), answer(200, "PNG"), answer(503));
    const client = await load(url);
    const form = new FormData();
    form.set("file", new Blob(["content"]), "name.txt");
    expect(await client.upload(form)).toBe("fine");
    expect(received[0]?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(received[0]?.body).toContain("content");
    const blob = await client.putRaw(new Uint8Array([65, 66]));
    expect(await blob.text()).toBe("PNG");
    expect(received[1]).toMatchObject({
      body: "AB",
      headers: { "content-type": "application/octet-stream" },
    });
    const once = new Blob(["once"]).stream();
    await expect(client.putRaw(once, { maxRetries: 3 })).rejects.toHaveProperty("status", 503);
    expect(received.map(({ body }) => body).slice(2)).toEqual(["once"]);
  });

  it("asks for another media type by the option `accept`", async () => {
    const { url, received } = await serve(
      answer(200, [{ name: "a" }]),
      answer(200, "name\na\n", { "content-type": "text/csv" }),
      answer(200, "PNG", { "content-type": "image/png" }),
    );
    const client = await load(url);
    expect(await client.table()).toEqual([{ name: "a" }]);
    expect(await client.table({ q: "x" }, { accept: "text/csv" })).toBe("name\na\n");
    expect(await (await client.table(undefined, { accept: "image/png" })).text()).toBe("PNG");
    expect(received.map(({ headers }) => headers.accept)).toEqual([
      "application/json",
      "text/csv, application/json;q=0.9",
      "image/png, application/json;q=0.9",
    ]);
  });

  it("takes XML as text, and JSON lines as they come", async () => {
    const type = { "content-type": "application/x-ndjson" };
    const { url } = await serve(
      answer(200, "<a/>", { "content-type": "application/xml" }),
      answer(200, '{"name":"Ö"}\r\n\n{"name":"b"}', type),
      answer(200, '\u001e{\n"name":"c"}\n', { "content-type": "application/json-seq" }),
      answer(200, '{"name":"d"}\nnone\n', type),
      (response) => {
        response.writeHead(200, type);
        response.write('{"name":"e"}\n{"na', () => response.destroy());
      },
    );
    const client = await load(url);
    expect(await client.xml()).toBe("<a/>");
    const read = async () => {
      const names: string[] = [];
      try {
        for await (const { name } of await client.lines()) names.push(name);
      } catch (error) {
        names.push((error as Error).message);
      }
      return names;
    };
    expect(await read()).toEqual(["Ö", "b"]);
    expect(await read()).toEqual(["c"]);
    expect(await read()).toEqual(["d", expect.stringMatching(/A line of the answer is not JSON:.*none/)]);
    expect(await read()).toEqual(["e", "The connection was lost in the middle of the answer."]);
  });

  it("takes an `error` that the document declares as part of the answer", async () => {
    const failed = { error: { message: "The job failed." } };
    const { url } = await serve(answer(200, failed));
    const client = await load(url);
    expect(await client.state("a", "b")).toEqual(failed);
    await expect(client.postAPets({ name: "x" })).rejects.toThrow("The job failed.");
  });

  it("takes an empty text, and no bytes", async () => {
    const { url } = await serve(answer(200, "", { "content-length": "0" }));
    const client = await load(url);
    expect(await client.upload(new FormData())).toBe("");
    expect((await client.putRaw("x")).size).toBe(0);
  });

  it("takes no key to another origin, in whatever header it is", async () => {
    const other = await serve(answer(200, []));
    const { url, received } = await serve(answer(307, "", { location: `${other.url}/a/pets` }));
    const client = await load(url);
    await client.listPets().catch(() => {});
    expect(received[0]?.headers).toHaveProperty("x-key");
    expect(other.received.filter(({ headers }) => "x-key" in headers)).toEqual([]);
  });

  it("tells when the connection is lost in the middle of bytes", async () => {
    const { url } = await serve((response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("P", () => response.socket?.destroy());
    });
    const client = await load(url);
    await expect(client.putRaw("x")).rejects.toHaveProperty("name", "APIConnectionError");
  });

  it("streams where the body asks for it, and where there is nothing else", async () => {
    const { url, received } = await serve(stream([frame({ name: "Rex" })]));
    const client = await load(url);
    for (const chunks of [await client.pets.events(), await client.maybe({ stream: true })]) {
      const pets: unknown[] = [];
      for await (const pet of chunks) pets.push(pet);
      expect(pets).toEqual([{ name: "Rex" }]);
    }
    expect(received.map(({ headers }) => headers.accept)).toEqual(
      Array(2).fill("text/event-stream, application/json;q=0.9"),
    );
  });
});

describe("a document without much", () => {
  it("needs a base URL, and no key", async () => {
    const { folder } = await generate({ ...BARE, servers: [{ url: "/v1" }] });
    const { Client } = await import(pathToFileURL(join(folder, "client.ts")).href);
    expect(() => new Client()).toThrow(
      "There is no base URL. Pass it as new Client({ baseURL }), or set CLIENT_BASE_URL.",
    );
    expect(new Client({ baseURL: "http://localhost" })).toBeDefined();
  });

  const secured = (document: object, operation: object) => ({
    ...BARE,
    servers: [{ url: "http://localhost" }],
    paths: { "/a": { get: { ...operation, responses: ok(json({ type: "array" })) } } },
    components: {
      securitySchemes: {
        Token: { $ref: "#/components/securitySchemes/Bearer" },
        Bearer: { type: "http", scheme: "bearer" },
      },
    },
    ...document,
  });
  it.each([
    ["asks for it", { security: [{ Token: [] }] }, {}, true],
    ["has an operation that asks for it", {}, { security: [{ Token: [] }] }, true],
    ["can do without", { security: [{ Token: [] }, {}] }, {}, false],
  ])("sends a key if the document %s", async (_, document, operation, required) => {
    const { folder } = await generate(secured(document, operation));
    const { Client } = await import(pathToFileURL(join(folder, "client.ts")).href);
    if (required) expect(() => new Client()).toThrow(/There is no API key/);
    const { url, received } = await serve(answer(200, []));
    await new Client({ apiKey: "k", baseURL: url }).getA();
    if (!required) await new Client({ baseURL: url }).getA();
    expect(received.map(({ headers }) => headers.authorization)).toEqual(
      required ? ["Bearer k"] : ["Bearer k", undefined],
    );
  });

  it("gets another name if its own is taken, and so do the classes of its groups", async () => {
    const files: string[] = [];
    for (const title of ["Stream API", "Transport", "Promise"]) {
      const { folder, code } = await generate({
        ...document("a.b.c", "aB.c"),
        info: { title, version: "1" },
      });
      expect(code).toContain(`export class ${title.replace(" API", "")}Client {`);
      files.push(join(folder, "client.ts"));
    }
    expect(await compile(...files)).toBe("");
  });

  it("keeps whole paths if they have nothing in common, or one is the start of the others", async () => {
    const get = { responses: {} };
    for (const paths of [
      { "/a": { get }, "/b": { get } },
      { "/pets": { get }, "/pets/{id}": { get } },
    ]) {
      expect((await generate({ ...BARE, paths })).code).toContain('prefix: ""');
    }
  });
});

/** One operation for each of these names. */
const document = (...names: string[]) => ({
  openapi: "3.1.1",
  info: { title: "X API", version: "1" },
  paths: Object.fromEntries(
    names.map((name, index) => [`/${index}`, { get: { "x-sdk-method": name, responses: {} } }]),
  ),
});

it("a schema that is made of itself ends", async () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const post = { operationId: "ask", requestBody: body(json(ref("A"))), responses: ok(json(ref("B"))) };
  const schemas = { A: { allOf: [ref("B")] }, B: { anyOf: [ref("A"), { type: "object" }] } };
  // No type can be made of it, but this stage runs alone too.
  const { contract } = await prepare({ ...BARE, paths: { "/a": { post } }, components: { schemas } });
  expect(String((await client(contract)).get("client.ts"))).toContain(
    "ask(body: A, options?: RequestOptions): APIPromise<B>",
  );
});

describe("names that no client can have", () => {
  it.each([
    ["a-b.c", "aBC"],
    ["a..c", "aC"],
    ["a.", "a"],
    ["", "_"],
    ["1", "_1"],
    ["a b", "aB"],
  ])("%j becomes %s, which is told with its place", async (name, other) => {
    const { code, warnings } = await generate(document(name));
    expect(code).toContain(`\n  ${other}(options?: RequestOptions)`);
    expect(warnings).toEqual([
      {
        place: { file: expect.stringMatching(/openapi\.json$/), line: 1, column: expect.any(Number) },
        message: `The client's method for this operation is ${other}, not ${name}: names joined by dots are needed, such as \`chat.completions.create\`.`,
        advice: expect.stringContaining("x-sdk-method"),
      },
    ]);
  });
});

describe("names that clash", () => {
  it.each([
    ["two of the same", ["a.b", "a.b"], "a.b2, not a.b"],
    ["a method within a method", ["a", "a.b"], "a2.b, not a.b"],
    ["a group that is a method", ["a.b", "a"], "a2, not a"],
    ["the client's own", ["http"], "http2, not http"],
    ["a constructor", ["a.constructor"], "a.constructor2, not a.constructor"],
    ["a promise's", ["a.then"], "a.then2, not a.then"],
  ])("%s: the second one gets a number, which is told", async (_, names, change) => {
    const { code, warnings } = await generate(document(...names));
    const [, name = ""] = /(\w+), not/.exec(change) ?? [];
    expect(code).toContain(`\n  ${name}(options?: RequestOptions)`);
    expect(warnings.map(({ message }) => message)).toEqual([
      `The client's method for this operation is ${change}: the name is taken.`,
    ]);
  });
});

/** Operations, parameters, bodies, answers and security: what their changes mean to a consumer. */
import { describe, expect, test } from "vitest";
import type { Document } from "../../../scripts/document/model.ts";
import { type Change, highest } from "../../../scripts/pipeline/diff/change.ts";
import { compareDocuments } from "../../../scripts/pipeline/diff/documents.ts";

const text = { type: "string" };
const number = { type: "number" };
const json = (schema: object) => ({ "application/json": { schema } });
const ok = { 200: { description: "OK" } };

function document(parts: object): Document {
  return { openapi: "3.1.1", info: { title: "Pets", version: "1.0.0" }, ...parts } as Document;
}
const operation = (get: object, more: object = {}) =>
  document({ paths: { "/pets": { get: { responses: ok, ...get } } }, ...more });

/** An operation that demands credentials of each of the schemes. */
const secured = (securitySchemes: Record<string, object>) =>
  operation(
    { security: [Object.fromEntries(Object.keys(securitySchemes).map((name) => [name, []]))] },
    { components: { securitySchemes } },
  );

const changes = (old: Document, now: Document) => compareDocuments(old, now);
const levels = (old: Document, now: Document) => [highest(changes(old, now)), highest(changes(now, old))];
const said = (found: Change[]) =>
  found.map(({ level, operation: at, message }) => `${level} ${at}: ${message}`);

/** From the first document to the second, and back. */
const PAIRS: [name: string, old: Document, now: Document, forth: string, back: string][] = [
  ["an operation", document({ paths: {} }), operation({}), "minor", "major"],
  [
    "a method of a path",
    operation({}),
    document({ paths: { "/pets": { get: { responses: ok }, post: { responses: ok } } } }),
    "minor",
    "major",
  ],
  ["a description", operation({}), operation({ description: "All pets." }), "patch", "patch"],
  ["a sample", operation({}), operation({ "x-codeSamples": [] }), "patch", "patch"],
  ["deprecation", operation({}), operation({ deprecated: true }), "minor", "minor"],
  ["an operation's ID", operation({ operationId: "a" }), operation({ operationId: "b" }), "minor", "minor"],
  [
    "a client's method",
    operation({ operationId: "a", "x-sdk-method": "pets.list" }),
    operation({ operationId: "a", "x-sdk-method": "pets.all" }),
    "major",
    "major",
  ],
  [
    "a client's method that was named by the operation's ID",
    operation({ operationId: "list" }),
    operation({ operationId: "list", "x-sdk-method": "pets.list" }),
    "major",
    "major",
  ],
  [
    "an optional parameter",
    operation({}),
    operation({ parameters: [{ name: "q", in: "query" }] }),
    "minor",
    "major",
  ],
  [
    "a required parameter",
    operation({}),
    operation({ parameters: [{ name: "q", in: "query", required: true }] }),
    "major",
    "major",
  ],
  [
    "whether a parameter is required",
    operation({ parameters: [{ name: "q", in: "query" }] }),
    operation({ parameters: [{ name: "q", in: "query", required: true }] }),
    "major",
    "minor",
  ],
  [
    "where a parameter stands",
    operation({ parameters: [{ name: "q", in: "query" }] }),
    operation({ parameters: [{ name: "q", in: "header" }] }),
    "major",
    "major",
  ],
  [
    "how a parameter is written",
    operation({ parameters: [{ name: "q", in: "query", schema: { type: "array" } }] }),
    operation({ parameters: [{ name: "q", in: "query", explode: false, schema: { type: "array" } }] }),
    "major",
    "major",
  ],
  [
    "the default way of writing a parameter",
    operation({ parameters: [{ name: "q", in: "query" }] }),
    operation({ parameters: [{ name: "q", in: "query", style: "form", explode: true }] }),
    "none",
    "none",
  ],
  [
    "whether a parameter with one value is repeated for each item",
    operation({ parameters: [{ name: "q", in: "query", schema: text }] }),
    operation({ parameters: [{ name: "q", in: "query", explode: false, schema: text }] }),
    "none",
    "none",
  ],
  [
    "a parameter that becomes a list, for which its name is repeated",
    operation({ parameters: [{ name: "q", in: "query", schema: { enum: ["a", "b"] } }] }),
    operation({
      parameters: [{ name: "q", in: "query", schema: { type: "array", items: { enum: ["a", "b"] } } }],
    }),
    "minor",
    "major",
  ],
  [
    "a parameter that becomes a list of at least two items",
    operation({ parameters: [{ name: "q", in: "query", schema: text }] }),
    operation({
      parameters: [{ name: "q", in: "query", schema: { type: "array", items: text, minItems: 2 } }],
    }),
    "major",
    "major",
  ],
  [
    "a header that becomes a list",
    operation({ parameters: [{ name: "q", in: "header", schema: text }] }),
    operation({ parameters: [{ name: "q", in: "header", schema: { type: "array", items: text } }] }),
    "major",
    "major",
  ],
  [
    "whether a parameter may hold reserved characters",
    operation({ parameters: [{ name: "q", in: "query", schema: text }] }),
    operation({ parameters: [{ name: "q", in: "query", allowReserved: true, schema: text }] }),
    "minor",
    "major",
  ],
  [
    "whether a parameter may be empty",
    operation({ parameters: [{ name: "q", in: "query", schema: text }] }),
    operation({ parameters: [{ name: "q", in: "query", allowEmptyValue: true, schema: text }] }),
    "minor",
    "major",
  ],
  [
    "a parameter that is written as JSON",
    operation({ parameters: [{ name: "q", in: "query", schema: text }] }),
    operation({ parameters: [{ name: "q", in: "query", content: json(text) }] }),
    "major",
    "major",
  ],
  [
    "the schema of a parameter with a media type",
    operation({ parameters: [{ name: "q", in: "query", content: json(number) }] }),
    operation({ parameters: [{ name: "q", in: "query", content: json({ type: "integer" }) }] }),
    "major",
    "minor",
  ],
  [
    "a header of a request in another case",
    operation({ parameters: [{ name: "X-Tenant", in: "header" }] }),
    operation({ parameters: [{ name: "x-tenant", in: "header" }] }),
    "minor",
    "minor",
  ],
  [
    "a header that OpenAPI describes elsewhere",
    operation({}),
    operation({ parameters: [{ name: "Authorization", in: "header", required: true }] }),
    "none",
    "none",
  ],
  [
    "a header that the media type says",
    operation({ responses: { 200: { description: "OK", headers: { "Content-Type": {} } } } }),
    operation({}),
    "none",
    "none",
  ],
  [
    "a redirect",
    operation({ responses: { ...ok, 302: { description: "Elsewhere." } } }),
    operation({}),
    "major",
    "minor",
  ],
  [
    "the default answer beside a success, which is an error",
    operation({ responses: { ...ok, default: { description: "Any error." } } }),
    operation({}),
    "minor",
    "minor",
  ],
  [
    "the default answer that is the only one",
    operation({ responses: { default: { description: "Anything." } } }),
    operation({}),
    "major",
    "major",
  ],
  [
    "a parameter of the path item",
    document({ paths: { "/pets": { parameters: [{ name: "q", in: "query" }], get: { responses: ok } } } }),
    operation({ parameters: [{ name: "q", in: "query" }] }),
    "none",
    "none",
  ],
  [
    "the name of a path's parameter",
    document({
      paths: { "/pets/{id}": { get: { parameters: [{ name: "id", in: "path", required: true }] } } },
    }),
    document({
      paths: { "/pets/{pet}": { get: { parameters: [{ name: "pet", in: "path", required: true }] } } },
    }),
    "minor",
    "minor",
  ],
  [
    "the name of a path's parameter, beside a path that differs in that name alone",
    document({
      paths: { "/pets/{id}": { get: { responses: ok } }, "/pets/{name}": { get: { responses: ok } } },
    }),
    document({
      paths: { "/pets/{key}": { get: { responses: ok } }, "/pets/{name}": { get: { responses: ok } } },
    }),
    "none",
    "none",
  ],
  [
    "a path, beside one that differs in the name of its parameter alone",
    document({
      paths: { "/pets/{id}": { get: { responses: ok } }, "/pets/{name}": { get: { responses: ok } } },
    }),
    document({ paths: { "/pets/{name}": { get: { responses: ok } } } }),
    "major",
    "minor",
  ],
  ["an optional body", operation({}), operation({ requestBody: { content: json(text) } }), "minor", "major"],
  [
    "a required body",
    operation({}),
    operation({ requestBody: { required: true, content: json(text) } }),
    "major",
    "major",
  ],
  [
    "whether a body is required",
    operation({ requestBody: { content: json(text) } }),
    operation({ requestBody: { required: true, content: json(text) } }),
    "major",
    "minor",
  ],
  [
    "a media type of a request",
    operation({ requestBody: { content: json(text) } }),
    operation({ requestBody: { content: { ...json(text), "text/plain": {} } } }),
    "minor",
    "major",
  ],
  [
    "the schema of a body",
    operation({ requestBody: { content: { "application/json": {} } } }),
    operation({ requestBody: { content: json(text) } }),
    "major",
    "minor",
  ],
  [
    "the encoding of a form's field",
    operation({ requestBody: { content: { "multipart/form-data": { schema: { type: "object" } } } } }),
    operation({
      requestBody: {
        content: {
          "multipart/form-data": {
            schema: { type: "object" },
            encoding: { a: { contentType: "image/png" } },
          },
        },
      },
    }),
    "major",
    "major",
  ],
  [
    "a status of success",
    operation({}),
    operation({ responses: { ...ok, 201: { description: "" } } }),
    "minor",
    "major",
  ],
  [
    "a status of an error",
    operation({}),
    operation({ responses: { ...ok, 404: { description: "" } } }),
    "minor",
    "minor",
  ],
  [
    "a media type of an answer",
    operation({ responses: { 200: { description: "", content: json(text) } } }),
    operation({ responses: { 200: { description: "", content: { ...json(text), "text/csv": {} } } } }),
    "minor",
    "major",
  ],
  [
    "a more general media type of an answer",
    operation({ responses: { 200: { description: "", content: { "application/hal+json": {} } } } }),
    operation({ responses: { 200: { description: "", content: { "application/json": {} } } } }),
    "major",
    "minor",
  ],
  [
    "a parameter of a media type",
    operation({ responses: { 200: { description: "", content: { "text/csv": {} } } } }),
    operation({ responses: { 200: { description: "", content: { "text/csv; charset=utf-8": {} } } } }),
    "minor",
    "minor",
  ],
  [
    "a header of an answer",
    operation({}),
    operation({ responses: { 200: { description: "OK", headers: { "x-total": { schema: number } } } } }),
    "minor",
    "major",
  ],
  [
    "whether a header of an answer always comes",
    operation({ responses: { 200: { description: "OK", headers: { "x-total": { schema: number } } } } }),
    operation({
      responses: { 200: { description: "OK", headers: { "X-Total": { required: true, schema: number } } } },
    }),
    "minor",
    "major",
  ],
  [
    "the type of a header of an answer",
    operation({
      responses: { 200: { description: "OK", headers: { "x-total": { schema: { type: "integer" } } } } },
    }),
    operation({ responses: { 200: { description: "OK", headers: { "x-total": { schema: number } } } } }),
    "major",
    "minor",
  ],
  ["a server", document({}), document({ servers: [{ url: "https://a.example" }] }), "minor", "minor"],
  ["the title", document({}), document({ info: { title: "Animals", version: "1.0.0" } }), "patch", "patch"],
  ["the version", document({}), document({ info: { title: "Pets", version: "2.0.0" } }), "none", "none"],
  ["credentials", operation({}), operation({ security: [{ Key: [] }] }), "major", "minor"],
  [
    "an alternative of credentials",
    operation({ security: [{ Key: [] }] }),
    operation({ security: [{ Key: [] }, { Token: [] }] }),
    "minor",
    "major",
  ],
  [
    "credentials of the whole document that an operation does not need",
    operation({ security: [] }),
    operation({ security: [] }, { security: [{ Key: [] }] }),
    "none",
    "none",
  ],
  [
    "credentials of the whole document",
    operation({}),
    operation({}, { security: [{ Key: [] }] }),
    "major",
    "minor",
  ],
  [
    "a scope",
    operation({ security: [{ OAuth: ["read"] }] }),
    operation({ security: [{ OAuth: ["read", "write"] }] }),
    "major",
    "minor",
  ],
  [
    "how credentials are sent",
    secured({ Key: { type: "apiKey", in: "header", name: "key" } }),
    secured({ Key: { type: "apiKey", in: "query", name: "key" } }),
    "major",
    "major",
  ],
  [
    "the type of a scheme",
    secured({ Key: { type: "oauth2", flows: {} } }),
    secured({ Key: { type: "http", scheme: "basic" } }),
    "major",
    "major",
  ],
  [
    "who issues tokens",
    secured({ Key: { type: "openIdConnect", openIdConnectUrl: "https://a.example" } }),
    secured({ Key: { type: "openIdConnect", openIdConnectUrl: "https://b.example" } }),
    "major",
    "major",
  ],
  [
    "how credentials are sent of a scheme that no operation uses",
    document({ components: { securitySchemes: { Key: { type: "apiKey", in: "header", name: "key" } } } }),
    document({ components: { securitySchemes: { Key: { type: "apiKey", in: "query", name: "key" } } } }),
    "minor",
    "minor",
  ],
  [
    "the case of a header and of an HTTP scheme",
    secured({
      Key: { type: "apiKey", in: "header", name: "X-Key" },
      Token: { type: "http", scheme: "bearer" },
    }),
    secured({
      Key: { type: "apiKey", in: "header", name: "x-key" },
      Token: { type: "http", scheme: "Bearer" },
    }),
    "minor",
    "minor",
  ],
  [
    "the name of a scheme",
    secured({ Key: { type: "apiKey", in: "header", name: "key" }, Tls: { type: "mutualTLS" } }),
    secured({ ApiKey: { type: "apiKey", in: "header", name: "key" }, Cert: { type: "mutualTLS" } }),
    "none",
    "none",
  ],
  [
    "the name of a component",
    operation(
      { responses: { 200: { description: "", content: json({ $ref: "#/components/schemas/A" }) } } },
      { components: { schemas: { A: text } } },
    ),
    operation(
      { responses: { 200: { description: "", content: json({ $ref: "#/components/schemas/B" }) } } },
      { components: { schemas: { B: text } } },
    ),
    "minor",
    "minor",
  ],
  [
    "a body in components",
    operation({ requestBody: { content: json(number) } }),
    operation(
      { requestBody: { $ref: "#/components/requestBodies/B" } },
      { components: { requestBodies: { B: { content: json({ type: "integer" }) } } } },
    ),
    "major",
    "minor",
  ],
];

describe("a change", () => {
  test.each(PAIRS)("has the level it deserves, forth and back: %s", (_, old, now, forth, back) => {
    expect(levels(old, now)).toEqual([forth, back]);
  });

  test("names the operation, the place and what was there", () => {
    const of = (maximum: number) =>
      operation({
        requestBody: {
          content: json({
            type: "object",
            properties: {
              items: { type: "array", items: { type: "object", properties: { n: { maximum } } } },
            },
          }),
        },
      });
    expect(changes(of(2), of(1))).toEqual([
      {
        level: "major",
        operation: "GET /pets",
        path: "/requestBody/content/application~1json/schema/properties/items/items/properties/n/maximum",
        message: "Request body (application/json), `items[].n`: `maximum` is `1`; it was `2`.",
        was: 2,
        is: 1,
      },
    ]);
  });

  test("of a component says what is called otherwise, and which types a program loses", () => {
    const of = (schemas: object) => document({ components: { schemas } });
    expect(said(changes(of({ A: text, B: number }), of({ C: text })))).toEqual([
      "minor null: The schema `A` is now called `C`, and so is its type.",
      "minor null: The schema `B` is gone, and so is its type.",
    ]);
  });
});

describe("what was announced", () => {
  const none = document({ paths: {} });
  const sunset = (date: unknown) => operation({ deprecated: true, "x-sunset": date });
  const query = (more: object) => operation({ parameters: [{ name: "q", in: "query", ...more }] });
  const level = (old: Document, now: Document) => highest(changes(old, now));

  test("may go: what is deprecated, from its x-sunset on where it has one", () => {
    expect(level(operation({ deprecated: true }), none)).toBe("minor");
    expect(level(sunset("2020-12-31"), none)).toBe("minor");
    expect(level(sunset("2020-12-31T12:00:00Z"), none)).toBe("minor");
    expect(said(changes(sunset("2999-12-31"), none))).toEqual([
      'major GET /pets: The operation is gone before its `x-sunset`, `"2999-12-31"`.',
    ]);
    expect(level(sunset("soon"), none)).toBe("major");
    expect(level(query({ deprecated: true }), operation({}))).toBe("minor");
    expect(level(query({ deprecated: true, "x-sunset": "2999-01-01" }), operation({}))).toBe("major");
  });

  test("may be put off, and may not come sooner", () => {
    expect(level(sunset("2999-01-01"), sunset("2999-02-01"))).toBe("patch");
    expect(level(sunset("2999-02-01"), sunset("2999-01-01"))).toBe("major");
    expect(level(sunset("2999-02-01"), operation({ deprecated: true }))).toBe("major");
    expect(level(operation({ deprecated: true }), sunset("2999-01-01"))).toBe("patch");
    expect(level(sunset("2020-01-01"), operation({ deprecated: true }))).toBe("patch");
    expect(level(sunset("soon"), sunset("2999-01-01"))).toBe("patch");
  });

  test("is not announced by a date or a level that nobody can read", () => {
    expect(said(changes(operation({}), sunset("soon")))).toContain(
      'major GET /pets: The end cannot be told: `x-sunset` is `"soon"`, and not a date such as 2030-12-31.',
    );
    expect(level(sunset("2999-01-01"), sunset("soon"))).toBe("major");
    const stable = (stability: unknown) => operation({ "x-stability-level": stability });
    expect(said(changes(operation({}), stable("ga")))).toEqual([
      'major GET /pets: The stability cannot be told: `"ga"` is not one of draft, alpha, beta, stable.',
    ]);
    expect(level(stable("ga"), operation({}))).toBe("major");
    expect(level(operation({}), stable(1))).toBe("major");
  });

  test("is told of the members of a body, too", () => {
    const member = (more: object) =>
      operation({
        requestBody: { content: json({ type: "object", properties: { a: { ...text, ...more } } }) },
      });
    const ends = (date: string) => member({ deprecated: true, "x-sunset": date });
    expect(level(ends("2999-02-01"), ends("2999-01-01"))).toBe("major");
    expect(level(ends("2999-01-01"), ends("2999-02-01"))).toBe("patch");
    expect(level(member({}), ends("soon"))).toBe("major");
    expect(level(member({}), member({ "x-stability-level": "beta" }))).toBe("major");
    expect(level(member({ "x-stability-level": "beta" }), member({}))).toBe("patch");
  });

  test("may be that an operation is a draft, which nobody relies on", () => {
    const of = (stability: string | undefined, more: object = {}) =>
      operation({ ...(stability && { "x-stability-level": stability }), ...more });
    const required = { parameters: [{ name: "q", in: "query", required: true }] };
    for (const stability of ["draft", "alpha"]) {
      expect(level(of(stability), none)).toBe("minor");
      expect(level(of(stability), of(stability, required))).toBe("minor");
    }
    expect(level(of("beta"), none)).toBe("major");
    expect(level(of("beta"), of("beta", required))).toBe("major");
    expect(level(of("stable"), of("beta"))).toBe("major");
    expect(level(of(undefined), of("alpha"))).toBe("major");
    expect(level(of("alpha"), of("stable"))).toBe("patch");
  });
});

test("lists the change of an extension that has no meaning in its place", () => {
  const answer = (more: object) => operation({ responses: { 200: { description: "OK.", ...more } } });
  for (const name of ["x-sunset", "x-stability-level", "x-extensible-enum", "x-sdk-method"])
    expect(highest(changes(answer({}), answer({ [name]: "a" })))).toBe("patch");
});

test("a long value is shortened in the message, and whole beside it", () => {
  const long = "a".repeat(500);
  const [change] = changes(operation({ "x-sdk-method": "list" }), operation({ "x-sdk-method": long }));
  expect(change?.message).toBe(`The client's method is \`"${"a".repeat(78)}…\`; it was \`"list"\`.`);
  expect(change?.is).toBe(long);
});

describe("webhooks and callbacks", () => {
  const hook = (schema: object) => ({ post: { requestBody: { content: json(schema) }, responses: ok } });
  const webhook = (schema: object) => document({ webhooks: { paid: hook(schema) } });
  const callback = (schema: object) =>
    operation({ callbacks: { paid: { "{$request.body#/url}": hook(schema) } } });

  test("are called by the server, so that more in their requests breaks consumers", () => {
    expect(levels(webhook({ type: "integer" }), webhook(number))).toEqual(["major", "minor"]);
    expect(levels(callback({ type: "integer" }), callback(number))).toEqual(["major", "minor"]);
  });

  test("are answered by consumers, who may rely on each status that is taken from them", () => {
    const answered = (responses: object) =>
      document({ webhooks: { paid: { post: { requestBody: { content: json(text) }, responses } } } });
    const gone = { 410: { description: "Nobody is here." } };
    expect(levels(answered({ ...ok, ...gone }), answered(ok))).toEqual(["major", "minor"]);
  });

  test("are missed where they are gone", () => {
    expect(levels(webhook(text), document({}))).toEqual(["major", "minor"]);
    expect(said(changes(webhook(text), document({})))).toEqual([
      "major webhook POST paid: The operation is gone.",
    ]);
  });
});

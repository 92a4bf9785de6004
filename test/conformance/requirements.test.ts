import { expect, test } from "vitest";
import { conformance } from "../../scripts/conformance/index.ts";
import type { Document } from "../../scripts/document/model.ts";
import { startMock } from "../../scripts/mock/index.ts";

const refused = (status: string) => [
  status,
  {
    description: "Refused.",
    content: {
      "application/json": {
        schema: { type: "object" },
        example: { error: { message: "No.", type: "invalid_request_error", param: null, code: null } },
      },
    },
  },
];
const responses = (success: object) => ({
  "200": { description: "OK.", ...success },
  ...Object.fromEntries(["400", "401", "404", "405", "415"].map(refused)),
});
const note = { content: { "application/json": { schema: { type: "object" }, example: { id: "n" } } } };
const since = { type: "string", format: "date-time" };

/** Operations that ask for more than a body and a token. */
const document = {
  openapi: "3.1.1",
  info: { title: "Notes", version: "1" },
  security: [{ Key: [] }],
  paths: {
    "/v1/notes": {
      get: {
        operationId: "listNotes",
        parameters: [{ name: "since", in: "query", required: true, schema: since }],
        responses: responses({ content: { "application/json": { example: { data: [{ id: "n" }] } } } }),
      },
    },
    "/v1/notes/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      head: { operationId: "checkNote", responses: responses({}) },
      patch: {
        operationId: "updateNote",
        parameters: [{ name: "x-version", in: "header", required: true, schema: { enum: ["1"] } }],
        requestBody: {
          required: true,
          content: {
            "application/merge-patch+json": {
              schema: { type: "object", minProperties: 1, properties: { text: { type: "string" } } },
              example: { text: "Hello." },
            },
          },
        },
        responses: responses(note),
      },
    },
  },
  components: { securitySchemes: { Key: { type: "apiKey", in: "header", name: "x-admin-key" } } },
} as unknown as Document;

test("Requests have the key, the headers, the query and the media type that their operation requires", async () => {
  const mock = await startMock({ document, apiKeys: ["sk-known"], log: () => {} });
  try {
    const { findings, summary } = await conformance({ baseUrl: mock.url, document, apiKey: "sk-known" });
    expect(findings).toEqual([]);
    expect(summary.requests).toBeGreaterThan(10);
    const answers = mock.requests.map(({ operation, status }) => `${operation} ${status}`);
    expect(answers).toEqual(
      expect.arrayContaining([
        "listNotes 200",
        "listNotes 401",
        "updateNote 200",
        "updateNote 400",
        "checkNote 401",
      ]),
    );
  } finally {
    await mock.close();
  }
});

const integers = { type: "array", minItems: 2, items: { type: "integer" } };

test("Required parameters are written in their style, with a value that their schema allows", async () => {
  const parameters = {
    deep: { style: "deepObject", schema: { type: "object", properties: { n: {} } }, example: { n: 1 } },
    repeated: { schema: integers, example: [1, 2] },
    joined: { style: "pipeDelimited", explode: false, schema: integers, example: [1, 2] },
    json: { content: { "application/json": { schema: { type: "object" }, example: { n: 1 } } } },
    cookie: { in: "cookie", schema: { enum: ["a"] } },
    header: { in: "header", schema: { type: "string" } },
    above: { schema: { type: "integer", exclusiveMinimum: 5 } },
    combined: { schema: { allOf: [{ type: "string" }, { anyOf: [{ enum: ["a"] }, { type: "null" }] }] } },
  };
  const paths = Object.entries(parameters).map(([name, parameter]) => [
    `/v1/${name}`,
    {
      get: {
        operationId: name,
        parameters: [{ name, in: "query", required: true, ...parameter }],
        responses: responses(note),
      },
    },
  ]);
  const document = {
    openapi: "3.1.1",
    info: { title: "Parameters", version: "1" },
    paths: Object.fromEntries(paths),
  } as unknown as Document;
  const mock = await startMock({ document, log: () => {} });
  try {
    expect((await conformance({ baseUrl: mock.url, document, apiKey: "sk" })).findings).toEqual([]);
    const known = mock.requests.filter(({ operation }) => operation);
    expect(known.map(({ operation, status }) => [operation, status])).toEqual(
      expect.arrayContaining(Object.keys(parameters).map((name) => [name, 200])),
    );
    expect(known.map(({ url }) => url)).toEqual(
      expect.arrayContaining(["/v1/deep?deep%5Bn%5D=1", "/v1/repeated?repeated=1&repeated=2"]),
    );
  } finally {
    await mock.close();
  }
});

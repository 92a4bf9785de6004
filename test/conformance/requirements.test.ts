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

/** The samples that the docs generate. `test/openapi/samples.test.ts` runs those of our own contract. */
import { expect, test } from "vitest";
import type { Document, OperationEntry } from "../../../../scripts/document/model.ts";
import { operations } from "../../../../scripts/document/operations.ts";
import { exampleSamples } from "../../../../scripts/pipeline/stages/docs/samples/index.ts";

const document = (operation: object, method = "post"): Document => ({
  openapi: "3.1.1",
  info: { title: "Samples API", version: "1" },
  servers: [{ url: "https://api.example.com" }],
  paths: {
    "/notes/{note_id}": {
      parameters: [
        { name: "note_id", in: "path", required: true, schema: { type: "string", default: "n 1" } },
      ],
      [method]: { "x-sdk-method": "notes.write", responses: {}, ...operation },
    },
  },
});

/** The sample in a language, for each request example. */
function samples(given: Document, lang: string): string[] {
  const [entry] = [...operations(given)] as [OperationEntry];
  return exampleSamples(given, entry).flatMap((one) => (one.lang === lang ? [...one.sources.values()] : []));
}

const lastLine = (text: string | undefined) => text?.trim().split("\n\n").at(-1)?.split("\n")[0];

const demanding = document({
  parameters: [
    { name: "tags[]", in: "query", required: true, schema: { type: "array", items: { enum: ["a", "b"] } } },
    { name: "since", in: "query", required: true, schema: { type: "string", format: "date-time" } },
    { name: "limit", in: "query", schema: { type: "integer" } },
    { name: "x-version", in: "header", required: true, schema: { const: "2023" } },
  ],
  requestBody: { content: { "application/merge-patch+json": { example: { text: "it's" } } } },
});

test("send what the operation requires: query, headers and the media type of the body", () => {
  expect(samples(demanding, "Shell")).toEqual([
    [
      "curl 'https://api.example.com/notes/n%201?tags%5B%5D=a&since=2026-01-01T00%3A00%3A00Z'",
      '-H "Authorization: Bearer $SAMPLES_API_KEY"',
      "-H 'x-version: 2023'",
      '-H "Content-Type: application/merge-patch+json"',
      `-d '{ "text": "it'\\''s" }'\n`,
    ].join(" \\\n  "),
  ]);
  const [typescript] = samples(demanding, "TypeScript");
  expect(typescript?.replace(/\s+/g, " ")).toContain(
    'client.notes.write("n 1", { text: "it\'s" }, { "tags[]": ["a"], since: "2026-01-01T00:00:00Z", }, { "x-version": "2023" });',
  );
  const [openai] = samples(demanding, "JavaScript");
  expect(openai?.replace(/\s+/g, " ")).toContain(
    'client.notes.write("n 1", { text: "it\'s" }, { query: { "tags[]": ["a"], since: "2026-01-01T00:00:00Z", }, headers: { "x-version": "2023", "Content-Type": "application/merge-patch+json", }, });',
  );
  const [python] = samples(demanding, "Python");
  expect(python).toContain(
    '    extra_query={"tags[]": ["a"]},\n    extra_headers={\n        "x-version": "2023",',
  );
});

test("give Python no argument that Python cannot spell", () => {
  const body = { text: "it", from: "me", "top-k": 1 };
  const given = document({ requestBody: { content: { "application/json": { example: body } } } });
  expect(samples(given, "Python")[0]).toContain(
    '    text="it",\n    extra_body={"from": "me", "top-k": 1},\n)',
  );
});

test("write the query in the styles of its parameters", () => {
  const required = { in: "query", required: true } as const;
  const given = document({
    parameters: [
      { ...required, name: "ids", explode: false, example: ["a", "b"] },
      { ...required, name: "filter", style: "deepObject", example: { kind: "x" } },
      { ...required, name: "where", content: { "application/json": { example: { a: 1 } } } },
    ],
  });
  expect(samples(given, "Shell")[0]).toContain("?ids=a,b&filter%5Bkind%5D=x&where=%7B%22a%22%3A1%7D'");
});

test("ask for the headers of an answer without a body", () => {
  expect(samples(document({}, "head"), "Shell")[0]).toMatch(/^curl --head https:/);
});

test("are generated for further examples only in a language whose own sample calls the method", () => {
  const examples = { one: { value: { text: "1" } }, two: { value: { text: "2" } } };
  const own = document({
    requestBody: { content: { "application/json": { examples } } },
    "x-codeSamples": [
      { lang: "Shell", source: "curl -d '{}'" },
      { lang: "TypeScript", source: "client.notes.write(1);" },
      { lang: "JavaScript", source: 'client.post("/notes");' },
    ],
  });
  expect(samples(own, "Shell")).toHaveLength(2);
  expect(lastLine(samples(own, "TypeScript").find((text) => text.includes("import")))).toBe(
    'const result = await client.notes.write("n 1", { text: "2" });',
  );
  expect(samples(own, "JavaScript")).toEqual(['client.post("/notes");']);
});

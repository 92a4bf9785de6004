/** A small document with what matters to the reference, and text that would break a careless page. */

import type { Document } from "../../../../scripts/document/model.ts";
import type { Contract } from "../../../../scripts/pipeline/read/contract.ts";
import type { Guide } from "../../../../scripts/pipeline/read/guides.ts";

export function fixture(): Document {
  return {
    openapi: "3.1.1",
    info: {
      title: `Pets & "friends" </title></style><script>document.title = "broken"</script>`,
      version: "1.0.0",
      description: `First "words" </title><b>bold</b>.\n\nSecond paragraph.`,
      ...{ "x-logo": { url: "https://cdn.example.com/logo.png" } },
    },
    paths: {
      "/pets": {
        get: {
          operationId: "watchPets",
          summary: "Watch pets",
          description: "## Watching\n\n```sh\n# no heading\n```",
          tags: ["Pets"],
          parameters: [
            { name: "kind", in: "query", description: "Which | kind.", schema: { type: "string" } },
          ],
          responses: { "200": { $ref: "#/components/responses/Pets" } },
          "x-codeSamples": [
            { lang: "Shell", label: "curl", source: "curl https://example.com/pets </script>" },
          ],
        },
      },
    },
    components: {
      responses: {
        Pets: {
          description: "Pets as they come.",
          content: {
            "text/event-stream": {
              schema: {
                description: "Ends with `[DONE]`.",
                type: "string",
                contentMediaType: "application/json",
                contentSchema: { $ref: "#/components/schemas/Pet" },
              },
            },
            "application/json": { schema: { type: "array", items: { $ref: "#/components/schemas/Pet" } } },
          },
        },
      },
      schemas: {
        Pet: {
          description: "One pet.",
          type: "object",
          required: ["name"],
          properties: {
            name: {
              description: "What it\nanswers to.",
              type: ["string", "null"],
              minLength: 1,
              default: "Rex",
            },
            kind: { enum: ["cat", "dog"], "x-enumDescriptions": { cat: "Purrs.", dog: "Barks." } },
            owners: { type: "array", items: { type: "object", properties: { since: { type: "integer" } } } },
            mother: { $ref: "#/components/schemas/Pet" },
            friend: { anyOf: [{ $ref: "#/components/schemas/Pet" }, { type: "null" }] },
            tags: { type: "object", additionalProperties: { type: "object", properties: { note: true } } },
          },
        },
      },
    },
  };
}

/** A document as a stage is given it. */
export function contractOf(document: Document): Contract {
  const locate = () => ({ file: "fixture.yaml" });
  const read = { root: "fixture.yaml", files: [], locate, locateKey: locate, warnings: [], guides: [] };
  return { document, ...read };
}

/** A guide as it is read from a file. */
export function guide(): Guide {
  return {
    slug: "care",
    title: "Care for pets",
    summary: "What pets need.",
    text: "What pets need, and [how to watch](../operations/watchPets.md) them.\n\n## Food\n\nCats like catnip.",
    place: (line) => ({ file: "10-care.md", line: line + 2 }),
  };
}

/** The same with an operation that has no tag, no ID and no title, under an unusual path. */
export function oddFixture(): Document {
  const document = fixture();
  document.paths!["/pets/{pet}/Größe"] = {
    get: {
      parameters: [{ name: "pet", in: "path", required: true, schema: { type: "string" } }],
      responses: { "200": { description: "Done." } },
    },
  };
  return document;
}

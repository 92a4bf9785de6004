import type { Cases } from "../../pipeline/fixture.ts";

const message = (member: string, other: string) =>
  `The ${member} is that of "${other}" as well. Say what is different here.`;

export const cases: Cases = {
  passes: [
    {
      paths: {
        "/pets": { get: { summary: "List pets" }, post: { summary: "Create a pet" } },
      },
      components: {
        schemas: {
          // Not side by side.
          Pet: { description: "A pet.", properties: { name: { description: "The name." } } },
          Toy: { description: "A toy.", properties: { name: { description: "The name." } } },
          Text: { examples: [{ title: "A" }, { title: "A" }] },
        },
      },
    },
  ],
  fails: [
    {
      document: {
        paths: {
          "/pets": { get: { summary: "List pets" } },
          "/pets/{id}": { get: { summary: "List pets" } },
        },
        components: {
          schemas: {
            Pet: {
              title: "Pet",
              properties: { name: { description: "The name." }, owner: { description: "The name.\n" } },
            },
            Toy: { title: "Pet" },
          },
        },
      },
      findings: [
        { path: "paths//pets/{id}/get/summary", message: message("summary", "/pets get") },
        {
          path: "components/schemas/Pet/properties/owner/description",
          message: message("description", "name"),
        },
        { path: "components/schemas/Toy/title", message: message("title", "Pet") },
      ],
    },
  ],
  bite: {
    change: ["components/schemas/FilePart.yaml", "title: File part", "title: Image part"],
    found: ["components/schemas/FilePart.yaml", "title: Image part"],
  },
};

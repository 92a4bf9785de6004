import type { Cases } from "../../pipeline/fixture.ts";

const begin = "The description does not begin like a sentence. Begin it with a capital letter.";
const end = "The description does not end like a sentence. End it with a full stop.";
const unwritten = "The description is still to be written. Write it.";

export const cases: Cases = {
  passes: [
    { components: { schemas: { Pet: { externalDocs: { description: "How to keep a pet" } } } } },
    {
      info: { description: "A table.\n\n| a | b |" },
      servers: [{ description: "`production`, and nothing else." }],
      components: {
        schemas: {
          A: { description: "**Chat.** See [there](a.md)." },
          B: { description: "4 legs: `a`, `b`.", default: { description: "x" } },
          C: { description: "A todo, with an ID such as `todo-XXX`." },
        },
      },
    },
  ],
  fails: [
    {
      document: {
        info: { description: "TODO." },
        components: {
          schemas: {
            Pet: { description: "Lorem ipsum.", externalDocs: { description: "" } },
          },
        },
      },
      findings: [
        { path: "info/description", message: unwritten },
        { path: "components/schemas/Pet/description", message: unwritten },
        { path: "components/schemas/Pet/externalDocs/description", message: begin },
      ],
    },
    {
      document: {
        info: { description: "An API" },
        webhooks: { born: { post: { description: "a pet was born." } } },
        components: { schemas: { Pet: { properties: { name: { description: " Its name " } } } } },
      },
      findings: [
        { path: "info/description", message: end },
        { path: "webhooks/born/post/description", message: begin },
        { path: "components/schemas/Pet/properties/name/description", message: end },
      ],
    },
  ],
  bite: {
    change: ["components/schemas/TextPart.yaml", "description: The text.", "description: The text"],
    found: ["components/schemas/TextPart.yaml", "description: The text\n"],
  },
};

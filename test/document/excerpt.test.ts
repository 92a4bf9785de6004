import { expect, it } from "vitest";
import { excerpt, referencesIn } from "../../scripts/document/excerpt.ts";
import type { Document } from "../../scripts/document/model.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const answer = (name: string) => ({
  responses: { "200": { description: "", content: { "application/json": { schema: ref(name) } } } },
});
const document = {
  openapi: "3.1.1",
  info: { title: "Trees", version: "1" },
  security: [{ key: [] }],
  paths: {
    "/trees": {
      summary: "Trees",
      parameters: [{ $ref: "#/components/parameters/Page" }],
      get: answer("Tree"),
      post: answer("Leaf"),
    },
    "/other": { get: answer("Other") },
  },
  components: {
    securitySchemes: { key: { type: "http", scheme: "bearer" } },
    parameters: { Page: { name: "page", in: "query", schema: ref("Number") } },
    schemas: {
      Tree: { properties: { children: { items: ref("Tree") }, leaf: ref("Leaf") } },
      Leaf: { type: "string" },
      Number: { type: "integer" },
      Other: {},
    },
  },
} as unknown as Document;

it("An excerpt has one operation, what its path has for all, and the components that they refer to, in any number of steps", () => {
  const { paths, components, ...rest } = excerpt(document, { path: "/trees", method: "get" });
  const { post: _, ...item } = document.paths!["/trees"]!;
  expect(paths).toEqual({ "/trees": item });
  const { Other: __, ...schemas } = document.components!["schemas"] as Record<string, object>;
  expect(components).toEqual({ ...document.components, schemas });
  expect(rest).toEqual({ openapi: document.openapi, info: document.info, security: document.security });
});

it("An excerpt is the whole document where a reference leads elsewhere than to a component", () => {
  const other = structuredClone(document);
  other.paths!["/other"]!.get!.responses!["200"] = { $ref: "#/paths/~1trees/get/responses/200" };
  expect(excerpt(other, { path: "/other", method: "get" })).toBe(other);
});

it("References are found at any depth, and a property of that name is none", () => {
  const schema = { properties: { $ref: { type: "string" } }, allOf: [ref("A"), { not: ref("B") }] };
  expect([...referencesIn(schema)]).toEqual([ref("A").$ref, ref("B").$ref]);
});

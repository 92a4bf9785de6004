import { describe, expect, it } from "vitest";
import { splitDirections } from "../../scripts/document/directions.ts";
import type { Document, Schema } from "../../scripts/document/model.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const content = (schema: Schema) => ({ "application/json": { schema } });
const SHIP = {
  type: "object",
  required: ["id", "name"],
  properties: {
    id: { type: "string", readOnly: true },
    name: { type: "string" },
    key: { type: "string", writeOnly: true },
  },
};

function documentOf(
  request: Schema | undefined,
  answer: Schema | undefined,
  schemas: Record<string, Schema>,
): Document {
  const post = {
    ...(request && { requestBody: { content: content(request) } }),
    responses: { "200": { description: "", ...(answer && { content: content(answer) }) } },
  };
  return {
    openapi: "3.1.1",
    info: { title: "Ships", version: "1" },
    paths: { "/ships": { post } },
    components: { schemas },
  };
}

const membersOf = (document: Document, name: string) =>
  Object.keys((document.components!["schemas"]![name] as { properties: object }).properties);

describe("splitDirections", () => {
  it("gives a schema of both directions a second component for requests", () => {
    const original = documentOf(ref("Ship"), ref("Ship"), { Ship: SHIP });
    const before = structuredClone(original);
    const split = splitDirections(original);
    expect(membersOf(split, "Ship")).toEqual(["id", "name"]);
    expect(membersOf(split, "ShipWritable")).toEqual(["name", "key"]);
    expect(split.components!["schemas"]!["ShipWritable"]).toHaveProperty("required", ["name"]);
    const { post } = split.paths!["/ships"]!;
    expect(post).toHaveProperty("requestBody.content.application/json.schema", ref("ShipWritable"));
    expect(post).toHaveProperty("responses.200.content.application/json.schema", ref("Ship"));
    expect(original).toEqual(before);
  });

  it("follows references, in circles too", () => {
    const Fleet = {
      type: "object",
      properties: { ships: { type: "array", items: ref("Ship") }, next: ref("Fleet") },
    };
    const split = splitDirections(documentOf(ref("Fleet"), ref("Fleet"), { Fleet, Ship: SHIP }));
    expect(split.components!["schemas"]!["FleetWritable"]).toEqual({
      type: "object",
      properties: { ships: { type: "array", items: ref("ShipWritable") }, next: ref("FleetWritable") },
    });
  });

  it("leaves one component where only one direction uses it", () => {
    const request = splitDirections(documentOf(ref("Ship"), undefined, { Ship: SHIP }));
    expect(membersOf(request, "Ship")).toEqual(["name", "key"]);
    const answer = splitDirections(documentOf(undefined, ref("Ship"), { Ship: SHIP }));
    expect(membersOf(answer, "Ship")).toEqual(["id", "name"]);
    expect(Object.keys(answer.components!["schemas"]!)).toEqual(["Ship"]);
  });

  it("reads schemas that are not components", () => {
    const { post } = splitDirections(documentOf(SHIP, SHIP, {})).paths!["/ships"]!;
    expect(post).toHaveProperty("requestBody.content.application/json.schema.required", ["name"]);
    expect(post).not.toHaveProperty("responses.200.content.application/json.schema.properties.key");
  });

  it("does not take a name that a component has", () => {
    const split = splitDirections(documentOf(ref("Ship"), ref("Ship"), { Ship: SHIP, ShipWritable: {} }));
    expect(Object.keys(split.components!["schemas"]!)).toEqual(["Ship", "ShipWritable", "ShipWritable_"]);
  });
});

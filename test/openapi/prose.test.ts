/** What the texts of the contract and the guides promise: whose statement each is, and whose table. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Schema, SchemaObject } from "../../scripts/document/model.ts";
import { at } from "../../scripts/shared/pointer.ts";
import { contract } from "./validator.ts";

const MARK = /(OpenAI's protocol|[Ss]een in relays of this kind)/;

/** The fields that the reference page of the API states. */
const DOCUMENTED = {
  ChatCompletionCreateParams: [
    ...["model", "messages", "temperature", "top_p", "max_tokens", "stream", "stream_options"],
    ...["enable_thinking", "tools", "tool_choice", "response_format", "user"],
  ],
  ChatCompletion: ["id", "object", "created", "model", "choices", "usage"],
  CompletionUsage: [
    ...["prompt_tokens", "completion_tokens", "total_tokens", "input_tokens", "output_tokens"],
  ],
};

/** The description of a property: its own, or that of the schema that it refers to. */
function description(property: Schema | undefined): string {
  if (typeof property !== "object") return "";
  const target = property.$ref ? (at(contract, property.$ref) as SchemaObject | undefined) : undefined;
  return `${property.description ?? ""} ${target?.description ?? ""}`;
}

describe("the mark of a field", () => {
  it.each(Object.entries(DOCUMENTED))(
    "is missing for what Routescope documents of %s, and there for all else",
    (name, documented) => {
      const properties = at(contract, `/components/schemas/${name}/properties`) as Record<string, Schema>;
      for (const [field, property] of Object.entries(properties)) {
        const own = typeof property === "object" ? (property.description ?? description(property)) : "";
        // Options of a documented field may be marked as a whole, in a sentence about them.
        if (documented.includes(field))
          expect(own, field).not.toMatch(/(OpenAI's protocol|relays of this kind)\.$/);
        else expect(description(property), field).toMatch(MARK);
      }
    },
  );

  it("is on the schema of whatever Routescope does not mention", () => {
    for (const name of [
      "ChatCompletionDeveloperMessageParam",
      ...["ImagePart", "AudioPart", "FilePart", "RefusalPart", "JsonSchemaFormat", "ChatCompletionChunk"],
      ...["FunctionTool", "CustomTool", "FinishReason", "Logprobs", "AudioAnswer", "ToolCallDelta"],
    ])
      expect(at(contract, `/components/schemas/${name}/description`), name).toMatch(MARK);
  });

  it("is explained in one place", () => {
    const { description } = contract.info;
    for (const mark of ["none", "OpenAI's protocol.", "Seen in relays of this kind."])
      expect(description).toContain(`| ${mark} | **`);
  });
});

it("the guide to the models has every model of the catalogue, in its capability, and no other", () => {
  const guide = readFileSync(new URL("../../openapi/guides/20-models.md", import.meta.url), "utf8");
  const rows = [...guide.matchAll(/^\| (`.*?) \| (.*?) \| (.*?) \|$/gm)].flatMap(
    ([, ids = "", capability = ""]) => [...ids.matchAll(/`([^`]+)`/g)].map(([, id]) => [id, capability]),
  );
  const known = at(contract, "/components/schemas/ModelId/anyOf/0") as SchemaObject;
  const meanings = known["x-enumDescriptions"] as Record<string, string>;
  expect(rows).toEqual(known.enum!.map((id) => [id, /\*\*(.*?)\.\*\*/.exec(meanings[String(id)]!)?.[1]]));
});

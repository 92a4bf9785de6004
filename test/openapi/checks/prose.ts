/** What the texts of the contract and the guides promise: whose statement each is, and whose table. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Document, Schema, SchemaObject } from "../../../scripts/document/model.ts";
import { at } from "../../../scripts/shared/pointer.ts";
import type { Checks } from "./check.ts";

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
function description(contract: Document, property: Schema | undefined): string {
  if (typeof property !== "object") return "";
  const target = property.$ref ? (at(contract, property.$ref) as SchemaObject | undefined) : undefined;
  return `${property.description ?? ""} ${target?.description ?? ""}`;
}

/** Schemas that Routescope does not mention. */
const UNMENTIONED = [
  "ChatCompletionDeveloperMessageParam",
  ...["ImagePart", "AudioPart", "FilePart", "RefusalPart", "JsonSchemaFormat", "ChatCompletionChunk"],
  ...["FunctionTool", "CustomTool", "FinishReason", "Logprobs", "AudioAnswer", "ToolCallDelta"],
];

export const prose: Checks = {
  "marks each field that Routescope does not document, and no other": (contract) => {
    for (const [name, documented] of Object.entries(DOCUMENTED)) {
      const properties = at(contract, `/components/schemas/${name}/properties`) as Record<string, Schema>;
      for (const [field, property] of Object.entries(properties)) {
        const whole = description(contract, property);
        const own = typeof property === "object" ? (property.description ?? whole) : "";
        // Options of a documented field may be marked as a whole, in a sentence about them.
        if (documented.includes(field))
          assert.doesNotMatch(own, /(OpenAI's protocol|relays of this kind)\.$/, field);
        else assert.match(whole, MARK, field);
      }
    }
  },

  "marks the schema of whatever Routescope does not mention": (contract) => {
    for (const name of UNMENTIONED)
      assert.match(String(at(contract, `/components/schemas/${name}/description`)), MARK, name);
  },

  "says in a sentence what the API is": ({ info }) => assert.match(info.summary ?? "", /\w+ \w+/),

  "explains the marks in one place": (contract) => {
    for (const mark of ["none", "OpenAI's protocol.", "Seen in relays of this kind."])
      assert.ok(contract.info.description?.includes(`| ${mark} | **`), mark);
  },

  "has every model of the catalogue in the guide to the models, in its capability, and no other": (
    contract,
  ) => {
    const guide = readFileSync(new URL("../../../openapi/guides/20-models.md", import.meta.url), "utf8");
    const rows = [...guide.matchAll(/^\| (`.*?) \| (.*?) \| (.*?) \|$/gm)].flatMap(
      ([, ids = "", capability = ""]) => [...ids.matchAll(/`([^`]+)`/g)].map(([, id]) => [id, capability]),
    );
    const known = at(contract, "/components/schemas/ModelId/anyOf/0") as SchemaObject;
    const meanings = known["x-enumDescriptions"] as Record<string, string>;
    assert.deepEqual(
      rows,
      known.enum?.map((id) => [id, /\*\*(.*?)\.\*\*/.exec(meanings[String(id)] ?? "")?.[1]]),
    );
  },
};

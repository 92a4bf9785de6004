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

/** What the page says of a field, in the words that carry it. */
const STATEMENTS: Record<string, RegExp> = {
  model: /model selection table or from `GET \/v1\/models`/,
  messages: /^The conversation so far, oldest message first/,
  temperature: /larger the value, the more random .* `top_p`, not both/,
  top_p: /not adjusted together with `temperature`/,
  max_tokens: /maximum number of output tokens/,
  stream: /With `true` the answer comes in chunks .* with `false` it comes whole/,
  stream_options: /Upstream support may vary/,
  enable_thinking:
    /`true` turns thinking on, `false` turns it off\. .*`extra_body=\{"enable_thinking": True\}/,
  tools: /upstream limits how many/,
  tool_choice: /`auto`, `none`, `required`, or an object that names a tool/,
  response_format: /JSON Schema/,
  user: /identifier of the end user, for auditing and risk control/,
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

  "says in a sentence what the API and each group of operations is": ({ info, tags = [] }) => {
    for (const text of [info.summary, ...tags.map(({ description }) => description)])
      assert.match(text ?? "", /\w+ \w+/);
  },

  "explains the marks in one place": (contract) => {
    for (const mark of ["none", "OpenAI's protocol.", "Seen in relays of this kind."])
      assert.ok(contract.info.description?.includes(`| ${mark} | **`), mark);
  },

  "says of the fields what the reference page says": (contract) => {
    const schema = at(contract, "/components/schemas/ChatCompletionCreateParams") as SchemaObject;
    for (const [field, statement] of Object.entries(STATEMENTS)) {
      const text = description(contract, schema.properties?.[field]).replaceAll(/\s+/g, " ");
      assert.match(text, statement, field);
    }
    assert.match(String(schema.description), /Only `model` and `messages` are required\./);
  },

  "has every model of the catalogue in the guide to the models, with its capability and use, and no other": (
    contract,
  ) => {
    const guide = readFileSync(new URL("../../../openapi/guides/20-models.md", import.meta.url), "utf8");
    const rows = [...guide.matchAll(/^\| (`.*?) \| (.*?) \| (.*?) \|$/gm)].flatMap(
      ([, ids = "", capability = "", use = ""]) =>
        [...ids.matchAll(/`([^`]+)`/g)].map(([, id = ""]) => ({ id, capability, use })),
    );
    const known = at(contract, "/components/schemas/ModelId/anyOf/0") as SchemaObject;
    const meanings = known["x-enumDescriptions"] as Record<string, string>;
    assert.deepEqual(
      rows.map(({ id }) => id),
      known.enum,
    );
    for (const { id, capability, use } of rows) {
      const [, told = "", meaning = ""] = /^\*\*(.*?)\.\*\* (.*)\.$/.exec(meanings[id] ?? "") ?? [];
      assert.equal(told, capability, id);
      // A row is about several models, so that it holds more words than one of them needs; what makes a version is below.
      const words =
        meaning
          .split(";")[0]
          ?.toLowerCase()
          .match(/[a-z]+/g) ?? [];
      assert.deepEqual(
        words.filter((word) => !use.toLowerCase().includes(word)),
        [],
        id,
      );
      assert.equal(meaning.includes("pinned version"), /\d{4}-\d\d-\d\d$/.test(id), id);
      assert.equal(/latest entry/i.test(meaning), id.endsWith("-latest"), id);
      const [, tier = "General"] = /^gpt-5\.4-(mini|nano|pro)\b/.exec(id) ?? [];
      assert.equal(meaning.includes("tier"), id.startsWith("gpt-5.4"), id);
      if (meaning.includes("tier")) assert.match(meaning, new RegExp(`^${tier} tier`, "i"), id);
    }
  },
};

/** What guides, samples and the changelog say of the contract: nothing in them refers to what it does not have. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { unknownNames } from "../../../openapi/rules/functions/names.mjs";
import { ChunkSequence } from "../../../scripts/conformance/checks/chunks.ts";
import { parseStream } from "../../../scripts/conformance/checks/sse-events.ts";
import { Findings } from "../../../scripts/conformance/findings.ts";
import { responsesOf } from "../../../scripts/document/examples.ts";
import type { Document, Example } from "../../../scripts/document/model.ts";
import { operations } from "../../../scripts/document/operations.ts";
import { FAULTS, parseFault } from "../../../scripts/mock/faults/faults.ts";
import { isObject, type Json } from "../../../scripts/shared/json.ts";
import { at } from "../../../scripts/shared/pointer.ts";
import { type Checks, validator } from "./check.ts";

const openapi = fileURLToPath(new URL("../../../openapi/", import.meta.url));

/** The texts of files below `openapi/`. */
function textsOf(pattern: string): string[] {
  const files = globSync(pattern, { cwd: openapi });
  assert.ok(files.length > 0, pattern);
  return files.map((file) => readFileSync(`${openapi}${file}`, "utf8"));
}

/** What guides name of other software: packages, and members of SDKs. */
const FOREIGN = ["Prefer", "extra_body", ...Object.keys(FAULTS)];

/** Models that the contract does not list: one of another maker, and one that does not exist. */
const OTHER_MODELS = ["qwen3-max", "gpt-9"];

/** What a host has in its name that is, or should be, that of the API. */
const OWN_HOST = /route|scope/;

/** The blocks of code in a text, by their language. Those that are filled with a file have other checks. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]+?)^```$/gm)]
    .filter(([, lang]) => lang === language)
    .map(([, , code = ""]) => code);
}

function examplesOf(contract: Document): Record<string, Example>[] {
  return [...operations(contract)].flatMap(({ operation }) =>
    responsesOf(contract, operation.responses).flatMap(({ response }) =>
      Object.values(response.content ?? {}).map(
        ({ examples }) => (examples ?? {}) as Record<string, Example>,
      ),
    ),
  );
}

export const guides: Checks = {
  "has what the guides name in backticks": (contract) => {
    const unknown = textsOf("guides/*.md").flatMap((text) => unknownNames(contract, text, FOREIGN));
    assert.deepEqual(unknown, [], "correct the names, or add those of other software to FOREIGN");
  },

  "has the status for which the guides give a code": (contract) => {
    const stated = textsOf("guides/*.md").flatMap((text) => [
      ...text.matchAll(/\b(\d{3}) (?:and|with)\s+the code `(\w+)`/g),
    ]);
    assert.ok(stated.length > 1);
    for (const [words, status, code] of stated) {
      const found = [...operations(contract)]
        .flatMap(({ operation }) => responsesOf(contract, operation.responses))
        .filter((one) => one.status === status)
        .map(({ response }) => JSON.stringify(response));
      assert.ok(found.join("").includes(`"code":"${code}"`), words);
    }
  },

  "allows the chunks of the streams that the guides show, which end as a stream does": (contract) => {
    const shown = textsOf("guides/*.md")
      .flatMap((text) => blocks(text, "text"))
      .filter((text) => /^data: .*"choices"/m.test(text));
    assert.ok(shown.length > 1);
    for (const text of shown) {
      const { events } = parseStream(text.replaceAll(/\n +/g, " "));
      assert.equal(events.pop()?.data, "[DONE]");
      const found = new Findings();
      const sequence = new ChunkSequence(found);
      const reasons = events.map(({ data }) => {
        const chunk = JSON.parse(
          data.replace(/^\{…/, '{"id":"task_01","created":1763900000,"model":"gpt-5.4"'),
        );
        assert.deepEqual(validator(contract, "ChatCompletionChunk")(chunk), []);
        assert.deepEqual(unlisted(contract, chunk.choices[0].delta), []);
        sequence.add(chunk);
        return chunk.choices[0].finish_reason;
      });
      assert.deepEqual(found.list, []);
      assert.equal(typeof reasons.pop(), "string");
      assert.deepEqual(
        reasons.filter((reason) => reason !== null),
        [],
      );
    }
  },

  "is described with JSON that is JSON": (contract) => {
    for (const text of textsOf("guides/*.md")) {
      const spans = [...text.matchAll(/`(\{[^`]*\})`/g)].map(([, span = ""]) => span);
      const whole = spans.filter((span) => !/^\{\.\.\.|: \{\.\.\./.test(span) && span.includes('"'));
      for (const json of whole) assert.doesNotThrow(() => JSON.parse(json), json);
      const bodies = blocks(text, "json").map((json) => JSON.parse(json));
      // The body of an error may have lost its envelope.
      const isError = (one: Record<string, unknown>) =>
        isObject(one["error"]) || ("message" in one && "code" in one);
      for (const body of bodies.filter((one) => isObject(one) && isError(one)))
        assert.deepEqual(validator(contract, "ErrorResponse")(body), []);
    }
  },

  "has the answers and failures that the guides ask the mock for": (contract) => {
    const text = textsOf("guides/*.md").join("\n");
    const asked = [...text.matchAll(/`Prefer: (\w+)=([\w:]+)`/g)];
    assert.ok(asked.length > 2);
    for (const [words, kind, value = ""] of asked) {
      if (kind === "fault") assert.equal(typeof parseFault(value), "object", words);
      else if (kind === "example")
        assert.ok(
          examplesOf(contract).some((map) => Object.hasOwn(map, value)),
          words,
        );
      else if (kind === "code")
        assert.ok(
          [...operations(contract)].some(({ operation }) => Object.hasOwn(operation.responses ?? {}, value)),
          words,
        );
      else assert.fail(words);
    }
    for (const [, fault = "", name = ""] of text.matchAll(/`((\w+):[\d:]+)`/g))
      if (Object.hasOwn(FAULTS, name)) assert.equal(typeof parseFault(fault), "object", fault);
  },

  "has every model that its texts and samples name, as a value of an enum or an example": (contract) => {
    const known = new Set([...stringsIn(contract as unknown as Json), ...OTHER_MODELS]);
    const texts = [JSON.stringify(contract), ...textsOf("{guides,samples,workflows}/**/*.*")];
    const named = texts.flatMap((text) => text.match(/\b(?:gpt-|qwen)[\w.-]*\w/g) ?? []);
    assert.deepEqual(
      [...new Set(named)].filter((model) => !known.has(model)),
      [],
    );
  },

  "has the server and the paths of each address in its texts and samples": (contract) => {
    const { servers = [], info, ...rest } = contract;
    const described = [rest, info.description, servers.map(({ description }) => description)];
    const templates = Object.keys(contract.paths ?? {}).map((path) => path.split("/"));
    const texts = [JSON.stringify(described), ...textsOf("{guides,samples}/**/*.*")];
    const addresses = texts.flatMap((text) => text.match(/\bhttps?:\/\/[\w.:-]+[^\s"'`<>)\\]*/g) ?? []);
    for (const address of new Set(addresses)) {
      const { origin, host, pathname } = new URL(address);
      if (!OWN_HOST.test(host)) continue;
      assert.equal(origin, servers[0]?.url, address);
      const fits = (part: string, index: number, template: string[]) =>
        template[index] === part || template[index]?.includes("{");
      // A client's base URL is the beginning that all paths have.
      const parts = pathname.replace(/\/$/, "").split("/");
      assert.ok(
        parts.length > 1 &&
          templates.some((template) => parts.every((part, index) => fits(part, index, template))),
        address,
      );
    }
  },

  "is called from Python with enable_thinking where the package has no such argument": () => {
    const [text = ""] = textsOf("samples/guides/thinking.py");
    assert.match(text, /extra_body=\{"enable_thinking": True\}/);
  },

  "is described with one series of waits for a retry": (contract) => {
    const texts = [JSON.stringify(contract), ...textsOf("guides/*.md")];
    const series = texts.flatMap((text) => text.match(/\bbackoff: (?:[\d.]+ s, )+[\d.]+ s/g) ?? []);
    assert.deepEqual([...new Set(series)], ["backoff: 0.5 s, 1 s, 2 s"]);
  },

  "has its version at the top of its changelog, whose versions and days descend": ({ info }) => {
    const [text = ""] = textsOf("CHANGELOG.md");
    const entries = [...text.matchAll(/^## (\S+)(?: - (\S+))?$/gm)].filter(
      ([, version]) => version !== "Unreleased",
    );
    const [versions, days] = [1, 2].map((part) => entries.map((entry) => entry[part] ?? ""));
    assert.equal(versions?.[0], info.version);
    const byNumber = (a: string, b: string) => b.localeCompare(a, "en", { numeric: true });
    assert.deepEqual(versions, versions.toSorted(byNumber));
    assert.deepEqual(days, days?.toSorted(byNumber));
    for (const day of days ?? []) assert.equal(new Date(day).toISOString().slice(0, 10), day);
  },
};

/** Every text that stands in a value by itself. */
function stringsIn(value: Json): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** The members of a delta that the contract does not list. */
function unlisted(contract: Document, delta: object): string[] {
  const listed = at(contract, "/components/schemas/ChatCompletionDelta/properties") as object;
  return Object.keys(delta).filter((name) => !Object.hasOwn(listed, name));
}

/**
 * Every constraint of the contract, written down a second time: `constraints.txt` has a line for each schema, operation,
 * response and example. A constraint that nobody's request or answer has shown yet cannot go unnoticed either, since
 * a change has to be made in both places. A path, a component or a tag of which the file has no line is new: it may be
 * written down later.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Document } from "../../../scripts/document/model.ts";
import { isObject, type Json, type Members } from "../../../scripts/shared/json.ts";
import type { Checks } from "./check.ts";

/** What says nothing about which values are valid, or has checks elsewhere. Of a description, the mark of its source stays. */
const LEFT_OUT = new Set(["description", "x-enumDescriptions", "x-codeSamples"]);

/** Members that are data, and stand as one fact. */
const DATA = ["x-when", "x-fill", "security", "value"];

/** Members whose own members have lines. Their names say enough: `ChatCompletion.usage`, not `.properties.usage`. */
const SILENT = new Set(["components", "schemas", "properties", "paths", "content", "schema"]);

const MARK = /OpenAI's protocol|[Ss]een in relays of this kind/;

const expected = readFileSync(new URL("constraints.txt", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");

/** What a line is about: `/v1/models`, `ModelList`, `parameters ModelId`, `tags Chat`. */
function subjectOf(line: string): string {
  const [place = ""] = line.split(": ");
  return /^(\/\S*|(?:[a-z]\w* )?\S*)/.exec(place)?.[0] ?? "";
}

function bySubject(lines: readonly string[]): string[] {
  return [...Map.groupBy(lines, subjectOf)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, of]) => of);
}

const KNOWN = new Set(expected.map(subjectOf));

/** Whether what is at a path of a contract, `components/schemas/Model/type`, is of something that is not new. */
export function isWrittenDown(path: string): boolean {
  const [, route] = /^paths\/(\/.*?)(?:\/(?:get|put|post|delete|patch|head|parameters)\b|$)/.exec(path) ?? [];
  const [, section, name] = /^components\/(\w+)\/([^/]+)/.exec(path) ?? [];
  const component = section === "schemas" ? name : section && `${section} ${name}`;
  const subject = route ?? component;
  return subject === undefined || KNOWN.has(subject);
}

export const constraints: Checks = {
  "has the constraints of constraints.txt, and no others": (contract) => {
    const found = constraintsOf(contract).filter((line) => KNOWN.has(subjectOf(line)));
    const missing = expected.filter((line) => !found.includes(line)).map((line) => `- ${line}`);
    const added = found.filter((line) => !expected.includes(line)).map((line) => `+ ${line}`);
    const advice = "change test/openapi/checks/constraints.txt with the contract";
    assert.deepEqual([...missing, ...added], [], advice);
    // The first example whose x-when matches answers. In which order paths and components stand means nothing.
    assert.deepEqual(bySubject(found), bySubject(expected), `in another order: ${advice}`);
  },
};

/** A line for each object of a contract: its place, then each of its members that is not an object. */
function constraintsOf(contract: Document): string[] {
  const { openapi, servers, security, tags, paths, components } = contract;
  // Another version is not a constraint.
  const { version: _, ...info } = contract.info;
  const named = Object.fromEntries((tags ?? []).map(({ name }) => [name, { name }]));
  return linesOf(
    { openapi, info, servers, security, tags: named, paths, components } as unknown as Members,
    [],
  );
}

function linesOf(node: Members, place: string[]): string[] {
  const facts: string[] = [];
  const below: string[] = [];
  for (const [key, value] of Object.entries(node)) {
    const isName = ["properties", "examples", "headers", "schemas"].includes(place.at(-1) ?? "");
    const mark = key === "description" && !isName ? MARK.exec(String(value)) : null;
    if (mark) facts.push(`from ${JSON.stringify(mark[0])}`);
    if (value === undefined || (LEFT_OUT.has(key) && !isName)) continue;
    const isList = Array.isArray(value) && value.some(isObject);
    if (DATA.includes(key) && !isName) facts.push(`${key} ${textOf(key, value)}`);
    else if (isList)
      below.push(...value.flatMap((item, index) => linesOf(item as Members, [...place, key, `${index}`])));
    else if (isObject(value)) below.push(...linesOf(value, [...place, key]));
    else facts.push(`${key} ${JSON.stringify(value)}`);
  }
  const name = place
    .filter((part, index) => !SILENT.has(part) || place[index - 1] === "properties")
    .join(" ");
  return facts.length > 0 || below.length === 0 ? [`${name}: ${facts.join(", ")}`, ...below] : below;
}

/** Data as JSON. Of an example long texts and lists are shortened: its wording is not a constraint. */
function textOf(key: string, data: Json): string {
  if (key !== "value") return JSON.stringify(data);
  return JSON.stringify(data, (_, value) => {
    if (typeof value === "string" && value.length > 80) return `${value.slice(0, 40)}…`;
    return Array.isArray(value) && value.length > 4 ? [...value.slice(0, 4), "…"] : value;
  });
}

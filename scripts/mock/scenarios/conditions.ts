/** The conditions of a scenario: which requests it answers, and in words why it does not answer another. */

import { problemsOf } from "../../document/extensions.ts";
import type { Document, Schema, SchemaObject } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { type Pattern, patternOf } from "../../document/pattern.ts";
import { members, parts } from "../../document/schemas.ts";
import type { Conventions } from "../../openai/conventions.ts";
import { isObject, type Json } from "../../shared/json.ts";
import { isJson } from "../../shared/media-types.ts";
import { nearest } from "../../shared/nearest.ts";
import { parsePointer, toPointer } from "../../shared/pointer.ts";
import { messageOf, shortened } from "../../shared/text.ts";
import type { Operation } from "../engine/operation.ts";
import type { Compiler } from "../engine/schemas.ts";
import { locate, type Subject } from "./expression.ts";
import type { Turn } from "./form.ts";
import type { Condition } from "./scenario.ts";

export type Path = (string | number)[];

/** What the conditions of an operation are made with. */
export interface Making {
  document: Document;
  operation: Operation;
  /** Compiles the schemas of the scenarios. */
  compiler: Compiler;
  report(message: string, path: Path): void;
}

const SOURCES = ["path", "query", "headers", "body"];

/** The conditions of a scenario or of one of its turns. */
export function conditions(turn: Turn, path: Path, making: Making): Condition[] {
  const found: Condition[] = [];
  const when = turn["x-when"];
  if (when !== undefined) {
    const place = [...path, "x-when"];
    const problems = problemsOf("x-when", when as object);
    for (const { message, path: below } of problems) making.report(message, [...place, ...below]);
    const capital = capitalHeader(when);
    if (capital)
      making.report(
        `Write the header ${capital} as ${capital.toLowerCase()}: names of headers are in lower case here.`,
        [...place, "properties", "headers"],
      );
    if (problems.length === 0)
      found.push(bySchema(when, "x-when", (request) => request as unknown as Json, place, making));
  }
  for (const [written, wanted] of Object.entries(turn.when ?? {})) {
    const place = [...path, "when", written];
    const pointer = checkedPointer(written, place, making);
    const valueAt = (request: Subject) => locate(request as unknown as Json, pointer);
    const { textOf } = making.operation.conventions;
    if (typeof wanted === "string" || wanted instanceof RegExp)
      found.push(byPattern(pointer, wanted, valueAt, place, { ...making, textOf }));
    else found.push(bySchema(wanted, pointer, valueAt, place, making));
  }
  return found;
}

function bySchema(
  schema: Schema,
  name: string,
  valueAt: (request: Subject) => Json | undefined,
  place: Path,
  { compiler, report }: Making,
): Condition {
  try {
    const matches = compiler.matcher(schema);
    const check = compiler.check(schema);
    return {
      test: (request) => {
        const value = valueAt(request);
        return value !== undefined && matches(value);
      },
      why: (request) => {
        const value = valueAt(request);
        if (value === undefined) return `the request has nothing at ${name}`;
        const violation = check(value);
        const field = violation?.field ? `, ${violation.field}` : "";
        return `${name}${field} ${violation?.message ?? "does not match"}`;
      },
    };
  } catch (error) {
    report(`This JSON Schema does not compile: ${messageOf(error)}.`, place);
    return { test: () => false, why: () => "" };
  }
}

/** A regular expression over a text: that of a message, or the JSON of anything that is not text. */
function byPattern(
  pointer: string,
  wanted: string | RegExp,
  valueAt: (request: Subject) => Json | undefined,
  place: Path,
  { report, textOf }: Making & Pick<Conventions, "textOf">,
): Condition {
  let pattern: Pattern;
  try {
    pattern = patternOf(wanted);
  } catch (error) {
    report(`${messageOf(error)}.`, place);
    return { test: () => false, why: () => "" };
  }
  const textAt = (request: Subject) => {
    const value = valueAt(request);
    return value === undefined ? undefined : (textOf(value) ?? JSON.stringify(value));
  };
  return {
    test: (request) => {
      const text = textAt(request);
      return text !== undefined && pattern.test(text);
    },
    why: (request) => {
      const text = textAt(request);
      return text === undefined
        ? `the request has nothing at ${pointer}`
        : `${pointer} is ${JSON.stringify(shortened(text, 80))}, which ${pattern.text} does not match`;
    },
  };
}

/** `body.model`, `$.body.model`, `#/body/model` or `$request.body#/model` as the pointer that was meant. */
function meantPointer(written: string): string | undefined {
  const tokens = written.replace(/^\$request\b/, "").split(/[./[\]#$]+/);
  const pointer = toPointer(tokens.filter((token) => token !== ""));
  return pointer === "" ? undefined : pointer;
}

/** A pointer that can match something: names of headers in lower case, the rest as it is written. */
function checkedPointer(written: string, place: Path, making: Making): string {
  const { report } = making;
  const wrong = (message: string, suggestion: string | undefined) => {
    report(`${message}${suggestion === undefined ? "" : ` Did you mean ${suggestion}?`}`, place);
    return written;
  };
  if (!written.startsWith("/"))
    return wrong(
      `${JSON.stringify(written)} is not a JSON Pointer to a part of the request.`,
      meantPointer(written),
    );
  const [source = "", ...rest] = parsePointer(written);
  const below = rest.length > 0 ? `/${rest.join("/")}` : "";
  if (!SOURCES.includes(source)) {
    const inBody = bodyMembers(making).includes(source);
    const near = nearest(source, SOURCES);
    return wrong(
      `Nothing is at ${written}: a request has /path, /query, /headers and /body.`,
      inBody ? `/body${written}` : near && `/${near}${below}`,
    );
  }
  const [name, ...deeper] = rest;
  if (source === "headers" && name !== undefined)
    return ["", source, name.toLowerCase(), ...deeper].join("/");
  if (source === "path" && name !== undefined) {
    const names = making.operation.entry.parameters
      .filter(({ in: at }) => at === "path")
      .map((one) => one.name);
    if (!names.includes(name))
      return wrong(
        `The path has no parameter ${name}.`,
        names.map((one) => `/path/${one}`).join(" or ") || undefined,
      );
  }
  if (source === "body" && name !== undefined) {
    const known = bodyMembers(making);
    const near = known.includes(name) ? undefined : nearest(name, known);
    if (near !== undefined)
      return wrong(`The body has no member ${name}.`, ["", "body", near, ...deeper].join("/"));
    const missed = missedStep(making.document, bodySchema(making), rest);
    if (missed !== undefined)
      return wrong(
        `Nothing can be at ${written}: the contract has no ${rest[missed]} at ${toPointer([source, ...rest.slice(0, missed)])}.`,
        undefined,
      );
  }
  return written;
}

/**
 * The index of the first token of a path that can lead nowhere by a schema: below a text or a number, or no index below a
 * list. Undefined where the schema says too little to tell, as objects may have members that it does not name.
 */
function missedStep(
  document: Document,
  schema: Schema | undefined,
  path: readonly string[],
): number | undefined {
  let schemas: Schema[] = schema === undefined ? [] : [schema];
  for (const [index, token] of path.entries()) {
    const isIndex = /^-1$|^\d+$/.test(token);
    const all = schemas.flatMap((one) => [...parts(document, one)]);
    const holders = all.filter((part) => mayBe("object", part) || (isIndex && mayBe("array", part)));
    if (holders.length === 0) return all.length === 0 ? undefined : index;
    const below = holders.map((part) => schemaBelow(part, token, isIndex));
    if (below.some((one) => one === undefined || one === true)) return undefined;
    schemas = below.filter((one) => one !== undefined);
  }
  return undefined;
}

function mayBe(wanted: string, { type, allOf, anyOf, oneOf }: SchemaObject): boolean {
  // A combination says nothing of its type; its parts do.
  return type === undefined ? !(allOf ?? anyOf ?? oneOf) : [type].flat().includes(wanted);
}

/** The schema of what a token leads to; undefined where it may be anything. */
function schemaBelow(part: SchemaObject, token: string, isIndex: boolean): Schema | undefined {
  const { properties = {}, items, prefixItems, patternProperties, additionalProperties } = part;
  if (Object.hasOwn(properties, token)) return properties[token];
  if (isIndex && items !== undefined && !prefixItems) return items;
  return patternProperties ? undefined : (additionalProperties as Schema | undefined);
}

function bodyMembers(making: Making): string[] {
  return members(making.document, bodySchema(making)).map(([name]) => name);
}

function bodySchema({ document, operation }: Making): Schema | undefined {
  const { requestBody } = operation.entry.operation;
  const content = requestBody ? deref(document, requestBody).content : {};
  return Object.entries(content).find(([type]) => isJson(type))?.[1].schema;
}

/** A header in an `x-when` that can never match, since names are in lower case there. */
function capitalHeader(when: Schema): string | undefined {
  if (typeof when === "boolean") return undefined;
  const headers = when.properties?.["headers"];
  if (typeof headers !== "object") return undefined;
  const names = [...Object.keys(headers.properties ?? {}), ...(headers.required ?? [])];
  return names.find((name) => name !== name.toLowerCase());
}

/** Whether a value may hold conditions: those that are there, if empty, match every request. */
export function hasConditions(turn: Turn): boolean {
  return turn["x-when"] !== undefined || isObject(turn.when);
}

/** The pages of text of the real contract: their facts are the contract's, and their links lead somewhere. */
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { responsesOf } from "../../../../scripts/document/examples.ts";
import type { Schema, SchemaObject } from "../../../../scripts/document/model.ts";
import { deref, operations } from "../../../../scripts/document/operations.ts";
import { type Contract, readContract } from "../../../../scripts/pipeline/read/contract.ts";
import { docs } from "../../../../scripts/pipeline/stages/docs/stage.ts";
import { score } from "../../../../scripts/pipeline/stages/score.ts";
import type { Json } from "../../../../scripts/shared/json.ts";
import { bare, descriptions, limits } from "./texts.ts";

let contract: Contract;
let files: Map<string, string>;
beforeAll(async () => {
  contract = await readContract(fileURLToPath(new URL("../../../../openapi/openapi.yaml", import.meta.url)));
  const built = await docs(contract);
  files = new Map([...built].map(([name, content]) => [name.replace(/^docs\//, ""), String(content)]));
});

const named = (ending: string) => [...files].filter(([name]) => name.endsWith(ending));
const plain = () => named(".html").filter(([name]) => name !== "index.html");

describe("each link leads somewhere", () => {
  test("on the plain pages", () => {
    const ids = new Map(
      named(".html").map(([name, html]) => [name, [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)]),
    );
    const dead: string[] = [];
    let followed = 0;
    for (const [name, html] of plain()) {
      for (const [, href = ""] of html.matchAll(/<a\b[^>]* href="([^"]*)"/g)) {
        if (/^(https?|mailto):/.test(href)) continue;
        followed++;
        const [path = "", hash] = href.split("#");
        const target = path === "" ? name : posix.join(posix.dirname(name), path);
        // An address like `#/chat` is a route of Redoc's page, which a test in a browser opens.
        const found = hash === undefined || hash.startsWith("/") || ids.get(target)?.includes(hash);
        if (!files.has(target) || !found) dead.push(`${name}: ${href}`);
      }
    }
    expect(dead).toEqual([]);
    expect(followed).toBeGreaterThan(100);
  });

  test("in Markdown and in llms.txt", () => {
    const dead: string[] = [];
    for (const [name, text] of [...named(".md"), ...named(".txt")]) {
      for (const [, path = ""] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)) {
        if (!files.has(posix.join(posix.dirname(name), path))) dead.push(`${name}: ${path}`);
      }
    }
    expect(dead).toEqual([]);
  });

  test("and a link to a schema leads to the part that describes it", () => {
    for (const [name, html] of plain().filter(([name]) => /^(reference|operations)/.test(name))) {
      const titles = new Map(
        [...html.matchAll(/<h\d id="([^"]*)">(.*?)<\/h\d>/g)].map(([, id, title]) => [id, title]),
      );
      for (const schema of Object.keys(contract.document.components!["schemas"]!)) {
        const links = html.includes(`href="#${schema.toLowerCase()}"`);
        if (links) expect([name, titles.get(schema.toLowerCase())]).toEqual([name, schema]);
      }
    }
  });
});

/** Each property of a schema and of the unnamed ones in it, by its path. */
function* properties(
  schema: Schema | undefined,
  path = "",
): Generator<[path: string, required: boolean, property: Schema]> {
  if (typeof schema !== "object" || schema.$ref) return;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const place = path === "" ? name : `${path}.${name}`;
    yield [place, schema.required?.includes(name) ?? false, property];
    yield* properties(property, place);
  }
  yield* properties(schema.items, `${path}[]`);
  for (const part of ["allOf", "anyOf", "oneOf"].flatMap((keyword) => (schema[keyword] ?? []) as Schema[]))
    yield* properties(part, path);
}

const written = (value: Json) =>
  (typeof value === "string" ? value : JSON.stringify(value)).replaceAll("|", "\\|");

/** What a row of a table must say of a property. */
function facts(property: Schema): string[] {
  if (typeof property !== "object") return [];
  const words = (property.description ?? "")
    .trim()
    .replace(/\s*\n\s*/g, " ")
    .replaceAll("|", "\\|");
  const values = [property["pattern"] as Json | undefined, property.default, property.const]
    .filter((value) => value !== undefined)
    .concat(property.enum ?? []);
  return [...values.map((value) => `\`${written(value)}\``), ...limits(property), words];
}

/** The part of a Markdown text below a heading, down to the next of the same level or above. */
function part(text: string, heading: string): string {
  const level = heading.split(" ")[0]!.length;
  const start = text.indexOf(`\n${heading}\n`);
  expect(start, heading).toBeGreaterThanOrEqual(0);
  const rest = text.slice(start + heading.length + 2);
  const end = rest.search(new RegExp(`^#{1,${level}} `, "m"));
  return end < 0 ? rest : rest.slice(0, end);
}

describe.each(["reference.md", "llms-full.txt"])("%s has the contract's facts", (file) => {
  test("of each schema: every field with its limits, default and description, every value", () => {
    const schemas = Object.entries(contract.document.components!["schemas"]!) as [string, Schema][];
    expect(schemas.length).toBeGreaterThan(20);
    for (const [name, schema] of schemas) {
      const section = part(files.get(file)!, `### ${name}`);
      for (const [path, required, property] of properties(schema)) {
        const start = `| \`${path}\`${required ? " (required)" : ""} |`;
        const rows = section.split("\n").filter((line) => line.startsWith(start));
        expect(rows, `${name}: ${path}`).not.toHaveLength(0);
        for (const fact of facts(property))
          expect(
            rows.some((row) => row.includes(fact)),
            `${name}.${path}: ${fact}`,
          ).toBe(true);
      }
      for (const [value, meaning] of described(schema)) {
        expect(section).toContain(`\`${value}\``);
        expect(section.replaceAll("\\|", "|").replace(/\s+/g, " ")).toContain(
          meaning.trim().replace(/\s+/g, " "),
        );
      }
    }
  });
});

/** The described values of enumerations in a schema. */
function described(schema: Schema): [string, string][] {
  if (typeof schema !== "object") return [];
  const parts = [schema["anyOf"], schema["oneOf"]].filter(Array.isArray).flat() as Schema[];
  return [
    ...Object.entries((schema["x-enumDescriptions"] ?? {}) as Record<string, string>),
    ...parts.flatMap(described),
  ];
}

/** Every name and value that an operation's request and answers are made of, however deep. */
function vocabulary(start: unknown): Set<string> {
  const words = new Set<string>();
  const done = new Set<unknown>();
  const follow = (schema: Schema | undefined) => {
    if (typeof schema !== "object" || done.has(schema)) return;
    done.add(schema);
    const {
      properties = {},
      enum: values = [],
      items,
      contentSchema,
    } = deref<SchemaObject>(contract.document, schema as { $ref: string });
    for (const value of values) if (typeof value === "string") words.add(value);
    for (const [name, property] of Object.entries(properties)) {
      words.add(name);
      follow(property);
    }
    for (const each of [items, contentSchema]) follow(each);
    const target = deref<SchemaObject>(contract.document, schema as { $ref: string });
    for (const keyword of ["allOf", "anyOf", "oneOf"])
      for (const each of (target[keyword] ?? []) as Schema[]) follow(each);
  };
  for (const media of start as { schema?: Schema }[]) follow(media.schema);
  return words;
}

test("an operation's page has every field and value of its request and answers, every status, sample and parameter", () => {
  const entries = [...operations(contract.document)];
  expect(entries).not.toHaveLength(0);
  for (const { path, method, operation, parameters } of entries) {
    const text = files.get(`operations/${operation.operationId}.md`)!;
    const html = files.get(`operations/${operation.operationId}.html`)!;
    const body = operation.requestBody && deref(contract.document, operation.requestBody);
    const responses = responsesOf(contract.document, operation.responses);
    const media = [body?.content ?? {}, ...responses.map(({ response }) => response.content ?? {})].flatMap(
      (content) => Object.values(content),
    );
    const words = [
      ...vocabulary(media),
      ...parameters.map(({ name }) => name),
      ...responses.flatMap(({ response }) => Object.keys(response.headers ?? {})),
      `${method.toUpperCase()} ${path}`,
    ];
    expect(words.length).toBeGreaterThan(5);
    for (const word of words) {
      expect(text).toMatch(new RegExp(`[\`.]${word.replace(/\W/g, "\\$&")}[\`.[]`));
      expect(html).toContain(word);
    }
    for (const { status } of responses)
      expect(text).toMatch(new RegExp(`\n(### ${status}\n|\\| \\[${status}\\])`));
    for (const { source } of operation["x-codeSamples"] ?? []) expect(text).toContain(source.trim());
  }
});

test("an operation's page has every description of what it is made of", () => {
  for (const { operation, parameters } of operations(contract.document)) {
    const text = bare(files.get(`operations/${operation.operationId}.md`)!.replaceAll("\\|", "|"));
    const wanted = descriptions(contract.document, [operation, parameters]);
    expect(wanted.size).toBeGreaterThan(10);
    expect([...wanted].filter((description) => !text.includes(description))).toEqual([]);
  }
});

test("the page of values has every described value, every error code and the status of every error", () => {
  const text = files.get("values.md")!;
  for (const { operation } of operations(contract.document))
    for (const { status } of responsesOf(contract.document, operation.responses))
      expect([status, /^[23]/.test(status) || text.includes(`# ${status}\n`)]).toEqual([status, true]);
  const values = [...JSON.stringify(contract.document).matchAll(/"x-enumDescriptions":(\{.*?\})/g)].flatMap(
    ([, json]) => Object.entries(JSON.parse(json!) as Record<string, string>),
  );
  expect(values.length).toBeGreaterThan(20);
  for (const [value] of values) expect(text).toContain(`| \`${value}\` |`);
  const codes = new Set(
    [...JSON.stringify(contract.document).matchAll(/"error":\{[^{}]*"code":"(\w+)"/g)].map(
      ([, code]) => code,
    ),
  );
  expect(codes.size).toBeGreaterThan(3);
  for (const code of codes) expect(text).toContain(`"code": "${code}"`);
});

test("Redocly rates the contract well", async () => {
  const { agentReadiness, discoverability, subscores, operationScores } = await score(contract.document);
  expect(agentReadiness).toBeGreaterThanOrEqual(80);
  expect(discoverability).toBeGreaterThanOrEqual(95);
  expect(subscores).toMatchObject({
    documentationQuality: 1,
    errorClarity: 1,
    identifierClarity: 1,
  });
  // Schemas that are as rich as those of a chat cost an operation points.
  const scores = Object.values(operationScores).map((operation) => operation.agentReadiness);
  expect(scores.length).toBe([...operations(contract.document)].length);
  expect(Math.min(...scores)).toBeGreaterThanOrEqual(60);
});

test("llms.txt names every operation and guide, with an address", () => {
  const index = files.get("llms.txt")!;
  const pages = named(".md").map(([name]) => name);
  expect(pages.length).toBeGreaterThan(3);
  for (const page of pages) expect(index).toContain(`](${page}): `);
  for (const { operation } of operations(contract.document))
    expect(index).toContain(`[${operation.summary}](operations/`);
});

test("llms-full.txt has every guide and sample", () => {
  const full = files.get("llms-full.txt")!;
  for (const { title } of contract.guides) expect(full).toContain(`# ${title}\n`);
  for (const { operation } of operations(contract.document))
    for (const { source } of operation["x-codeSamples"] ?? []) expect(full).toContain(source.trim());
});

test("the catalogue for programs names files that are there", () => {
  const { linkset } = JSON.parse(files.get(".well-known/api-catalog")!) as {
    linkset: Record<string, { href: string }[]>[];
  };
  const links = linkset.flatMap((context) => Object.values(context).filter(Array.isArray).flat());
  expect(links.length).toBeGreaterThan(3);
  for (const { href } of links) expect([...files.keys()]).toContain(posix.join(".well-known", href));
});

test("a plain page loads nothing, and runs nothing but the one script for copying", () => {
  for (const [, html] of plain()) {
    expect(html).toMatch(/"default-src 'none'; script-src 'sha256-[^ ]*'; style-src-elem 'sha256-[^ ]*'; /);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toMatch(/<script [^>]|<link rel="stylesheet"|src="(?!data:)/);
  }
});

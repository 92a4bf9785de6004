/** Finds the parts of a document that a tool cannot take, so that the rest does not go without. */
import type { Document } from "../../../document/model.ts";
import { type Path, SECTIONS, walk } from "../../../document/structure.ts";
import { InputError, type Warn } from "../../../shared/input-error.ts";
import { isObject } from "../../../shared/json.ts";
import { at, toPointer } from "../../../shared/pointer.ts";
import { messageOf } from "../../../shared/text.ts";
import type { Contract } from "../../read/contract.ts";

/** A component or an operation, and what to put in its place to do without it. */
interface Unit {
  path: Path;
  stub: unknown;
}

/**
 * Runs a tool on a document; if it fails, on the document without the components and operations that it fails for.
 * They are found by halves, which takes about 20 more runs for each in a document of 1,000.
 *
 * @param document is changed: the parts that the tool fails for lose their schemas
 * @param warn called for each of those, with its place
 * @returns what the tool returns
 * @throws {InputError} when the tool fails even for a document that has no other parts
 */
export async function isolate<T>(
  document: Document,
  tool: (document: Document) => Promise<T>,
  { locate, root }: Pick<Contract, "locate" | "root">,
  warn: Warn,
): Promise<T> {
  let reason: unknown;
  const attempt = (without: readonly Unit[]) =>
    tool(withStubs(document, without)).then(
      (value) => ({ value }),
      (error: unknown) => {
        reason = error;
        return undefined;
      },
    );
  const whole = await attempt([]);
  if (whole) return whole.value;

  const units = unitsOf(document);
  const search = async (suspects: readonly Unit[]): Promise<Unit[]> => {
    const others = units.filter((unit) => !suspects.includes(unit));
    if (suspects.length === 0 || (await attempt(others))) return [];
    const [only] = suspects;
    if (suspects.length === 1 && only) {
      warn({
        place: locate(only.path),
        message: `No type can be made for ${nameOf(only)}: ${messageOf(reason)}. Its type is \`unknown\`.`,
        advice: "Look for a schema of an unusual form there.",
      });
      return [only];
    }
    const middle = Math.ceil(suspects.length / 2);
    return [...(await search(suspects.slice(0, middle))), ...(await search(suspects.slice(middle)))];
  };
  for (const { path, stub } of await search(units)) putAt(document, path, stub);
  const rest = await attempt([]);
  if (rest) return rest.value;
  throw new InputError({
    place: { file: root },
    message: `openapi-typescript cannot take this document: ${messageOf(reason)}.`,
    advice: "Look for a part of an unusual form. The other stages can be run alone, by their names.",
  });
}

function unitsOf(document: Document): Unit[] {
  const components = [...SECTIONS.values()].flatMap((section) =>
    Object.entries(document.components?.[section] ?? {}).map(([name, node]) => ({
      path: ["components", section, name],
      stub: section === "schemas" ? {} : withoutSchemas(node),
    })),
  );
  const operations = [...walk({ paths: document.paths })]
    .filter(({ kind, path }) => kind === "operation" && path[0] === "paths" && path.length === 3)
    .map(({ node, path }) => ({ path, stub: withoutSchemas(node) }));
  return [...components, ...operations];
}

/** `GET /ships`, or the name of a component. */
function nameOf({ path }: Unit): string {
  const [top, holder, name] = path.map(String);
  return top === "paths" ? `${name?.toUpperCase()} ${holder}` : `${name}`;
}

/** A copy in which every schema is `{}`. */
function withoutSchemas(node: unknown): unknown {
  return JSON.parse(
    JSON.stringify(node, (name, value) => (/^(item|content)?schema$/i.test(name) ? {} : value)),
  );
}

function withStubs(document: Document, units: readonly Unit[]): Document {
  if (units.length === 0) return document;
  const copy = structuredClone(document);
  for (const { path, stub } of units) putAt(copy, path, stub);
  return copy;
}

function putAt(document: Document, path: Path, value: unknown): void {
  const holder = at(document, toPointer(path.slice(0, -1)));
  if (isObject(holder)) holder[String(path.at(-1))] = value;
}

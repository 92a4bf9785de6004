/** Two versions of a contract: what changed for those who use the API. */
import { isDeepStrictEqual } from "node:util";
import { type Document, METHODS } from "../../document/model.ts";
import { isObject, type Json } from "../../shared/json.ts";
import { below, type Change, type Difference, levelOf, notes, type Sender, shown } from "./change.ts";
import { removal } from "./lifecycle.ts";
import { namesIn } from "./normal.ts";
import { compareOperations } from "./operation.ts";
import { Documents, part } from "./parts.ts";
import { compareSchemes } from "./security.ts";
import { inWords } from "./words.ts";

type Members = Record<string, unknown>;

/**
 * Compares two OpenAPI documents whose references are internal, as `readContract` gives them.
 *
 * @returns every change, in the order of the new document; those of an operation together
 * @throws {InputError} when schemas refer to each other in too many ways
 */
export function compareDocuments(old: Document, now: Document): Change[] {
  const documents = new Documents(old, now);
  const [before, after] = [old as unknown as Members, now as unknown as Members];
  const items = (document: Members, name: "paths" | "webhooks") => part(document, name);
  return [
    ...changes(null, "consumer", compareRoots(before, after)),
    ...comparePathItems(documents, items(before, "paths"), items(after, "paths"), "consumer", ""),
    ...comparePathItems(documents, items(before, "webhooks"), items(after, "webhooks"), "server", "webhook "),
    ...changes(null, "consumer", compareComponents(documents)),
  ];
}

/** Differences as changes of an operation, or of the whole document. */
function changes(operation: string | null, sender: Sender, differences: readonly Difference[]): Change[] {
  return differences.map(({ effect, path, message, was, is }) => ({
    level: levelOf(effect, sender),
    operation,
    path: path.map((token) => `/${token.replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
    message: inWords(path, message),
    was: (was ?? null) as Json,
    is: (is ?? null) as Json,
  }));
}

function compareRoots(old: Members, now: Members): Difference[] {
  const urls = ({ servers }: Members) =>
    (Array.isArray(servers) ? servers : []).map((server) => String((server as Members)["url"]));
  const [was, is] = [urls(old), urls(now)];
  const server = (url: string, verb: string): Difference => ({
    effect: "added",
    path: ["servers"],
    message: `The server ${shown(url)} ${verb}.`,
    was,
    is,
  });
  const info = [part(old, "info"), part(now, "info")] as const;
  const texts = namesIn(...info).filter((name) => name !== "version" && !name.startsWith("x-"));
  return [
    ...below(notes(...info, texts), "info"),
    ...was.filter((url) => !is.includes(url)).map((url) => server(url, "is gone")),
    ...is.filter((url) => !was.includes(url)).map((url) => server(url, "is new")),
    ...(isDeepStrictEqual(was, is)
      ? notes({ servers: old["servers"] }, { servers: now["servers"] }, ["servers"])
      : []),
    ...notes(old, now, ["tags", "externalDocs", "jsonSchemaDialect"]),
  ];
}

/** Paths are the same if they differ in the names of their parameters alone. */
function template(path: string): string {
  return path.replace(/\{[^}]*\}/g, "{}");
}

function comparePathItems(
  documents: Documents,
  old: Members,
  now: Members,
  caller: Sender,
  prefix: string,
): Change[] {
  const names = namesIn(old, now).filter((name) => !name.startsWith("x-"));
  const done = new Set<string>();
  return names.flatMap((name) => {
    if (done.has(name)) return [];
    const counterpart = (here: Members, there: Members) =>
      Object.hasOwn(here, name)
        ? name
        : Object.keys(here).find(
            (other) => template(other) === template(name) && !Object.hasOwn(there, other) && !done.has(other),
          );
    const [was, is] = [counterpart(old, now), counterpart(now, old)];
    for (const one of [was, is]) if (one !== undefined) done.add(one);
    const [before, after] = documents.resolved(was && old[was], is && now[is]);
    return METHODS.flatMap((method): Change[] => {
      const operation = `${prefix}${method.toUpperCase()} ${is ?? was}`;
      const operations = [before[method], after[method]];
      const [first, second] = operations;
      if (!isObject(first) && !isObject(second)) return [];
      if (!isObject(second)) return changes(operation, caller, [removal("The operation", first as Members)]);
      if (!isObject(first))
        return changes(operation, caller, [
          { effect: "added", path: [], message: "The operation is new.", is: second },
        ]);
      return [
        ...compareOperations(documents, {
          paths: [was ?? "", is ?? ""],
          items: [before, after],
          operations: [first, second],
          caller,
        }).flatMap(({ sender, differences }) => changes(operation, sender, differences)),
        ...compareCallbacks(
          documents,
          operation,
          part(first, "callbacks"),
          part(second, "callbacks"),
          caller,
        ),
      ];
    });
  });
}

function compareCallbacks(
  documents: Documents,
  operation: string,
  old: Members,
  now: Members,
  caller: Sender,
): Change[] {
  return namesIn(old, now).flatMap((name) => {
    const [was, is] = documents.resolved(old[name], now[name]);
    const called = caller === "consumer" ? "server" : "consumer";
    return comparePathItems(documents, was, is, called, `${operation} callback ${name} `);
  });
}

/** Components count where they are used; here is what their names mean to programs that import types by them. */
function compareComponents({ old, now }: Documents): Difference[] {
  const schemas = (document: Document): Members => document.components?.["schemas"] ?? {};
  const [was, is] = [schemas(old), schemas(now)];
  const won = new Set(Object.keys(is).filter((name) => !Object.hasOwn(was, name)));
  const named = Object.keys(was)
    .filter((name) => !Object.hasOwn(is, name))
    .map((name): Difference => {
      const other = [...won].find((candidate) => isDeepStrictEqual(was[name], is[candidate]));
      if (other !== undefined) won.delete(other);
      const path = ["schemas", name];
      const message = `The schema \`${name}\` is ${other === undefined ? "gone" : `now called \`${other}\``}, and so is its type.`;
      return { effect: "added", path, message, was: name, is: other };
    });
  return below(
    [
      ...below(
        compareSchemes(old.components?.["securitySchemes"] ?? {}, now.components?.["securitySchemes"] ?? {}),
        "securitySchemes",
      ),
      ...named,
      ...[...won].map(
        (name): Difference => ({
          effect: "added",
          path: ["schemas", name],
          message: `The schema \`${name}\` is new.`,
          is: name,
        }),
      ),
    ],
    "components",
  );
}

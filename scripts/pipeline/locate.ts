/** From a path in the bundled document back to file, line and column of what was written. */
import { readFile } from "node:fs/promises";
import { basename, dirname, extname, resolve } from "node:path";
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from "yaml";
import { parsePointer } from "./document.ts";
import type { Place } from "./problem.ts";

export type Path = readonly (string | number)[];
export type Locate = (path: Path) => Place;

interface Source {
  file: string;
  contents: unknown;
  resolveAlias: (node: unknown) => unknown;
  lines: LineCounter;
}

/**
 * Reads the files once more, for positions only. A path that does not exist in them, such as one of a derived
 * example, is located at the nearest place above it.
 */
export async function locator(root: string, files: readonly string[]): Promise<Locate> {
  const sources = new Map<string, Source>();
  for (const file of files) {
    if (![".yaml", ".yml", ".json"].includes(extname(file))) continue;
    const lines = new LineCounter();
    const document = parseDocument(await readFile(file, "utf8"), { lineCounter: lines });
    const resolveAlias = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
    sources.set(file, { file, contents: document.contents, resolveAlias, lines });
  }

  return (path) => {
    const start = sources.get(root);
    if (!start) return { file: root };
    let source = start;
    let node: unknown = source.contents;
    let mark: unknown = node;

    /** Enters the file behind a `$ref`, as the bundler did. */
    const follow = () => {
      for (let hops = 0; hops < 100; hops++) {
        const target = reference(node);
        if (target === undefined) return;
        const [name = "", fragment = ""] = target.split("#");
        const next =
          name === "" ? source : sources.get(resolve(dirname(source.file), decodeURIComponent(name)));
        if (!next) return;
        const found = walk(next, parsePointer(fragment));
        if (found === undefined) return;
        source = next;
        node = found;
        mark = found;
      }
    };

    let rest = path;
    const [, section, name] = path;
    if (path[0] === "components" && walk(source, path.slice(0, 3)) === undefined) {
      // The bundler lifted a file of its own into the components, under the file's name.
      const lifted = [...sources.values()].find(
        ({ file }) => basename(file, extname(file)) === name && basename(dirname(file)) === section,
      );
      if (lifted) {
        source = lifted;
        node = lifted.contents;
        mark = node;
        rest = path.slice(3);
      }
    }
    for (const key of rest) {
      if (own(source, node, key) === undefined) follow();
      const next = own(source, node, key);
      if (next === undefined) break;
      node = next.value;
      mark = next.mark;
    }
    return place(source, mark);
  };
}

/** A member's value, and the node to point at: its key where it has one. */
function own(
  source: Source,
  node: unknown,
  key: string | number,
): { value: unknown; mark: unknown } | undefined {
  const target = source.resolveAlias(node);
  if (isMap(target)) {
    const pair = target.items.find(
      (item): item is Pair => isPair(item) && String(scalar(item.key)) === String(key),
    );
    return pair && { value: pair.value, mark: pair.key };
  }
  if (isSeq(target)) {
    const value = target.items[Number(key)];
    return value === undefined ? undefined : { value, mark: value };
  }
  return undefined;
}

function walk(source: Source, path: Path): unknown {
  let node: unknown = source.contents;
  for (const key of path) {
    const next = own(source, node, key);
    if (next === undefined) return undefined;
    node = next.value;
  }
  return node;
}

function reference(node: unknown): string | undefined {
  if (!isMap(node)) return undefined;
  const value = node.get("$ref");
  return typeof value === "string" ? value : undefined;
}

function scalar(node: unknown): unknown {
  return isScalar(node) ? node.value : node;
}

function place(source: Source, node: unknown): Place {
  const offset = (node as Node | null)?.range?.[0];
  if (offset === undefined) return { file: source.file, line: 1, column: 1 };
  const { line, col } = source.lines.linePos(offset);
  return { file: source.file, line, column: col };
}

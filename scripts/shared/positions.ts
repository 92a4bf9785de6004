/** Line and column of each part of a YAML or JSON text. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Place } from "./input-error.ts";

export interface Positions {
  /** The nodes of the text, from the outermost. */
  contents: unknown;
  /** Line and column of a node. */
  of(node: unknown): Pick<Place, "line" | "column">;
}

/** Parses a text. Errors in it are ignored: the positions of what could be parsed are known. */
export function positionsIn(text: string): Positions {
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines });
  return {
    contents,
    of: (node) => {
      const { line, col } = lines.linePos(offset(node));
      return { line, column: col };
    },
  };
}

/** Line and column of the value at a path, or of the last part of the path that exists. */
export function positionAt(text: string, path: readonly (string | number)[]): Pick<Place, "line" | "column"> {
  const positions = positionsIn(text);
  let node = positions.contents;
  let mark = node;
  for (const key of path) {
    const next = member(node, key);
    if (!next) break;
    node = next.value;
    mark = next.mark;
  }
  return positions.of(mark);
}

/** A member's node, and the node to point at: its key in a map. */
export function member(node: unknown, key: string | number) {
  if (isMap(node)) {
    const pair = node.items.find(
      (item) => String(isScalar(item.key) ? item.key.value : item.key) === String(key),
    );
    return pair && { value: pair.value, mark: pair.key };
  }
  if (isSeq(node)) {
    const value = node.items[Number(key)];
    return value === undefined ? undefined : { value, mark: value };
  }
  return undefined;
}

function offset(node: unknown): number {
  const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
  return Array.isArray(range) ? Number(range[0]) : 0;
}

/** Lists that come in chunks. */
import { isObject } from "../shared/json.ts";

type Members = Record<string, unknown>;
type Join = (target: Members, piece: Members) => void;

/** Joins the pieces of one list. */
export interface ListJoiner {
  /** @param pieces what one chunk has of the list */
  add(pieces: unknown[]): void;
  /** The complete list, where it is not the one that was appended to. */
  finish?(): unknown[];
}

/**
 * A list that some relays repeat in every chunk, as it is by then: an item that is there already is not added again.
 *
 * @param list the items so far, which is appended to
 */
export function unionList(list: unknown[], join: Join): ListJoiner {
  /** Items by their identity, or else their JSON, and by how often one chunk had that. */
  const known = new Map<string, unknown>();
  const add = (pieces: unknown[]) => {
    const counts = new Map<string, number>();
    for (const piece of pieces) {
      const identity = isObject(piece) ? (identityOf(piece) ?? sourceOf(piece)) : undefined;
      const key = identity ?? JSON.stringify(piece);
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      const numbered = `${count} ${key}`;
      if (!known.has(numbered)) {
        const added = identity === undefined ? piece : {};
        known.set(numbered, added);
        list.push(added);
      }
      if (identity !== undefined) join(known.get(numbered) as Members, piece as Members);
    }
  };
  return { add };
}

function identityOf({ index, id }: Members): string | undefined {
  if (typeof index === "number") return `index ${index}`;
  return typeof id === "string" && id !== "" ? `id ${id}` : undefined;
}

/** Members that name what an item is about, and those that say which part of the answer it belongs to. */
const SOURCE = ["url", "uri", "name"];
const PART = /index|start|end|page|quote/;

/**
 * What an item without index and ID is about, such as a search result's address. The rest of it may change from chunk to
 * chunk, but an item about another part of the answer is another item.
 */
function sourceOf(item: Members): string | undefined {
  const { type } = item;
  // `{type: "url_citation", url_citation: {…}}`
  const inner = typeof type === "string" && isObject(item[type]) ? item[type] : item;
  const source = SOURCE.map((name) => inner[name]).find((value) => value && typeof value === "string");
  if (source === undefined) return undefined;
  const part = Object.keys(inner).flatMap((name) => (PART.test(name) ? [inner[name]] : []));
  return `about ${JSON.stringify([type, source, part])}`;
}

/** Lists of blocks whose texts come in pieces. They have to be sent back as they were. */
export const BLOCKS = new Set(["reasoning_details", "thinking_blocks"]);

/**
 * Joins pieces of blocks. A block is identified by its index and type, else by its ID, else it is the last of its type.
 *
 * @param list the blocks so far, which is appended to
 */
export function blockList(list: unknown[], join: Join): ListJoiner {
  const known = new Map<string, Members>();
  const add = (pieces: unknown[]) => {
    const used = new Set<Members>();
    for (const piece of pieces) {
      if (!isObject(piece)) continue;
      const identity = identityOf(piece) ?? "last";
      const key = piece["type"] ? `${identity} ${piece["type"]}` : identity;
      const last = known.get(key);
      // Without an index, what follows a signature is the next block.
      const open = last && !used.has(last) && !(identity === "last" && isClosed(last) && !piece["signature"]);
      const block: Members = open ? last : {};
      if (!open) list.push(block);
      used.add(block);
      join(block, piece);
      known.set(key, block);
      known.set(identity, block);
    }
  };
  return { add };
}

function isClosed({ signature, data }: Members): boolean {
  return Boolean(signature ?? data);
}

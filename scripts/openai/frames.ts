/** The frames of a stream: server-sent events whose data is JSON, and `[DONE]` at the end. */
import { isObject, type Json, type Members } from "../shared/json.ts";

/** The data of the last frame. */
export const DONE = "[DONE]";

/** One frame of a stream, `data: …` and the empty line after it. */
export function toFrame(data: Json | typeof DONE): string {
  return `data: ${data === DONE ? DONE : JSON.stringify(data)}\n\n`;
}

/**
 * The frames of chunks. Most chunks of a stream differ in one member from the chunk before: the text around that member
 * is made once.
 */
export function toFrames(chunks: readonly Json[]): string[] {
  let before: Members = {};
  let around: Around | undefined;
  return chunks.map((chunk) => {
    if (!isObject(chunk)) return toFrame(chunk);
    const changed = changedMember(before, chunk);
    before = chunk;
    if (changed === undefined) {
      around = undefined;
      return toFrame(chunk);
    }
    if (around?.name !== changed) around = aroundOf(chunk, changed);
    return `${around.head}${JSON.stringify(chunk[changed])}${around.tail}`;
  });
}

/** What a frame has before and after the value of a member. */
interface Around {
  name: string;
  head: string;
  tail: string;
}

/** The only member that differs; undefined where several do, or none, or the members have other names. */
function changedMember(before: Members, chunk: Members): string | undefined {
  const names = Object.keys(chunk);
  const known = Object.keys(before);
  if (names.length !== known.length) return undefined;
  let changed: string | undefined;
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string;
    if (name !== known[index]) return undefined;
    if (chunk[name] === before[name]) continue;
    if (changed !== undefined) return undefined;
    changed = name;
  }
  return changed;
}

function aroundOf(chunk: Members, name: string): Around {
  const names = Object.keys(chunk);
  const at = names.indexOf(name);
  const text = (of: string[]) => of.map((one) => `${JSON.stringify(one)}:${JSON.stringify(chunk[one])}`);
  const [head, tail] = [text(names.slice(0, at)), text(names.slice(at + 1))];
  return {
    name,
    head: `data: {${[...head, `${JSON.stringify(name)}:`].join(",")}`,
    tail: `${["", ...tail].join(",")}}\n\n`,
  };
}

/** The last frame of a stream. */
export const DONE_FRAME = toFrame(DONE);

/** The whole stream as text: a frame for each chunk, then `[DONE]`. */
export function toEventStream(chunks: readonly Json[]): string {
  return toFrames(chunks).join("") + DONE_FRAME;
}

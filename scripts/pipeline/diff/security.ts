/** What a caller must show: a list of alternatives, of which one is enough. */
import { isDeepStrictEqual } from "node:util";
import { isObject } from "../../shared/json.ts";
import type { Difference } from "./change.ts";
import { namesIn } from "./normal.ts";
import { notes } from "./parts.ts";

type Alternative = Record<string, string[]>;

/** Compares the security that applies to an operation. */
export function compareSecurity(old: unknown, now: unknown): Difference[] {
  const [was, is] = [alternatives(old), alternatives(now)];
  const lost = was.filter((one) => !is.some((other) => isEnough(one, other)));
  const won = is.filter((one) => !was.some((other) => isEnough(one, other)));
  const weaker = is.filter((one) =>
    was.some((other) => isEnough(other, one) && !isDeepStrictEqual(one, other)),
  );
  const say = (effect: Difference["effect"], list: Alternative[], verb: string): Difference[] =>
    list.map((one) => ({
      effect,
      path: ["security"],
      message: `${nameOf(one)} ${verb}.`,
      was: old ?? [],
      is: now ?? [],
    }));
  return [
    ...say("narrowed", lost, "is no longer enough"),
    ...say(
      "widened",
      [...new Set([...won, ...weaker])].filter((one) => !was.some((other) => isDeepStrictEqual(one, other))),
      "is now enough",
    ),
  ];
}

function alternatives(security: unknown): Alternative[] {
  return Array.isArray(security) && security.length > 0 ? security : [{}];
}

/** Whether a caller that shows one alternative satisfies another one. */
function isEnough(shown: Alternative, demanded: Alternative): boolean {
  return Object.entries(demanded).every(([scheme, scopes]) => {
    const held = shown[scheme];
    return held !== undefined && scopes.every((scope) => held.includes(scope));
  });
}

function nameOf(alternative: Alternative): string {
  const parts = Object.entries(alternative).map(
    ([scheme, scopes]) => `${scheme}${scopes.length > 0 ? ` (${scopes.join(", ")})` : ""}`,
  );
  return parts.length === 0 ? "A request without credentials" : parts.join(" with ");
}

/** What of a security scheme decides how credentials are sent. */
const CREDENTIALS = ["type", "scheme", "in", "name"];

/** Compares the security schemes that both documents have. */
export function compareSchemes(old: Record<string, unknown>, now: Record<string, unknown>): Difference[] {
  return namesIn(old, now).flatMap((name): Difference[] => {
    const [was, is] = [old[name], now[name]];
    if (!isObject(was) || !isObject(is)) return [];
    const differs = namesIn(was, is).filter((key) => !isDeepStrictEqual(was[key], is[key]));
    const decisive = differs.filter((key) => CREDENTIALS.includes(key));
    const others = differs.filter((key) => ["flows", "openIdConnectUrl", "bearerFormat"].includes(key));
    const say = (effect: Difference["effect"], key: string, message: string): Difference => ({
      effect,
      path: [name, key],
      message,
      was: was[key],
      is: is[key],
    });
    return [
      ...decisive.map((key) =>
        say("changed", key, `Credentials are sent in another way: \`${key}\` changed.`),
      ),
      ...others.map((key) => say("added", key, `\`${key}\` changed.`)),
      ...notes(was, is, ["description"]).map((note) => ({ ...note, path: [name, ...note.path] })),
    ];
  });
}

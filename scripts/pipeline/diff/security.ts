/** What a caller must show: a list of alternatives, of which one is enough. */
import { isDeepStrictEqual } from "node:util";
import type { Document } from "../../document/model.ts";
import { type Requirements, requiredSchemes } from "../../document/security.ts";
import { isObject } from "../../shared/json.ts";
import { type Difference, notes, shown } from "./change.ts";
import { namesIn } from "./normal.ts";
import type { Documents } from "./parts.ts";

type Members = Record<string, unknown>;

/** What one alternative demands: credentials, by how they are sent, with their scopes. */
type Alternative = Map<string, string[]>;

/** Compares the security that applies to an operation. All schemes but OAuth's count by what they demand, not by name. */
export function compareSecurity({ old, now }: Documents, was: unknown, is: unknown): Difference[] {
  const [before, after] = [alternatives(old, was), alternatives(now, is)];
  const lost = before.filter((one) => !after.some((other) => isEnough(one, other)));
  const won = after.filter((one) => !before.some((other) => isEnough(one, other)));
  const weaker = after.filter((one) =>
    before.some((other) => isEnough(other, one) && !isDeepStrictEqual(one, other)),
  );
  const say = (effect: Difference["effect"], list: Alternative[], verb: string): Difference[] =>
    list.map((one) => ({
      effect,
      path: ["security"],
      message: `${nameOf(one)} ${verb}.`,
      was: was ?? [],
      is: is ?? [],
    }));
  return [
    ...say("narrowed", lost, "is no longer enough"),
    ...say(
      "widened",
      [...new Set([...won, ...weaker])].filter(
        (one) => !before.some((other) => isDeepStrictEqual(one, other)),
      ),
      "is now enough",
    ),
  ];
}

function alternatives(document: Document, security: unknown): Alternative[] {
  const requirements: Requirements = Array.isArray(security) && security.length > 0 ? security : [{}];
  return requirements.map(
    (one) => new Map(Object.entries(one).map(([name, scopes]) => [credentials(document, name), scopes])),
  );
}

/** How credentials are sent, in words that are the same for schemes that ask for the same. */
function credentials(document: Document, scheme: string): string {
  const [{ type, in: place, name, scheme: method, openIdConnectUrl } = {}] = requiredSchemes(document, [
    { [scheme]: [] },
  ]);
  switch (type) {
    // Names of headers and of HTTP's methods have no case (RFC 9110, sections 5.1 and 11.1).
    case "apiKey":
      return `A key in the ${place} \`${place === "header" ? String(name).toLowerCase() : name}\``;
    case "http":
      return `HTTP authentication by \`${String(method).toLowerCase()}\``;
    case "openIdConnect":
      return `OpenID Connect at ${openIdConnectUrl}`;
    case "mutualTLS":
      return "A client certificate";
    // Flows may change while the tokens stay the same: the name alone tells which are meant.
    default:
      return `\`${scheme}\`${type === undefined ? "" : ` (${type})`}`;
  }
}

/** Whether a caller that shows one alternative satisfies another one. */
function isEnough(shown: Alternative, demanded: Alternative): boolean {
  return [...demanded].every(([scheme, scopes]) => {
    const held = shown.get(scheme);
    return held !== undefined && scopes.every((scope) => held.includes(scope));
  });
}

function nameOf(alternative: Alternative): string {
  const parts = [...alternative].map(
    ([scheme, scopes]) => `${scheme}${scopes.length > 0 ? ` with ${scopes.join(", ")}` : ""}`,
  );
  return parts.length === 0 ? "A request without credentials" : parts.join(", and ");
}

/** Compares the security schemes that both documents have. What they demand is told by the operations that use them. */
export function compareSchemes(old: Members, now: Members): Difference[] {
  return namesIn(old, now).flatMap((name): Difference[] => {
    const [was, is] = [old[name], now[name]];
    if (!isObject(was) || !isObject(is)) return [];
    const differs = namesIn(was, is).filter(
      (key) => key !== "description" && !key.startsWith("x-") && !isDeepStrictEqual(was[key], is[key]),
    );
    return [
      ...differs.map((key): Difference => {
        const message = `\`${key}\` is ${shown(is[key])}; it was ${shown(was[key])}.`;
        return { effect: "added", path: [name, key], message, was: was[key], is: is[key] };
      }),
      ...notes(was, is, ["description"]).map((note) => ({ ...note, path: [name, ...note.path] })),
    ];
  });
}

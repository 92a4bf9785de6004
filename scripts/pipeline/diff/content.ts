/** Bodies: media types and what is in them. */
import { isDeepStrictEqual } from "node:util";
import { essence } from "../../shared/media-types.ts";
import { below, type Difference, type Effect, notes, type Sender, shown } from "./change.ts";
import { namesIn } from "./normal.ts";
import { type Documents, part } from "./parts.ts";

/** Media types whose fields travel as text. */
const TEXT = /^(application\/x-www-form-urlencoded|multipart\/|text\/plain)/;

/**
 * Compares maps from media types.
 *
 * @param negotiated whether the reader chooses a type, as consumers do by `Accept`: then a further type breaks nobody
 */
export function compareContent(
  documents: Documents,
  old: Record<string, unknown>,
  now: Record<string, unknown>,
  { sender, negotiated }: { sender: Sender; negotiated: boolean },
): Difference[] {
  const lost = new Set(Object.keys(old).filter((name) => !Object.hasOwn(now, name)));
  const won = new Set(Object.keys(now).filter((name) => !Object.hasOwn(old, name)));
  const renamed: Difference[] = [];
  const pairs = Object.keys(old)
    .filter((name) => Object.hasOwn(now, name))
    .map((name): [string, string] => [name, name]);
  for (const name of lost) {
    const other = [...won].find((candidate) => renaming(name, candidate) !== undefined);
    if (other === undefined) continue;
    lost.delete(name);
    won.delete(other);
    pairs.push([name, other]);
    const message = `The media type is ${shown(other)}; it was ${shown(name)}.`;
    renamed.push({
      effect: renaming(name, other) ?? "changed",
      path: [other],
      message,
      was: name,
      is: other,
    });
  }
  return [
    ...[...lost].map(
      (name): Difference => ({
        effect: negotiated ? "changed" : "narrowed",
        path: [name],
        message: `The media type \`${name}\` is gone.`,
        was: old[name],
      }),
    ),
    ...[...won].map(
      (name): Difference => ({
        effect: negotiated ? "added" : "widened",
        path: [name],
        message: `The media type \`${name}\` is new.`,
        is: now[name],
      }),
    ),
    ...renamed,
    ...pairs.flatMap(([was, is]) => below(compareMedia(documents, is, old[was], now[is], sender), is)),
  ];
}

function compareMedia(
  documents: Documents,
  name: string,
  was: unknown,
  is: unknown,
  sender: Sender,
): Difference[] {
  const [old, now] = documents.resolved(was, is);
  const schemas = documents.schemas(sender, TEXT.test(name));
  const encodings = namesIn(part(old, "encoding"), part(now, "encoding")).filter(
    (field) => !isDeepStrictEqual(part(old, "encoding")[field], part(now, "encoding")[field]),
  );
  return [
    ...["schema", "itemSchema"].flatMap((key) => below(schemas.compare(old[key], now[key]), key)),
    ...encodings.map(
      (field): Difference => ({
        effect: "changed",
        path: ["encoding", field],
        message: `The field \`${field}\` is encoded differently.`,
        was: part(old, "encoding")[field],
        is: part(now, "encoding")[field],
      }),
    ),
    ...notes(old, now, ["example", "examples"]),
  ];
}

/** What it means that one media type took the place of another; undefined where they are not related. */
function renaming(was: string, is: string): Effect | undefined {
  const [old, now] = [essence(was), essence(is)];
  if (old === now) return "added";
  if (covers(now, old)) return "widened";
  return covers(old, now) ? "narrowed" : undefined;
}

/** Whether a type or range includes another one: `text/*` any text, `application/json` each `application/…+json`. */
function covers(range: string, name: string): boolean {
  const [kind, subtype = ""] = range.split("/");
  const [otherKind, otherSubtype = ""] = name.split("/");
  if (range === "*/*") return true;
  return kind === otherKind && (subtype === "*" || otherSubtype.endsWith(`+${subtype}`));
}

/** How the value of a parameter or a header is written, beside what its schema says. */
import { below, type Difference, type Effect, type Sender, shown } from "./change.ts";
import { compareContent } from "./content.ts";
import { normal, typesOf } from "./normal.ts";
import { type Documents, part } from "./parts.ts";

type Members = Record<string, unknown>;

/** Characters and values that a parameter may have only where it says so. */
const PERMISSIONS = ["allowReserved", "allowEmptyValue"];

/** Compares the values of two parameters: how they are written, and their schemas. */
export function compareValues(
  documents: Documents,
  old: Members,
  now: Members,
  sender: Sender,
): Difference[] {
  const [was, is] = [old, now].map((one) => (one["content"] === undefined ? "schema" : "content")) as [
    string,
    string,
  ];
  if (was !== is) {
    const message = `The value is described by \`${is}\`; it was by \`${was}\`, and was written in another way.`;
    return [{ effect: "changed", path: [is], message, was: old[was], is: now[is] }];
  }
  if (is === "content")
    return below(compareContent(documents, part(old, is), part(now, is), { sender, negotiated: false }), is);
  const before = typesOf(normal(documents.old, old[is])).some(hasParts);
  const after = typesOf(normal(documents.now, now[is]));
  // Where the name is repeated for each item, as in `?tag=a&tag=b`, a single value is a list of one item.
  const becameList = !before && after.join() === "array" && repeatsName(old) && repeatsName(now);
  const schema = becameList ? { type: "array", items: old[is], minItems: 1, maxItems: 1 } : old[is];
  const values = documents.schemas(sender, true).compare(schema, now[is]);
  return [
    ...compareStyles(old, now, before || after.some(hasParts)),
    ...below(becameList ? [MANY, ...values.filter((one) => !isOfMany(one))] : values, is),
  ];
}

const MANY: Difference = { effect: "widened", path: ["type"], message: "There may be several values." };

function isOfMany({ effect, path: [keyword = ""] }: Difference): boolean {
  return effect === "widened" && ["minItems", "maxItems"].includes(keyword);
}

/** Whether values of a type are written item by item, or member by member. */
function hasParts(type: string): boolean {
  return type === "array" || type === "object";
}

function repeatsName(parameter: Members): boolean {
  const { style, explode } = styleOf(parameter);
  return style === "form" && explode === true;
}

function compareStyles(old: Members, now: Members, structured: boolean): Difference[] {
  const [was, is] = [styleOf(old), styleOf(now)];
  const differs = (keyword: string, before: unknown, after: unknown, effect: Effect): Difference[] => {
    const message = `\`${keyword}\` is ${shown(after)}; it was ${shown(before)}.`;
    return before === after ? [] : [{ effect, path: [keyword], message, was: before, is: after }];
  };
  return [
    ...differs("style", was.style, is.style, "changed"),
    // A value without items and members is written the same either way.
    ...(structured ? differs("explode", was.explode, is.explode, "changed") : []),
    ...PERMISSIONS.flatMap((keyword) => {
      const [allowed, stillAllowed] = [old[keyword] === true, now[keyword] === true];
      return differs(keyword, allowed, stillAllowed, stillAllowed ? "widened" : "narrowed");
    }),
  ];
}

/** The style of a parameter, and whether each item stands by itself, with what their absence means. */
function styleOf({ style, explode, in: place }: Members): { style: unknown; explode: unknown } {
  const written = style ?? (place === "path" || place === "header" ? "simple" : "form");
  return { style: written, explode: explode ?? written === "form" };
}

/** The texts of a contract and of a page, to compare them. */
import type { Document, Schema, SchemaObject } from "../../../../scripts/document/model.ts";
import { deref } from "../../../../scripts/document/operations.ts";

/** Text without line breaks, invisible breaks and the marks of Markdown, to compare. */
export const bare = (text: string) =>
  text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[`*\u200b]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** The lines of a text that a page shows, without the breaks in words that nobody sees. */
export const lines = (text: string) =>
  text
    .replaceAll("\u200b", "")
    .split("\n")
    .map((line) => line.trim());

/** The fields of an object, its variants and those in it, by their paths, as the page spells them; it folds what may be null. */
export function* fieldPaths(document: Document, schema: Schema | undefined, path: string): Generator<string> {
  if (typeof schema !== "object") return;
  const { type, properties = {}, items, ...rest } = deref<SchemaObject>(document, schema as { $ref: string });
  if (Array.isArray(type)) return;
  for (const variant of (rest["oneOf"] ?? []) as Schema[]) yield* fieldPaths(document, variant, path);
  for (const [name, property] of Object.entries(properties)) {
    yield `${path}.${name}`;
    yield* fieldPaths(document, property, `${path}.${name}`);
  }
  yield* fieldPaths(document, items, `${path}[]`);
}

/** How the pages say the limits of a number, a text or a list. */
export function limits(schema: SchemaObject): string[] {
  const words = (least: unknown, most: unknown, unit: string) => {
    if (least === undefined && most === undefined) return [];
    if (least === undefined) return [`at most ${most}${unit}`];
    if (most !== undefined) return [`${least} to ${most}${unit}`];
    return [least === 1 && unit ? "not empty" : `at least ${least}${unit}`];
  };
  return [
    ...words(schema["minimum"], schema["maximum"], ""),
    ...words(schema["minLength"], schema["maxLength"], " characters"),
    ...words(schema["minItems"], schema["maxItems"], " items"),
  ];
}

/** Every description in what an operation is made of, behind references. */
export function descriptions(
  document: Document,
  start: unknown,
  found = new Set<string>(),
  done = new Set<unknown>(),
): Set<string> {
  if (typeof start !== "object" || start === null || done.has(start)) return found;
  done.add(start);
  for (const [name, value] of Object.entries(start)) {
    if (["examples", "example", "default", "x-when", "x-fill"].includes(name)) continue;
    if (name === "description" && typeof value === "string") found.add(bare(value));
    if (name === "x-enumDescriptions")
      for (const text of Object.values(value as object)) found.add(bare(text));
    if (name === "$ref") descriptions(document, deref(document, start as { $ref: string }), found, done);
    descriptions(document, value, found, done);
  }
  return found;
}

/**
 * In the page: chooses every variant of every field of a part, those within variants too; unfolds what is folded; and
 * gathers the text that is shown.
 */
export async function everyVariant(part: Element): Promise<string> {
  // React changes the page at the end of the click's task; to wait for a frame would be to paint it each time.
  const drawn = () => Promise.resolve();
  const texts: string[] = [];
  /** The field that a switch belongs to; those of a whole body belong to none. */
  const fieldOf = (element: Element) => element.closest(".schema-property-item")?.id ?? "";
  // Variants with long titles are in a menu, all others are tabs.
  const switches = '[data-section-id="switcher"] :is([role="tab"], [aria-haspopup="menu"])';
  const switchesOf = (root: Element) => [...root.querySelectorAll<HTMLElement>(switches)];
  /** Opens a menu. @returns its entries, which stand at the end of the page */
  const entriesOf = async (menu: HTMLElement) => {
    menu.click();
    for (;;) {
      await new Promise(requestAnimationFrame);
      const entries = [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')];
      const outside = entries.filter((entry) => !part.closest("body > *")?.contains(entry));
      if (outside.length > 0) return outside;
    }
  };
  /** Chooses one of the variants of a field. @returns what was clicked on; undefined after the last variant */
  const choose = async (id: string, option: number): Promise<HTMLElement | undefined> => {
    const found = switchesOf(part).filter((one) => fieldOf(one) === id);
    const menu = found.find((one) => one.ariaHasPopup === "menu");
    const options = menu ? await entriesOf(menu) : found;
    (options[option] ?? menu)?.click();
    await drawn();
    return options[option] && (menu ?? options[option]);
  };
  const unfold = async (root: Element) => {
    const folded = '[data-schema-nested-open="false"] > button';
    for (let depth = 0; depth < 3 && root.querySelector(folded); depth++) {
      for (const button of root.querySelectorAll<HTMLElement>(folded)) button.click();
      await drawn();
    }
  };
  const explore = async (root: Element, open: ReadonlySet<string>) => {
    await unfold(root);
    texts.push((root as HTMLElement).innerText);
    const ids = switchesOf(root).map((one) => fieldOf(one));
    // The outermost choices in this part: those within them are explored for each option.
    const outer = [...new Set(ids)].filter(
      (id) =>
        !open.has(id) && !ids.some((other) => other !== id && !open.has(other) && id.startsWith(`${other}/`)),
    );
    for (const id of outer) {
      for (let option = 0; ; option++) {
        const chosen = await choose(id, option);
        if (!chosen) break;
        const item = id === "" ? part : document.getElementById(id);
        // The fields of a variant that a field tells apart stand beside that field.
        const beside = chosen.closest('[data-testid="discriminator-schema"]') !== null;
        const within = beside ? item?.parentElement : item;
        if (within) await explore(within, new Set([...open, id]));
      }
    }
  };
  await explore(part, new Set());
  return texts.join("\n");
}

/** The values of the longest enumeration whose values are described. */
export function longestCatalogue(document: Document): string[] {
  return [...JSON.stringify(document).matchAll(/"x-enumDescriptions":(\{.*?\})/g)]
    .map(([, json]) => Object.keys(JSON.parse(json!) as object))
    .reduce((longest, values) => (values.length > longest.length ? values : longest));
}

/** The codes of the examples of errors. */
export function errorCodes(document: Document): string[] {
  const found = JSON.stringify(document).matchAll(/"error":\{[^{}]*"code":"(\w+)"/g);
  return [...new Set([...found].map(([, code]) => code!))];
}

/** The limits, defaults and values of an object's fields that do not stand in the lines after the field's name. */
export function missingFacts(
  document: Document,
  { properties = {} }: SchemaObject,
  shown: string[],
): string[] {
  const starts = Object.keys(properties).map((name) => shown.indexOf(name));
  return Object.entries(properties).flatMap(([name, property], index) => {
    const start = starts[index]!;
    const end = Math.min(...starts.filter((other) => other > start), shown.length);
    const about = shown.slice(start, end);
    const schema = deref<SchemaObject>(document, property as SchemaObject);
    const defaults = schema.default === undefined ? [] : [JSON.stringify(schema.default).replaceAll('"', "")];
    const afterDefault = about.slice(about.indexOf("Default:"));
    return [
      ...limits(schema).filter((limit) => !about.join(" ").includes(limit)),
      ...defaults.filter((value) => !afterDefault.includes(value)),
      ...Object.keys(schema["x-enumDescriptions"] ?? {}).filter((value) => !about.includes(value)),
    ].map((fact) => `${name}: ${fact}`);
  });
}

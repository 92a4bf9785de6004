/** Makes one document of many files: what other files hold becomes a component, or stands where it was referred to. */
import type { Document } from "../../document/model.ts";
import { type Kind, kindIn, type Path, SECTIONS, type Slot, slotOf } from "../../document/structure.ts";
import { InputError, type Place, type Problem } from "../../shared/input-error.ts";
import { isObject } from "../../shared/json.ts";
import { parsePointer, toPointer } from "../../shared/pointer.ts";
import { nameOf, safeName } from "./component-names.ts";
import { externalExample } from "./external-value.ts";
import { isLocation, mappingOf } from "./load.ts";
import { circle, MAX_CHAIN, nothingAt, tooLong, unfit } from "./reference-problems.ts";
import { type Found, MAX_SIZE, referenceOf, type Sources } from "./sources.ts";

export interface Bundle {
  /** Every reference in it is `#/components/{section}/{name}`. No object stands in it twice. */
  document: Document;
  /** From each object and list of the document to the one in a file that it is a copy of. */
  origins: Map<object, object>;
  /** What had to be left out, with its place. */
  warnings: Problem[];
}

/**
 * Bundles a document whose files have been loaded.
 *
 * A reference to another file, or to a place in the root file that is not a component, becomes a reference to a new
 * component. Path items, examples and texts are put in place of the reference.
 *
 * @param root the path of the root file
 * @throws {InputError} for references that lead to nothing or back to themselves, all at once
 */
export function bundle(root: string, sources: Sources): Bundle {
  return new Bundler(root, sources).run();
}

class Bundler {
  readonly #root: string;
  readonly #sources: Sources;
  readonly #origins = new Map<object, object>();
  readonly #problems = new Map<string, Problem>();
  readonly #warnings: Problem[] = [];
  /** The new components: their references by the place of what they hold. */
  readonly #lifted = new Map<string, string>();
  /** The components by section and name. */
  readonly #components: Record<string, Record<string, unknown>> = {};
  readonly #taken = new Set<string>();
  /** The schemas around the current one, from the outermost. */
  readonly #around: Record<string, unknown>[] = [];
  /** What is being put in place of a reference, so that none is put into itself. */
  readonly #inlining = new Set<unknown>();
  /** The references that lead back to themselves and have been reported. */
  readonly #circular = new Set<unknown>();
  /** The root's components that are references to elsewhere: what they refer to takes their name. */
  readonly #named = new Set<unknown>();
  /** How many objects and lists the bundle has so far. */
  #size = 0;

  constructor(root: string, sources: Sources) {
    this.#root = root;
    this.#sources = sources;
  }

  run(): Bundle {
    const content = this.#sources.find(this.#root, "")?.value as Record<string, unknown>;
    for (const section of SECTIONS.values())
      for (const [name, node] of Object.entries(this.#sectionOf(content, section)))
        this.#reserve(section, safeName(name), node);
    const document = this.#copyObject(content, "document", this.#root) as unknown as Document;
    const components = isObject(document.components) ? document.components : {};
    for (const [section, added] of Object.entries(this.#components)) {
      const own = components[section];
      components[section] = isObject(own) ? Object.assign(own, added) : added;
    }
    if (Object.keys(components).length > 0) document.components = components;
    if (this.#problems.size > 0) throw new InputError(...this.#problems.values());
    const warnings = [...this.#sources.warnings, ...this.#warnings];
    return { document, origins: this.#origins, warnings };
  }

  #reserve(section: string, name: string, node: unknown): void {
    this.#taken.add(`${section}/${name}`);
    const reference = referenceOf(node);
    const found = reference === undefined ? undefined : this.#find(this.#root, reference);
    if (!found || found.file === this.#root) return;
    const key = `${section} ${found.file}#${found.pointer}`;
    if (this.#lifted.has(key)) return;
    this.#lifted.set(key, `#${toPointer(["components", section, name])}`);
    this.#named.add(node);
  }

  #sectionOf(content: Record<string, unknown>, section: string): Record<string, unknown> {
    const components = content["components"];
    const map = isObject(components) ? components[section] : undefined;
    return isObject(map) ? map : {};
  }

  #copySlot(value: unknown, slot: Slot, file: string): unknown {
    const kind = kindIn(slot);
    const reference = referenceOf(value);
    if (reference !== undefined)
      return this.#resolve(value as Record<string, unknown>, reference, slot, file);
    if (kind === slot) return isObject(value) ? this.#copyObject(value, kind, file) : this.#copyData(value);
    if (slot.endsWith("]") && Array.isArray(value))
      return this.#made(
        value,
        value.map((item) => this.#copySlot(item, kind, file)),
      );
    if (!slot.endsWith("}") || !isObject(value)) return this.#copyData(value);
    const copy: Record<string, unknown> = this.#made(value, {});
    for (const [name, item] of Object.entries(value)) {
      const made = kind === "example" ? this.#copyExample(item, file) : this.#copySlot(item, kind, file);
      if (made !== undefined) copy[name] = made;
    }
    return copy;
  }

  #copyObject(value: Record<string, unknown>, kind: Kind, file: string): Record<string, unknown> {
    const copy: Record<string, unknown> = this.#made(value, {});
    if (kind === "schema") this.#around.push(value);
    for (const [name, member] of Object.entries(value)) {
      const slot = slotOf(kind, name);
      const made = slot === undefined ? this.#copyData(member) : this.#copySlot(member, slot, file);
      copy[name] = kind === "components" && isObject(made) ? withSafeNames(made) : made;
    }
    if (kind === "schema") {
      this.#around.pop();
      this.#copyMapping(value, copy, file);
    }
    return copy;
  }

  #copyData(value: unknown): unknown {
    if (Array.isArray(value))
      return this.#made(
        value,
        value.map((item) => this.#copyData(item)),
      );
    if (!isObject(value)) return value;
    const copy: Record<string, unknown> = this.#made(value, {});
    for (const [name, member] of Object.entries(value)) copy[name] = this.#copyData(member);
    return copy;
  }

  /** Notes what an object or list is a copy of. */
  #made<T extends object>(original: object, copy: T): T {
    this.#origins.set(copy, original);
    this.#size++;
    if (this.#size > MAX_SIZE)
      throw new InputError({
        place: this.#sources.place(original),
        message: `The document has more than ${MAX_SIZE.toLocaleString("en")} objects and lists once its files are put together.`,
        advice: "Look for a large file that many references repeat.",
      });
    return copy;
  }

  /** @returns nothing for an example whose value cannot be had */
  #copyExample(value: unknown, file: string): unknown {
    const found = this.#target(value, file);
    const node = found?.value ?? value;
    const copy = this.#copySlot(value, "example", file);
    if (!isObject(node) || !isObject(copy)) return copy;
    const made = externalExample(copy, this.#sources, found?.file ?? file);
    if (made.warning === undefined) return made.example;
    this.#warnings.push({ place: this.#sources.place(node, ["externalValue"]), ...made.warning });
    return undefined;
  }

  /** What a reference leads to, behind all references between; undefined for a value that is not a reference. */
  #target(node: unknown, file: string): Found | undefined {
    const chain: string[] = [];
    const seen = new Set([node]);
    let found: Found = { file, pointer: "", value: node };
    for (let name = referenceOf(node); name !== undefined; name = referenceOf(found.value)) {
      const next = this.#find(found.file, name);
      if (!next) return this.#unresolved(found.value, name, nothingAt);
      chain.push(name);
      if (seen.has(next.value)) {
        if (![...seen].some((member) => this.#circular.has(member)))
          this.#unresolved(node, chain.join(" -> "), circle);
        for (const member of seen) this.#circular.add(member);
        return undefined;
      }
      if (chain.length > MAX_CHAIN) throw tooLong(this.#sources.place(node as object, ["$ref"]));
      seen.add(next.value);
      found = next;
    }
    return chain.length > 0 ? found : undefined;
  }

  /** The value that a reference names; `#/$defs/X` may also mean the definitions of a schema around it. */
  #find(file: string, reference: string): Found | undefined {
    const found = this.#sources.find(file, reference);
    if (found) return found;
    const [, keyword = "", name = ""] = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(reference) ?? [];
    const [key = ""] = parsePointer(`#/${name}`);
    const holder = this.#around.findLast((schema) => {
      const definitions = schema[keyword];
      return isObject(definitions) && Object.hasOwn(definitions, key);
    });
    const value = (holder?.[keyword] as Record<string, unknown> | undefined)?.[key];
    return value === undefined ? undefined : { file, pointer: toPointer(["$defs", key]), value };
  }

  #unresolved(node: unknown, text: string, problem: (text: string, place: Place) => Problem): undefined {
    const made = problem(text, this.#sources.place(node as object, ["$ref"]));
    this.#problems.set(made.message, this.#problems.get(made.message) ?? made);
  }

  #resolve(node: Record<string, unknown>, reference: string, slot: Slot, file: string): unknown {
    const kind = kindIn(slot);
    const siblings = Object.keys(node).length > 1;
    const behind = this.#target(node, file);
    const found = this.#find(file, reference);
    if (!behind || !found) return this.#made(node, {});
    if (!isFit(behind.value, slot)) return this.#unresolved(node, reference, unfit) ?? this.#made(node, {});
    const elsewhere = found.file !== this.#root;
    const inline = kind !== slot || !SECTIONS.has(kind) || this.#named.has(node);
    if (inline || (elsewhere && (kind === "pathItem" || kind === "example"))) {
      if (this.#inlining.has(behind.value))
        return this.#unresolved(node, reference, circle) ?? this.#made(node, {});
      this.#inlining.add(behind.value);
      const copy = this.#copySlot(behind.value, slot, behind.file);
      this.#inlining.delete(behind.value);
      return siblings && isObject(copy) ? Object.assign(copy, this.#siblings(node, kind, file)) : copy;
    }
    const copy = siblings ? this.#copyObject(node, kind, file) : this.#made(node, {});
    return Object.assign(copy, { $ref: this.#component(found, kind) });
  }

  #siblings(node: Record<string, unknown>, kind: Kind, file: string): Record<string, unknown> {
    const { $ref: _, ...rest } = this.#copyObject(node, kind, file);
    return rest;
  }

  /** The reference to the component that holds a value; a new component unless the value is one of the root's. */
  #component({ file, pointer, value }: Found, kind: Kind): string {
    const section = SECTIONS.get(kind) as string;
    const [top, in_, name, ...rest] = parsePointer(pointer);
    if (
      file === this.#root &&
      top === "components" &&
      in_ === section &&
      name !== undefined &&
      rest.length === 0
    )
      return `#${toPointer(["components", section, safeName(name)])}`;
    const key = `${section} ${file}#${pointer}`;
    const known = this.#lifted.get(key);
    if (known !== undefined) return known;
    const root = file === this.#root ? (this.#sources.find(file, "")?.value as Document) : undefined;
    const base = nameOf(pointer, file, root);
    let unique = base;
    for (let count = 2; this.#taken.has(`${section}/${unique}`); count++) unique = `${base}-${count}`;
    this.#taken.add(`${section}/${unique}`);
    const reference = `#${toPointer(["components", section, unique])}`;
    this.#lifted.set(key, reference);
    const made = this.#copySlot(value, kind, file);
    this.#components[section] = { ...this.#components[section], [unique]: made };
    return reference;
  }

  /** Brings a mapping's targets into the bundle. One that leads nowhere is left out: a value without a type does no harm. */
  #copyMapping(schema: Record<string, unknown>, copy: Record<string, unknown>, file: string): void {
    for (const [name, target] of mappingOf(schema)) {
      if (!isLocation(target)) continue;
      const mapping = (copy["discriminator"] as { mapping: Record<string, unknown> }).mapping;
      const found = this.#find(file, target);
      if (found) mapping[name] = this.#component(found, "schema");
      else {
        delete mapping[name];
        const path: Path = ["discriminator", "mapping", name];
        this.#warnings.push({ ...nothingAt(target, this.#sources.place(schema, path)) });
      }
    }
  }
}

/** Renames components in place, so that the map keeps its origin. */
function withSafeNames(section: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(section);
  if (entries.every(([name]) => safeName(name) === name)) return section;
  for (const [name] of entries) delete section[name];
  return Object.assign(section, Object.fromEntries(entries.map(([name, value]) => [safeName(name), value])));
}

/** Whether a value can stand where a reference to it does: an object, but for texts, lists and boolean schemas. */
function isFit(value: unknown, slot: Slot): boolean {
  if (slot.endsWith("]")) return Array.isArray(value);
  return isObject(value) || slot === "text" || (slot === "schema" && typeof value === "boolean");
}

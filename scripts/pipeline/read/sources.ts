/** The files that a document is read from, and where in them each part of it was written. */
import { BaseResolver, type Source } from "@redocly/openapi-core";
import { isMap } from "yaml";
import { InputError, type Place } from "../../shared/input-error.ts";
import { at, parsePointer } from "../../shared/pointer.ts";
import { member, type Positions, positionsIn } from "../../shared/positions.ts";

export type Path = readonly (string | number)[];

/** Where an object or a list came from: the member of another one, or else the whole content of a file. */
interface Origin {
  source: Source;
  parent?: { node: object; key: string };
}

interface SourcePositions extends Positions {
  source: Source;
}

/**
 * Loads files for the bundler and remembers what each object in them is. The bundler moves these objects about but
 * does not copy them, so that an object of the bundle tells where it was written.
 */
export class Sources extends BaseResolver {
  readonly #onFile: (file: string) => void;
  readonly #contents = new Map<string, { source: Source; content: unknown }>();
  readonly #origins = new Map<object, Origin>();
  readonly #positions = new Map<Source, SourcePositions>();

  /** @param onFile told of each local file before it is read, whether or not it is there */
  constructor(config: ConstructorParameters<typeof BaseResolver>[0], onFile: (file: string) => void) {
    super(config);
    this.#onFile = onFile;
  }

  override loadExternalRef(absoluteRef: string): Promise<Source> {
    if (!URL.canParse(absoluteRef)) this.#onFile(absoluteRef);
    return super.loadExternalRef(absoluteRef);
  }

  /** @throws {InputError} when an alias stands inside of what it names */
  override parseDocument(source: Source, isRoot?: boolean): ReturnType<BaseResolver["parseDocument"]> {
    const document = super.parseDocument(source, isRoot);
    this.#contents.set(source.absoluteRef, { source, content: document.parsed });
    this.#remember(document.parsed, { source }, new Set());
    return document;
  }

  #remember(node: unknown, origin: Origin, within: Set<unknown>): void {
    if (typeof node !== "object" || node === null) return;
    if (within.has(node) && origin.parent)
      throw new InputError({
        place: this.place(origin.parent.node, [origin.parent.key]),
        message: "This alias stands inside of what it names.",
        advice: "Use a $ref for a schema that contains itself.",
      });
    if (this.#origins.has(node)) return;
    this.#origins.set(node, origin);
    within.add(node);
    for (const [key, value] of Object.entries(node))
      this.#remember(value, { source: origin.source, parent: { node, key } }, within);
    within.delete(node);
  }

  /** Whether an object of the bundle was written in a file, rather than added by the bundler. */
  has(node: unknown): node is object {
    return this.#origins.has(node as object);
  }

  /** Where an object of the bundle was written, or the member that the path leads to from there, as far as it goes. */
  place(node: object, path: Path = []): Place {
    const full = [...path];
    let origin = this.#origins.get(node);
    for (; origin?.parent; origin = this.#origins.get(origin.parent.node)) full.unshift(origin.parent.key);
    if (!origin) throw new Error("This object is not of the bundle.");
    return this.#placeIn(origin.source, full);
  }

  #placeIn(start: Source, path: Path): Place {
    let positions = this.#positionsOf(start);
    let node: unknown = positions.contents;
    let mark: unknown = node;
    for (const key of path) {
      let next = member(node, key);
      if (!next) {
        // The bundler put the content of a file in place of a reference to it.
        const behind = this.#behind(positions, node);
        if (behind) {
          positions = behind.positions;
          next = member(behind.node, key);
        }
      }
      if (!next) break;
      node = next.value;
      mark = next.mark;
    }
    return { file: positions.source.absoluteRef, ...positions.of(mark) };
  }

  /** The reference, or the name of a mapping's target, that is written at a pointer of a file. */
  referenceAt({ absoluteRef }: Source, pointer: string): string | undefined {
    // The bundler's pointers look like URI fragments but are not encoded as such.
    const node = at(this.#contents.get(absoluteRef)?.content, pointer.replace(/^#/, ""));
    return typeof node === "string" ? node : referenceOf(node);
  }

  #behind(
    positions: SourcePositions,
    node: unknown,
  ): { positions: SourcePositions; node: unknown } | undefined {
    const reference = isMap(node) ? node.get("$ref") : undefined;
    if (typeof reference !== "string") return undefined;
    const { file, pointer } = this.#split(positions.source.absoluteRef, reference);
    const target = this.#contents.get(file);
    if (!target) return undefined;
    const found = this.#positionsOf(target.source);
    let at: unknown = found.contents;
    for (const key of parsePointer(pointer)) at = member(at, key)?.value;
    return { positions: found, node: at };
  }

  #positionsOf(source: Source): SourcePositions {
    const known = this.#positions.get(source);
    if (known) return known;
    const made = { source, ...positionsIn(source.body) };
    this.#positions.set(source, made);
    return made;
  }

  #split(base: string, reference: string): { file: string; pointer: string } {
    const [file = "", pointer = ""] = reference.split("#");
    return { file: file === "" ? base : this.resolveExternalRef(base, file), pointer: `#${pointer}` };
  }

  /** References that lead back to themselves with nothing but references between: one object of each such circle. */
  circles(): { node: object; chain: string[] }[] {
    const found: { node: object; chain: string[] }[] = [];
    const done = new Set<unknown>();
    for (const [start, { source }] of this.#origins) {
      const chain = new Map<unknown, string>();
      let node: unknown = start;
      let file = source.absoluteRef;
      for (let ref = referenceOf(node); ref !== undefined && !done.has(node); ref = referenceOf(node)) {
        done.add(node);
        chain.set(node, ref);
        const target = this.#split(file, ref);
        file = target.file;
        node = at(this.#contents.get(file)?.content, target.pointer);
        if (chain.has(node)) found.push({ node: node as object, chain: [...chain.values()] });
      }
    }
    return found;
  }
}

function referenceOf(node: unknown): string | undefined {
  const reference = typeof node === "object" && node !== null && "$ref" in node ? node.$ref : undefined;
  return typeof reference === "string" ? reference : undefined;
}

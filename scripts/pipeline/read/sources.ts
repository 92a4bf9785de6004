/** The files that a document is read from: loaded once, and searchable for the place of each value. */
import { dirname } from "node:path";
import { BaseResolver, Source } from "@redocly/openapi-core";
import { isMap } from "yaml";
import type { Path } from "../../document/structure.ts";
import { InputError, type Place, type Problem } from "../../shared/input-error.ts";
import { isObject } from "../../shared/json.ts";
import { at, parsePointer, toPointer } from "../../shared/pointer.ts";
import { member, type Positions, positionsIn } from "../../shared/positions.ts";
import { type Access, Refusal, readLocal, readRemote, textOf } from "./files.ts";

/**
 * How many objects, lists and lines of text a file may have once its YAML aliases are written out, and the document once
 * it is bundled. OpenAI's document has 200,000.
 */
export const MAX_SIZE = 1_000_000;
const LINE = 100;

/** Where an object or a list stands: a member of another one, or the whole content of a file. */
interface Origin {
  source: Source;
  parent?: { node: object; key: string };
}

interface SourcePositions extends Positions {
  source: Source;
}

/** A value in a file. */
export interface Found {
  /** The absolute path or URL of the file. */
  file: string;
  /** The value's JSON Pointer in the file; empty for the whole content. */
  pointer: string;
  value: unknown;
}

/** Loads and parses files, and remembers where each object and list in them stands. */
export class Sources extends BaseResolver {
  /** What was left out of the files, with its place. */
  readonly warnings: Problem[] = [];
  readonly #onFile: (file: string) => void;
  readonly #contents = new Map<string, { source: Source; content: unknown }>();
  readonly #origins = new Map<object, Origin>();
  readonly #sizes = new Map<object, number>();
  readonly #bytes = new Map<string, Uint8Array | Refusal>();
  readonly #positions = new Map<Source, SourcePositions>();

  readonly #root: string;
  readonly #access: Access;

  /**
   * @param root the absolute path of the root file, beside and below which the other files are
   * @param onFile called with each local file before it is read, even if it does not exist
   */
  constructor(root: string, onFile: (file: string) => void, access: Access = {}) {
    super();
    this.#onFile = onFile;
    this.#root = root;
    this.#access = access;
  }

  /** The root file was named by the user, so that it may be a link to anywhere. */
  #read(file: string): Promise<Uint8Array> {
    const anywhere = this.#access.allowOutside || file === this.#root;
    return readLocal(file, anywhere ? undefined : dirname(this.#root));
  }

  /** @throws {Refusal} for a file that is not to be read, or is not text in UTF-8 */
  override async loadExternalRef(absoluteRef: string): Promise<Source> {
    if (URL.canParse(absoluteRef)) {
      const { bytes, mimeType } = await readRemote(absoluteRef, this.#access);
      return new Source(absoluteRef, textOf(bytes), mimeType);
    }
    this.#onFile(absoluteRef);
    return new Source(absoluteRef, textOf(await this.#read(absoluteRef)));
  }

  /** @throws {InputError} when a YAML alias stands inside the value that it names */
  override parseDocument(source: Source, isRoot?: boolean): ReturnType<BaseResolver["parseDocument"]> {
    const document = super.parseDocument(source, isRoot);
    this.#contents.set(source.absoluteRef, { source, content: document.parsed });
    this.#remember(document.parsed, { source }, new Set());
    return document;
  }

  /** @returns how many objects, lists and lines of text a value has once its aliases are written out */
  #remember(node: unknown, origin: Origin, within: Set<unknown>): number {
    if (typeof node === "string") return Math.floor(node.length / LINE);
    if (typeof node !== "object" || node === null) return 0;
    if (within.has(node) && origin.parent)
      throw new InputError({
        place: this.place(origin.parent.node, [origin.parent.key]),
        message: "This alias stands inside the value that it names.",
        advice: "Use a $ref for a schema that contains itself.",
      });
    const known = this.#sizes.get(node);
    if (known !== undefined) return known;
    this.#origins.set(node, origin);
    within.add(node);
    let size = 1;
    for (const [key, value] of Object.entries(node))
      if (key === "__proto__") this.#leaveOut(node, key);
      else size += this.#remember(value, { source: origin.source, parent: { node, key } }, within);
    within.delete(node);
    this.#sizes.set(node, size);
    if (size > MAX_SIZE)
      throw new InputError({
        place: this.place(node),
        message: `There are more than ${MAX_SIZE.toLocaleString("en")} objects, lists and lines of text here.`,
        advice: "Look for YAML aliases that multiply one another, or split the document.",
      });
    return size;
  }

  /** A member of this name would change the object that it is copied to, here and in the tools of the stages. */
  #leaveOut(node: object, key: "__proto__"): void {
    this.warnings.push({
      place: this.place(node, [key]),
      message: `The name ${key} has another meaning in JavaScript. It is left out.`,
      advice: "Give it another name.",
    });
    Reflect.deleteProperty(node, key);
  }

  /**
   * The value that a reference names.
   *
   * @param base the file that the reference is written in
   * @param reference a URI reference: a file, a pointer (`#/…`), or both
   * @returns undefined when the file was not loaded or has no such value
   */
  find(base: string, reference: string): Found | undefined {
    const { file, pointer } = this.#split(base, reference);
    const value = at(this.#contents.get(file)?.content, pointer);
    return value === undefined ? undefined : { file, pointer, value };
  }

  /** The absolute path or URL of the file that a reference names. */
  fileOf(base: string, reference: string): string {
    return this.#split(base, reference).file;
  }

  #split(base: string, reference: string): { file: string; pointer: string } {
    const hash = reference.indexOf("#");
    const name = hash < 0 ? reference : reference.slice(0, hash);
    const pointer = hash < 0 ? "" : toPointer(parsePointer(reference.slice(hash)));
    return { file: name === "" ? base : this.resolveExternalRef(base, name), pointer };
  }

  /** The content of a local file that `loadBytes` has read, or why it was not to be read. */
  bytesOf(file: string): Uint8Array | Refusal | undefined {
    return this.#bytes.get(file);
  }

  /** Reads a local file as bytes. One that is not there is left out. */
  async loadBytes(file: string): Promise<void> {
    this.#onFile(file);
    const bytes = await this.#read(file).catch((error: unknown) =>
      error instanceof Refusal ? error : undefined,
    );
    if (bytes) this.#bytes.set(file, bytes);
  }

  /** The file and line of an object or list that was read, or of the member that a path leads to from there. */
  place(node: object, path: Path = []): Place {
    const full = [...path];
    let origin = this.#origins.get(node);
    for (; origin?.parent; origin = this.#origins.get(origin.parent.node)) full.unshift(origin.parent.key);
    if (!origin) throw new Error("This object was not read from a file.");
    return this.#placeIn(origin.source, full);
  }

  #placeIn(start: Source, path: Path): Place {
    let positions = this.#positionsOf(start);
    let node: unknown = positions.contents;
    let mark: unknown = node;
    for (const key of path) {
      let next = member(node, key);
      if (!next) {
        // The bundler puts the content of a file in place of a reference to it.
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
    let value: unknown = found.contents;
    for (const key of parsePointer(pointer)) value = member(value, key)?.value;
    return { positions: found, node: value };
  }

  #positionsOf(source: Source): SourcePositions {
    const known = this.#positions.get(source);
    if (known) return known;
    const made = { source, ...positionsIn(source.body) };
    this.#positions.set(source, made);
    return made;
  }
}

/** The reference that a value is; undefined for any other value. */
export function referenceOf(node: unknown): string | undefined {
  const reference = isObject(node) ? node["$ref"] : undefined;
  return typeof reference === "string" ? reference : undefined;
}

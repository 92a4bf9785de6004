/** Loads every file that a document refers to, before it is bundled. */
import { YamlParseError } from "@redocly/openapi-core";
import { kindIn, type Slot, walk } from "../../document/structure.ts";
import type { Problem } from "../../shared/input-error.ts";
import { isObject } from "../../shared/json.ts";
import { messageOf } from "../../shared/text.ts";
import { Refusal } from "./files.ts";
import { REFERENCE_ADVICE } from "./reference-problems.ts";
import { referenceOf, type Sources } from "./sources.ts";

/**
 * Loads the files that a document refers to, and those that they refer to.
 *
 * @param root the root file, which `sources` has loaded
 * @returns what is wrong with them: files that cannot be had or parsed, references to nothing, each once
 */
export async function loadReferences(root: string, sources: Sources): Promise<Problem[]> {
  const problems = new Map<string, Problem>();
  const add = (problem: Problem) => {
    // Several references to what is missing are one problem.
    problems.set(problem.message, problems.get(problem.message) ?? problem);
  };
  const seen = new Set<string>();

  const follow = async (value: unknown, slot: Slot, file: string): Promise<void> => {
    for (const { node, slot: inner } of walk(value, slot)) {
      const reference = referenceOf(node);
      if (kindIn(inner) === "example") await loadExternalValue(node["externalValue"], file);
      if (reference !== undefined) await load(reference, node, ["$ref"], inner, file);
      if (kindIn(inner) !== "schema") continue;
      for (const [name, target] of mappingOf(node))
        if (isLocation(target)) await load(target, node, ["discriminator", "mapping", name], inner, file);
    }
  };
  const load = async (reference: string, node: object, path: string[], slot: Slot, file: string) => {
    const target = sources.fileOf(file, reference);
    const problem = await sources.resolveDocument(null, target, target === root).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (problem instanceof YamlParseError) return add(unreadable(problem));
    if (problem !== undefined) return add(missing(reference, problem, sources.place(node, path)));
    const found = sources.find(file, reference);
    const key = `${slot} ${target}#${found?.pointer}`;
    if (!found || seen.has(key)) return;
    seen.add(key);
    // What is inside the root file is reached without this reference.
    if (target !== root) await follow(found.value, slot, target);
  };
  const loadExternalValue = async (value: unknown, file: string) => {
    if (typeof value === "string" && !URL.canParse(value) && !URL.canParse(file))
      await sources.loadBytes(sources.fileOf(file, value));
  };

  await follow(sources.find(root, "")?.value, "document", root);
  return [...problems.values()];
}

/** The names and targets of a schema's discriminator mapping. */
export function mappingOf(schema: Record<string, unknown>): [name: string, target: string][] {
  const discriminator = schema["discriminator"];
  const mapping = isObject(discriminator) ? discriminator["mapping"] : undefined;
  return Object.entries(isObject(mapping) ? mapping : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
}

/** Whether a target of a mapping is a location, rather than the name of a component. */
export function isLocation(target: string): boolean {
  return /[#/]|\.(ya?ml|json)$/.test(target);
}

/** The problem of a file that is not YAML or JSON, or is nested more deeply than the parser follows. */
export function unreadable({ source, line, col, message }: YamlParseError): Problem {
  const place = { file: source.absoluteRef, ...(Number.isInteger(line) && { line, column: col }) };
  const depth = /nesting exceeded maxDepth \((\d+)\)/.exec(message)?.[1];
  if (depth !== undefined)
    return {
      place,
      message: `Objects or lists are nested more than ${depth} deep.`,
      advice: "Give the inner ones names among the components.",
    };
  return {
    place,
    // The library repeats the file, and the place in it.
    message: `${message
      .replace("Failed to parse: ", "")
      .replace(/ in "[^"]+"/, "")
      .replace(/ \(\d+:\d+\)$/, "")}.`,
    advice: "Correct the YAML or JSON there: check indentation, quotes, brackets and colons.",
  };
}

function missing(reference: string, reason: unknown, place: Problem["place"] & object): Problem {
  const name = reference.split("#")[0] ?? "";
  if (reason instanceof Refusal)
    return { place, message: `${name} ${reason.message}.`, advice: reason.advice };
  const isMissing = reason instanceof Error && "code" in reason && reason.code === "ENOENT";
  const message = isMissing
    ? `There is no file ${name}.`
    : `${reference} cannot be read: ${messageOf(reason)}.`;
  return { place, message, advice: REFERENCE_ADVICE };
}

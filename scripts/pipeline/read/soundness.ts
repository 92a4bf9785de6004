/** Faults that make a document useless to every stage, whatever its style. */
import type { Document } from "../../document/model.ts";
import { operations } from "../../document/operations.ts";
import { type Fault, misshapen } from "./shape.ts";

/**
 * Looks for what no stage can take: members that are not of the form that OpenAPI gives them, and operations that
 * share a name. References that lead nowhere, or back to themselves, are found when the files are read.
 */
export function soundness(document: Document): Fault[] {
  const faults = misshapen(document);
  return faults.length > 0 ? faults : [...duplicates(document)];
}

function* duplicates(document: Document): Generator<Fault> {
  const seen = new Map<string, string>();
  for (const { path, method, operation } of operations(document)) {
    const { operationId } = operation;
    if (operationId === undefined) continue;
    const first = seen.get(operationId);
    if (first !== undefined)
      yield {
        path: ["paths", path, method, "operationId"],
        message: `The operationId ${operationId} is taken by ${first}.`,
        advice: "Give each operation an operationId of its own: types, client and mock are named after it.",
      };
    else seen.set(operationId, `${method.toUpperCase()} ${path}`);
  }
}

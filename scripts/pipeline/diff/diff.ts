/** What changed between two contracts, from their files. */
import { readContract } from "../read/contract.ts";
import { type Change, highest, type Level } from "./change.ts";
import { compareDocuments } from "./documents.ts";
import { refusedRequests } from "./requests.ts";

/** What changed, and how severe the most severe of it is. */
export interface Diff {
  level: Level;
  changes: Change[];
}

/** A diff with the versions of the two documents. */
export interface VersionedDiff extends Diff {
  versions: { old: string; now: string };
}

/**
 * Compares two OpenAPI 3 documents, with the files that they refer to.
 *
 * @param old the root file of the old one, YAML or JSON
 * @param now the root file of the new one
 * @throws {InputError} when one of them cannot be read
 */
export async function diff(old: string, now: string): Promise<VersionedDiff> {
  const [before, after] = [await readContract(old), await readContract(now)];
  const changes = [
    ...compareDocuments(before.document, after.document),
    ...refusedRequests(before.document, after.document),
  ];
  return {
    level: highest(changes),
    changes,
    versions: { old: before.document.info.version, now: after.document.info.version },
  };
}

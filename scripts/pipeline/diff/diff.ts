/** What changed between two contracts, from their files. */
import { toPublished } from "../../openai/published.ts";
import type { Problem } from "../../shared/input-error.ts";
import { type Contract, readContract } from "../read/contract.ts";
import type { Access } from "../read/files.ts";
import { type Change, highest, type Level } from "./change.ts";
import { compareDocuments } from "./documents.ts";
import { refusedRequests } from "./requests.ts";

/** What changed, and how severe the most severe of it is. */
export interface Diff {
  level: Level;
  changes: Change[];
  /** The tag or commit of the old contract, where it came from the repository's history. */
  release?: string;
  /** What was left out of the documents, and so is not compared. */
  warnings?: readonly Problem[];
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
 * @param access what the documents may refer to beyond their folders
 * @throws {InputError} when one of them cannot be read
 */
export async function diff(old: string, now: string, access: Access = {}): Promise<VersionedDiff> {
  const read = (file: string) => readContract(file, undefined, access);
  const [was, is] = [await read(old), await read(now)];
  return { ...diffContracts(was, is), warnings: [...was.warnings, ...is.warnings] };
}

/**
 * Compares two contracts.
 *
 * @param more changes that were found by other means
 */
export function diffContracts(
  before: Contract,
  after: Contract,
  more: readonly Change[] = [],
): VersionedDiff {
  // A released contract has its examples as they are published, and one that is being written as they are edited.
  const [old, now] = [toPublished(before.document), toPublished(after.document)];
  const changes = [...compareDocuments(old, now), ...refusedRequests(old, now), ...more];
  return {
    level: highest(changes),
    changes,
    versions: { old: old.info.version, now: now.info.version },
  };
}

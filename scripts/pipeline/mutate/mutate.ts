/** Mutation testing of a contract: every small change must be noticed by a check. */
import { matchesGlob } from "node:path";
import type { Document } from "../../document/model.ts";
import { formatPlace, type Place } from "../../shared/input-error.ts";
import type { Contract } from "../read/contract.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";

/** Checks that are run together. */
export interface CheckGroup {
  /** What finds it: `rules`, `requests`. */
  name: string;
  /** By name; each throws, or rejects, where what it checks does not hold. */
  checks: Record<string, (document: Document) => unknown>;
  /** Whether the group can notice a change at a path. Default: at any. */
  sees?: (path: Mutant["path"], document: Document) => boolean;
}

/** A mutant that may survive. */
export interface Excuse {
  /** The operator and the path, as the score prints them: `minLength dropped at components/…`. */
  mutant: string;
  reason: string;
}

/** A mutant that no check noticed. */
interface Survivor {
  operator: string;
  path: string;
  place: Place;
}

export interface Score {
  /** How many mutants there were. */
  mutants: number;
  /** How many were noticed first by each group. */
  caught: Record<string, number>;
  /** How many survived with a reason. */
  excused: number;
  survivors: Survivor[];
}

export interface MutateOptions {
  /** A glob over the paths of mutants, such as `components/schemas/Model/**`. Default: all. */
  only?: string;
  excuses?: readonly Excuse[];
  /** Each how many-th mutant is tried. Default: 1. */
  every?: number;
}

/**
 * Makes each mutant in turn, and runs the groups in their order until one notices it. A group that does not hold for
 * the contract itself would notice everything: run it on that first.
 */
export async function mutate(
  contract: Pick<Contract, "document" | "locate">,
  groups: readonly CheckGroup[],
  { only = "**", excuses = [], every = 1 }: MutateOptions = {},
): Promise<Score> {
  const score: Score = { mutants: 0, caught: {}, excused: 0, survivors: [] };
  const excused = new Set(excuses.map(({ mutant }) => mutant));
  let index = 0;
  for (const mutant of mutantsOf(contract.document)) {
    const path = mutant.path.join("/");
    if (!matchesGlob(path, only) || index++ % every !== 0) continue;
    score.mutants++;
    const name = await noticedBy(groups, mutant);
    if (name !== undefined) score.caught[name] = (score.caught[name] ?? 0) + 1;
    else if (excused.has(`${mutant.operator} at ${path}`)) score.excused++;
    else score.survivors.push({ operator: mutant.operator, path, place: contract.locate(mutant.path) });
  }
  return score;
}

/** The first group that notices a mutant. */
async function noticedBy(groups: readonly CheckGroup[], { path, document }: Mutant) {
  for (const { name, checks, sees } of groups) {
    if (sees && !sees(path, document)) continue;
    for (const check of Object.values(checks)) {
      try {
        await check(document);
      } catch {
        return name;
      }
    }
  }
  return undefined;
}

/** A score as text: each survivor with its place, then the numbers. */
export function formatScore({ mutants, caught, excused, survivors }: Score): string {
  const lines = survivors.map(
    ({ operator, path, place }) => `${formatPlace(place)}  ${operator}  at ${path}\n`,
  );
  const noticed = mutants - survivors.length - excused;
  const share = mutants === excused ? 100 : Math.floor((1000 * noticed) / (mutants - excused)) / 10;
  const counts = Object.entries(caught).map(([name, count]) => `${count} by ${name}`);
  const listed = excused > 0 ? `, ${excused} survive with a reason` : "";
  return `${lines.join("")}${noticed} of ${mutants} mutants caught (${share} %): ${counts.join(", ")}${listed}\n`;
}

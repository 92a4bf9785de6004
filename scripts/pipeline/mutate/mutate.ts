/** Mutation testing of a contract: every small change must be noticed by a check. */
import { matchesGlob } from "node:path";
import { formatPlace, type Place } from "../../shared/input-error.ts";
import { highest, type Level } from "../diff/change.ts";
import { compareDocuments } from "../diff/documents.ts";
import { type Contract, readContract } from "../read/contract.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";

/** A mutant that no check noticed. */
interface Survivor {
  operator: string;
  path: string;
  place: Place;
}

export interface Score {
  /** How many mutants there were. */
  mutants: number;
  /** How many were noticed, by the level at which `diff` rates them. */
  caught: Record<Exclude<Level, "none">, number>;
  survivors: Survivor[];
}

/**
 * Makes each mutant in turn and rates it against the original. What has a level is caught: `npm test` fails until
 * `info.version` has moved as that level demands.
 *
 * @param input the root file of the contract
 * @param only a glob over the paths of mutants, such as `components/schemas/Model/**`
 * @throws {InputError} when the contract cannot be read
 */
export async function mutate(input: string, only = "**"): Promise<Score> {
  const contract = await readContract(input);
  const score: Score = { mutants: 0, caught: { major: 0, minor: 0, patch: 0 }, survivors: [] };
  for (const mutant of mutantsOf(contract.document)) {
    const path = mutant.path.join("/");
    if (!matchesGlob(path, only)) continue;
    score.mutants++;
    const level = levelOf(contract, mutant);
    if (level === "none")
      score.survivors.push({ operator: mutant.operator, path, place: contract.locate(mutant.path) });
    else score.caught[level]++;
  }
  return score;
}

function levelOf(contract: Contract, { document }: Mutant): Level {
  return highest(compareDocuments(contract.document, document));
}

/** A score as text: each survivor with its place, then the numbers. */
export function formatScore({ mutants, caught, survivors }: Score): string {
  const lines = survivors.map(
    ({ operator, path, place }) => `${formatPlace(place)}  ${operator}  at ${path}\n`,
  );
  const noticed = mutants - survivors.length;
  const share = mutants === 0 ? 100 : Math.floor((1000 * noticed) / mutants) / 10;
  const counts = Object.entries(caught).map(([level, count]) => `${count} ${level}`);
  return `${lines.join("")}${noticed} of ${mutants} mutants caught (${share} %): ${counts.join(", ")}\n`;
}

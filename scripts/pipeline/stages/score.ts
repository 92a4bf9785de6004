/** Redocly's rating of a document: how well an AI agent that has only the document can use the API. */
import type { Document } from "../../document/model.ts";
import { DOCUMENT, redocly } from "./redocly.ts";

/** From 0 to 100 each. */
export interface Score {
  /** Whether an agent can call it right: descriptions, examples, limits, errors, and how simple the schemas are. */
  agentReadiness: number;
  /** Whether an agent can find what it needs: names, summaries, tags. */
  discoverability: number;
  /** What `agentReadiness` is made of, such as `documentationQuality`: from 0 to 1 each. */
  subscores: Record<string, number>;
  /** The rating of each operation, by its ID. */
  operationScores: Record<string, { agentReadiness: number }>;
}

/** @see https://redocly.com/docs/cli/commands/score */
export async function score(document: Document): Promise<Score> {
  const text = await redocly(document, ["score", DOCUMENT, "--format", "json"]);
  return JSON.parse(text) as Score;
}

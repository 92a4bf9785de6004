/** The worker of `lint.ts`: takes a document, sends what Spectral finds in it, and ends. */
import { parentPort, workerData } from "node:worker_threads";
import spectralCore, { type RulesetDefinition } from "@stoplight/spectral-core";
import type { Document } from "../../document/model.ts";
import { messageOf } from "../../shared/text.ts";
import type { RawFinding } from "./lint.ts";

const SEVERITIES = ["error", "warning", "info", "hint"] as const;

const { document, house } = workerData as { document: Document; house: boolean };
parentPort?.postMessage(await findingsIn(document, house));

async function findingsIn(document: Document, house: boolean): Promise<RawFinding[]> {
  const spectral = new spectralCore.Spectral();
  spectral.setRuleset(house ? await houseRules() : await oasRules());
  try {
    const results = await spectral.run({ ...document });
    return results.map(({ code, severity, message, path }) => ({
      rule: String(code),
      severity: SEVERITIES[severity] ?? "error",
      message,
      path,
    }));
  } catch (error) {
    return failures(error);
  }
}

/** A rule that cannot cope with a document ends the run; some of Spectral's own do, for a schema that is `true`. */
function failures(error: unknown): RawFinding[] {
  if (!(error instanceof AggregateError)) throw error;
  return error.errors.map((reason: unknown) => ({
    rule: "spectral",
    severity: "error",
    message: `Nothing was checked, because a rule failed: ${messageOf(reason)}`,
  }));
}

async function houseRules(): Promise<RulesetDefinition> {
  const { default: rules } = await import("../../../openapi/rules/index.mjs");
  return rules as RulesetDefinition;
}

async function oasRules(): Promise<RulesetDefinition> {
  const { default: rulesets } = await import("@stoplight/spectral-rulesets");
  return { extends: [rulesets.oas as RulesetDefinition], rules: {} };
}

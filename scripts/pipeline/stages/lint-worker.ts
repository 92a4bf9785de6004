/** The worker of `lint.ts`: takes a document, sends what Spectral finds in it, and ends. */
import { parentPort, workerData } from "node:worker_threads";
import spectralCore, { type RulesetDefinition } from "@stoplight/spectral-core";
import spectralParsers from "@stoplight/spectral-parsers";
import type { Document } from "../../document/model.ts";
import { messageOf } from "../../shared/text.ts";
import type { RawFinding } from "./lint.ts";

const SEVERITIES = ["error", "warning", "info", "hint"] as const;

/** Rules about what the reader corrects, ours and Spectral's: they see the document as it was written. */
const BEFORE_CORRECTION = ["no-openapi-3-0-keywords", "openapi-version", "path-params"];

const { document, asWritten, house } = workerData as {
  document: Document;
  asWritten?: Document;
  house: boolean;
};
const ruleset = house ? await houseRules() : await oasRules();
const early = house && asWritten ? await findingsIn(asWritten, await only(ruleset, BEFORE_CORRECTION)) : [];
parentPort?.postMessage([
  ...early.filter(({ rule }) => BEFORE_CORRECTION.includes(rule)),
  ...(await findingsIn(document, ruleset)),
]);

/** Some rules of a ruleset and of Spectral's own. */
async function only(ruleset: RulesetDefinition, names: string[]): Promise<RulesetDefinition> {
  const { rules = {} } = ruleset as { rules?: Record<string, unknown> };
  const { default: rulesets } = await import("@stoplight/spectral-rulesets");
  return {
    extends: [[rulesets.oas, "off"]],
    rules: Object.fromEntries(names.map((name) => [name, rules[name] ?? true])),
  } as RulesetDefinition;
}

async function findingsIn(document: Document, ruleset: RulesetDefinition): Promise<RawFinding[]> {
  const spectral = new spectralCore.Spectral();
  spectral.setRuleset(ruleset);
  try {
    // As JSON, since Spectral would write and read YAML, in three times the time. The lines put the findings in order.
    const text = JSON.stringify(document, null, 2);
    const results = await spectral.run(new spectralCore.Document(text, spectralParsers.Json));
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

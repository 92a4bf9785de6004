/** Stage: what is wrong with the style of a contract, by Spectral. */
import spectralCore, { type RulesetDefinition } from "@stoplight/spectral-core";
import type { Place } from "../../shared/input-error.ts";
import { messageOf } from "../../shared/text.ts";
import type { Contract } from "../read/contract.ts";

export interface Finding {
  rule: string;
  severity: "error" | "warning" | "info" | "hint";
  message: string;
  place: Place;
}

const SEVERITIES = ["error", "warning", "info", "hint"] as const;

export interface LintOptions {
  /** Whether the house rules of `openapi/rules/` apply beside `spectral:oas`; they are for our own contract. */
  house: boolean;
}

/**
 * Lints the bundled document. Each finding names the file that was written by hand, and is given once, however often
 * the bundle repeats the place. Ordered as the document is.
 */
export async function lint(contract: Contract, { house }: LintOptions): Promise<Finding[]> {
  const spectral = new spectralCore.Spectral();
  spectral.setRuleset(house ? await houseRules() : await oasRules());
  const findings = await spectral.run({ ...contract.document }).then(
    (results) =>
      results.map(
        ({ code, severity, message, path }): Finding => ({
          rule: String(code),
          severity: SEVERITIES[severity] ?? "error",
          message,
          place: contract.locate(path),
        }),
      ),
    (error: unknown) => failures(error, contract),
  );
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** A rule that cannot cope with the document, as some of Spectral's own with a schema that is `true`, ends the run. */
function failures(error: unknown, { root }: Contract): Finding[] {
  if (!(error instanceof AggregateError)) throw error;
  return error.errors.map((reason: unknown) => ({
    rule: "spectral",
    severity: "error",
    message: `Nothing was checked, because a rule failed: ${messageOf(reason)}`,
    place: { file: root },
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

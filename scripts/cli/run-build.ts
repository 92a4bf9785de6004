/** Runs the pipeline and prints how it goes. */
import { resolve } from "node:path";
import { type BuildOptions, build, OWN_OUTPUT } from "../pipeline/build.ts";
import type { Finding } from "../pipeline/stages/lint.ts";
import { formatPlace, shorten } from "../shared/input-error.ts";
import { counted } from "../shared/text.ts";
import type { Follow } from "../shared/watch.ts";
import { progress, style } from "./progress.ts";

/**
 * Builds, with a line for each stage and one for the result.
 *
 * @param follow called with each file before it is read
 * @throws {InputError} as `build` does
 */
export async function runBuild(options: BuildOptions, follow?: Follow): Promise<void> {
  const changed = await build(options, { step: progress, report, ...(follow && { follow }) });
  const out = shorten(resolve(options.out ?? OWN_OUTPUT));
  const done = (text: string) => process.stdout.write(`${style("green", "✓")} ${out}${text}\n`);
  if (changed !== undefined) done(`: ${counted(changed, "file")} changed`);
  else if (options.check) done(" is up to date");
}

/** Prints findings that do not stop the build, those of a rule together: errors first, then the most frequent. */
function report(findings: readonly Finding[]): void {
  const rules = [...Map.groupBy(findings, ({ rule }) => rule).values()];
  const rank = ([first]: Finding[]) => Number(first?.severity !== "error");
  for (const found of rules.sort((a, b) => rank(a) - rank(b) || b.length - a.length)) {
    const [{ place, severity, rule, message }] = found as [Finding];
    process.stderr.write(
      `  ${found.length} x ${severity}  ${rule}, first at ${formatPlace(place)}  ${message}\n`,
    );
  }
  process.stderr.write("  None of them stops the build; --strict would.\n");
}

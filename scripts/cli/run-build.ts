/** Runs the pipeline and prints its progress. */
import { resolve } from "node:path";
import { type BuildOptions, build, OWN_OUTPUT } from "../pipeline/build.ts";
import { shorten } from "../shared/input-error.ts";
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
  const changed = await build(options, { step: progress, ...(follow && { follow }) });
  const out = shorten(resolve(options.out ?? OWN_OUTPUT));
  const done = (text: string) => process.stdout.write(`${style("green", "✓")} ${out}${text}\n`);
  if (changed !== undefined) done(`: ${counted(changed, "file")} changed`);
  else if (options.check) done(" is up to date");
}

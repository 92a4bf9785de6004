import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that replace a module for all who import it (`vi.mock`): each in a process where nobody has imported it before. */
const REPLACES_MODULES = [
  "test/mock/cost.test.ts",
  "test/pipeline/cache.test.ts",
  "test/pipeline/stages/redocly.test.ts",
  "test/pipeline/watch.test.ts",
];

/** The files that take longest, by waiting or by work: they start first, so that none is left alone at the end. */
const LONGEST = [
  "test/mock/soak.test.ts",
  "test/package/packages.test.ts",
  "test/pipeline/stages/docs/browser.test.ts",
  "test/conformance/deviations.test.ts",
  "test/cli/commands.test.ts",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.some((file) => moduleId.endsWith(file));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    // Two more than there are processors: much of the time the tests wait for processes and timers.
    maxWorkers: availableParallelism() + 2,
    sequence: { sequencer: LongestFirst },
    globalSetup: fileURLToPath(new URL("temporary-folder.ts", import.meta.url)),
    reporters: ["default", fileURLToPath(new URL("reporter.ts", import.meta.url))],
    projects: [
      {
        extends: true,
        test: {
          name: "tests",
          include: ["test/**/*.test.ts"],
          exclude: REPLACES_MODULES,
          // The files that a process runs share their modules: loading the code for each file anew is a second of each.
          isolate: false,
        },
      },
      { extends: true, test: { name: "isolated", include: REPLACES_MODULES } },
    ],
    // On a busy machine a condition may take its time.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 90_000,
    hookTimeout: 60_000,
  },
});

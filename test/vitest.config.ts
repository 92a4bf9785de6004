import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Files that replace a module for all who import it (`vi.mock`): each in a process where nobody has imported it before. */
const REPLACES_MODULES = ["test/mock/cost.test.ts", "test/pipeline/cache.test.ts"];

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    // One more than there are processors: much of the time the tests wait for processes and timers.
    maxWorkers: availableParallelism() + 1,
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

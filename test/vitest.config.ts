import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Tests that load the same modules and replace none of them, so that one process can keep these for the next file. */
const SHARING = ["test/mock/!(cost).test.ts", "test/mock/*/*.test.ts"];

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    // One more than there are processors: much of the time the tests wait for processes and timers.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    reporters: ["default", fileURLToPath(new URL("reporter.ts", import.meta.url))],
    projects: [
      { extends: true, test: { name: "shared", include: SHARING, isolate: false } },
      { extends: true, test: { name: "isolated", include: ["test/**/*.test.ts"], exclude: SHARING } },
    ],
  },
});

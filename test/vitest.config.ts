import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["test/**/*.test.ts"],
    // One more than there are processors: much of the time the tests wait for processes and timers.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    reporters: ["default", fileURLToPath(new URL("reporter.ts", import.meta.url))],
  },
});

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["test/**/*.test.ts"],
    // Half of the time the tests wait for processes of their own.
    maxWorkers: "100%",
    testTimeout: 90_000,
    hookTimeout: 60_000,
    reporters: ["default", fileURLToPath(new URL("reporter.ts", import.meta.url))],
  },
});

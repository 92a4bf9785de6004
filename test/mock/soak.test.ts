import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("survives a minute of hostile and friendly clients, with no request lost", {
  timeout: 180_000,
}, async () => {
  const script = fileURLToPath(new URL("../../scripts/bench/soak.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    "--minutes",
    "1",
    "--pause",
    "2000",
  ]).catch((error) => error);
  expect(stdout).toMatch(/^\d+ friendly and \d+ hostile requests .*; 0 problems\n$/);
});

import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMock, type Mock } from "../../scripts/mock/index.ts";
import { contract } from "./validator.ts";

/** Redocly runs the contract's Arazzo workflows against the mock. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const env = { ...process.env, REDOCLY_TELEMETRY: "off", NO_COLOR: "1" };

let mock: Mock;
let base: string;
beforeAll(async () => {
  mock = await createMock({ document: contract });
  base = (await mock.listen({ port: 0, host: "127.0.0.1" })).url;
});
afterAll(() => mock.close());

describe("The workflows of the contract", { timeout: 60_000 }, () => {
  it("run without a failed step", async () => {
    const files = readdirSync(join(root, "openapi/workflows")).map((file) => join("openapi/workflows", file));
    const flags = ["--server", `routescope=${base}`, "--input", "apiKey=sk-test"];
    const { stdout, stderr } = await promisify(execFile)(
      join(root, "node_modules/.bin/redocly"),
      ["respect", ...files, ...flags],
      { cwd: root, env },
    );
    const passed = `${stdout}${stderr}`.match(/Workflows: 1 passed, 1 total/g);
    expect(passed).toHaveLength(files.length);
  });
});

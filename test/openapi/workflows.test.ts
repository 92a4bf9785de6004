import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningMock, startMock } from "../../scripts/mock/index.ts";
import { contract } from "./validator.ts";

/** `routescope conformance --workflows`: Redocly runs the contract's Arazzo workflows against the mock. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const KEY = "sk-of-the-workflows";
const env = { ...process.env, ROUTESCOPE_API_KEY: KEY, NO_COLOR: "1" };

let mock: RunningMock;
beforeAll(async () => {
  mock = await startMock({ document: contract, apiKeys: [KEY], log: () => {} });
});
afterAll(() => mock.close());

const run = (baseUrl: string) =>
  promisify(execFile)(
    process.execPath,
    ["scripts/cli/routescope.ts", "conformance", "--workflows", "--base-url", baseUrl],
    { cwd: root, env },
  );

describe("The workflows of the contract", { timeout: 90_000 }, () => {
  it("run without a failed step, and the key is nowhere in what is printed", async () => {
    const { stdout, stderr } = await run(mock.baseURL);
    const passed = `${stdout}${stderr}`.match(/Workflows: 1 passed, 1 total/g);
    expect(passed).toHaveLength(readdirSync(join(root, "openapi/workflows")).length);
    expect(`${stdout}${stderr}`).not.toContain(KEY);
  });
});

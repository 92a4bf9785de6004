import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contents, folder, run } from "./fixture.ts";
import { largeDocument } from "./large-document.ts";

const MINUTES = 60_000;

describe("a document as large as OpenAI's, and as odd", () => {
  it(
    "is built whole in 600 MB of memory, and lint that takes too long is left out and said to be",
    async () => {
      const at = await folder({ "api.json": JSON.stringify(largeDocument(180)) });
      const before = process.env["NODE_OPTIONS"];
      process.env["NODE_OPTIONS"] = "--max-old-space-size=600";
      const { code, stdout, stderr } = await run(
        at,
        ...["--input", "api.json", "--out", "out", "--lint-timeout", "1"],
      ).finally(() => {
        if (before === undefined) delete process.env["NODE_OPTIONS"];
        else process.env["NODE_OPTIONS"] = before;
      });
      expect(stderr).toBe(
        "api.json  Warning: Lint is left out: it takes longer than 1 second. Nothing was checked.\n  Give it more time with --lint-timeout SECONDS, or switch it off with --no-lint.\n",
      );
      expect(code).toBe(0);
      expect(stdout).toMatch(/✓ lint .* left out\n/);
      const names = Object.keys(await contents(join(at, "out")));
      expect(names).toEqual(
        expect.arrayContaining(["openapi.yaml", "schema.ts", "client.ts", "docs/index.html"]),
      );
      const client = await readFile(join(at, "out/client.ts"), "utf8");
      expect(client.match(/\/things\d+\/\{id\}/g)?.length).toBeGreaterThanOrEqual(270);
    },
    10 * MINUTES,
  );
});

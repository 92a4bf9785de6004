/** What `--watch` does between changes. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { repeatOnChange } from "../../scripts/shared/watch.ts";
import { folder } from "./fixture.ts";

/** The pauses that were asked for, each of which ends when the test says so. */
const pauses = vi.hoisted((): { ms: number; end: () => void }[] => []);
vi.mock("node:timers/promises", () => ({
  setTimeout: (ms: number) => new Promise<void>((end) => pauses.push({ ms, end })),
}));

test("several changes in a row cause one more run, after a pause", { timeout: 60_000 }, async () => {
  const file = join(await folder({ "api.yaml": "" }), "api.yaml");
  let runs = 0;
  const stopped = repeatOnChange(
    async (follow) => {
      follow(file);
      if (++runs === 3) throw new Error("The test is done.");
    },
    () => {},
  ).catch((error: Error) => error.message);
  const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 20_000 });

  await waitFor(() => expect(runs).toBe(1));
  await writeFile(file, "one");
  await waitFor(() => expect(pauses).toHaveLength(1));
  await writeFile(file, "two");
  expect(runs).toBe(1);
  expect(pauses[0]?.ms).toBeGreaterThanOrEqual(50);
  pauses[0]?.end();
  await waitFor(() => expect(runs).toBe(2));

  await writeFile(file, "three");
  await waitFor(() => expect(pauses).toHaveLength(2));
  expect(runs).toBe(2);
  pauses[1]?.end();
  expect(await stopped).toBe("The test is done.");
});

/** How a command that serves ends: its streams may finish after the first signal, and not after the second. */
import { expect, it, onTestFinished } from "vitest";
import { endOnSignal } from "../../scripts/cli/mock/serve.ts";

it.each(["SIGINT", "SIGTERM"] as const)("%s lets answers finish, and a second one ends at once", (signal) => {
  const before = process.listeners(signal);
  const graces: (number | undefined)[] = [];
  endOnSignal({
    close: (grace) => {
      graces.push(grace);
      // The process ends when it is closed.
      return new Promise(() => {});
    },
  });
  const added = process.listeners(signal).filter((listener) => !before.includes(listener));
  onTestFinished(() => {
    for (const name of ["SIGINT", "SIGTERM"] as const)
      for (const listener of process.listeners(name))
        if (added.includes(listener)) process.off(name, listener);
  });
  expect(added).toHaveLength(1);
  for (const _ of [1, 2]) added[0]?.(signal);
  expect(graces).toEqual([10_000, 0]);
});

/**
 * Bounds V8's young generation in size. While modules load it grows to 64 MiB, and under load to 128, and it keeps that
 * size; 16 are enough for the mock to be as fast. `--max-semi-space-size` says so too, but only on the command line of
 * `node`, which a command that npm installs does not write itself. The growth factor is read at each growth.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

const ENOUGH = 16 * 1024 * 1024;
/** Milliseconds between two looks at its size. */
const INTERVAL = 100;

/** Lets the young generation stay as it is: to be called before modules are imported. */
export function holdYoungGeneration(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/** Lets it grow until it is large enough: to be called when the modules are there. */
export function growYoungGeneration(): void {
  setFlagsFromString("--semi-space-growth-factor=2");
  const timer = setInterval(() => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space");
    if (young && young.space_size < ENOUGH) return;
    holdYoungGeneration();
    clearInterval(timer);
  }, INTERVAL).unref();
}

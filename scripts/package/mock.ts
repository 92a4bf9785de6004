/** `@routescope/api/mock`: the mock for tests. What it stands on is loaded once a mock is made. */
import type { Mock, MockOptions, RunningMock, StartOptions } from "../mock/index.ts";
import { missingPeers } from "./peers.ts";

export type * from "../mock/index.ts";

/**
 * Starts a mock, of the Routescope API unless another contract is given, on a free port. `await using` ends it, and so
 * does `close()`.
 *
 * @throws {Error} naming the command that installs what is missing; when the port cannot be had; or when a scenario, a
 *   fault or the contract is wrong
 */
export async function startMock(options?: StartOptions): Promise<RunningMock> {
  return (await load()).startMock(options);
}

/**
 * Makes a mock that does not listen yet: for a port of your own choice, or as the handler of a server of your own.
 *
 * @throws {Error} as `startMock` does
 */
export async function createMock(options: MockOptions): Promise<Mock> {
  return (await load()).createMock(options);
}

function load(): Promise<typeof import("../mock/index.ts")> {
  return import("../mock/index.ts").catch((error: unknown) => {
    throw missingPeers(error) ?? error;
  });
}

/** `@routescope/api/proxy`: records a relay's answers in a test, to be replayed by the mock. */
import { readFile } from "node:fs/promises";
import type { Document } from "../document/model.ts";
import type { ProxyOptions, RunningProxy } from "../proxy/index.ts";
import { missingPeers } from "./peers.ts";

export type * from "../proxy/index.ts";

const CONTRACT = new URL("../../generated/openapi.json", import.meta.url);

/** As of the proxy; the contract may be left out. */
export type StartProxyOptions = Omit<ProxyOptions, "document"> & Partial<Pick<ProxyOptions, "document">>;

/**
 * Starts a proxy on a free port, by the Routescope API's contract unless another is given. `await using` ends it, and
 * so does `close()`.
 *
 * @throws {Error} naming the command that installs what is missing; when the upstream is no URL, or the port cannot be
 *   had
 */
export async function startProxy(options: StartProxyOptions): Promise<RunningProxy> {
  const document = options.document ?? (JSON.parse(await readFile(CONTRACT, "utf8")) as Document);
  const proxy = await import("../proxy/index.ts").catch((error: unknown) => {
    throw missingPeers(error) ?? error;
  });
  return proxy.startProxy({ ...options, document });
}

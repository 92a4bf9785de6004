/** `startProxy` with the contract of this package. */
import { readFile } from "node:fs/promises";
import type { Document } from "../document/model.ts";
import { type ProxyOptions, type RunningProxy, startProxy as start } from "../proxy/index.ts";

const CONTRACT = new URL("../../generated/openapi.json", import.meta.url);

/** The options of the proxy. Without `document`, the contract of the Routescope API is used. */
export type StartProxyOptions = Omit<ProxyOptions, "document"> & Partial<Pick<ProxyOptions, "document">>;

/**
 * Starts a proxy on a free port. `await using` ends it, and so does `close()`.
 *
 * @throws {InputError} when the upstream is not a URL, or the port cannot be had
 */
export async function startProxy(options: StartProxyOptions): Promise<RunningProxy> {
  const document = options.document ?? (JSON.parse(await readFile(CONTRACT, "utf8")) as Document);
  return start({ ...options, document });
}

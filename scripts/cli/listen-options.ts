/** The options `--host` and `--port` of every command that listens. */
import { DEFAULT_HOST, type Where } from "../shared/listen.ts";
import { wholeNumber } from "./numbers.ts";

/** The options of every command that listens, for `parseArgs`. */
export const LISTEN_OPTIONS = {
  port: { type: "string" },
  host: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** The lines of `--help` for these options. */
export function listenHelp(defaultPort: number): string {
  return `  --port N          default ${defaultPort}; 0 picks a free one
  --host HOST       default ${DEFAULT_HOST}`;
}

/**
 * Reads the two options.
 *
 * @returns the port (default: `defaultPort`; 0 picks a free one) and the host (default: 127.0.0.1)
 * @throws {InputError} naming `--port` if the value is not a port
 */
export function whereTo(
  { port, host = DEFAULT_HOST }: { port?: string | undefined; host?: string | undefined },
  defaultPort: number,
): Where {
  return { port: port === undefined ? defaultPort : wholeNumber("port", port, 65_535), host };
}

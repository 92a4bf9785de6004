/** The options `--host` and `--port` of every command that listens. */
import { DEFAULT_HOST, type Where } from "../shared/listen.ts";
import { wholeNumber } from "./numbers.ts";

/** The options of every command that listens, for `parseArgs`. */
export const LISTEN_OPTIONS = {
  port: { type: "string" },
  host: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** What `--help` says of them. */
export function listenHelp(defaultPort: number): string {
  return `  --port N          default ${defaultPort}; 0 picks a free one
  --host HOST       default ${DEFAULT_HOST}`;
}

/** @throws {InputError} for what is no port */
export function whereTo(
  { port, host = DEFAULT_HOST }: { port?: string | undefined; host?: string | undefined },
  defaultPort: number,
): Where {
  return { port: port === undefined ? defaultPort : wholeNumber("port", port, 65_535), host };
}

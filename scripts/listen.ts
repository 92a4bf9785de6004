/** Where commands listen: their options for it, and what is wrong where they cannot. */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { wholeNumber } from "./main.ts";
import { InputError } from "./pipeline/problem.ts";

export const DEFAULT_HOST = "127.0.0.1";

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

export interface Where {
  port: number;
  host: string;
}

/** @throws {InputError} for what is no port */
export function whereTo(
  { port, host = DEFAULT_HOST }: { port?: string | undefined; host?: string | undefined },
  defaultPort: number,
): Where {
  return { port: port === undefined ? defaultPort : wholeNumber("port", port, 65_535), host };
}

/**
 * @param where port 0 picks a free one
 * @returns the port, and the server's address
 * @throws {InputError} when the port cannot be had
 */
export async function listen(server: Server, { port, host }: Where): Promise<{ port: number; url: string }> {
  server.listen(port, host);
  await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
    throw portProblem(error, port, host);
  });
  const bound = (server.address() as AddressInfo).port;
  return { port: bound, url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}` };
}

function portProblem(error: NodeJS.ErrnoException, port: number, host: string): InputError {
  const where = `${host}:${port}`;
  if (error.code === "EADDRINUSE")
    return new InputError({
      message: `Port ${port} of ${host} is taken.`,
      advice: "End what listens there, or choose another with --port N (0 picks a free one).",
    });
  if (error.code === "EACCES")
    return new InputError({
      message: `There is no right to listen on ${where}.`,
      advice: "Choose a port above 1023.",
    });
  return new InputError({
    message: `Cannot listen on ${where}: ${error.message}.`,
    advice: "Choose another --host or --port.",
  });
}

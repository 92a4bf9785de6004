/** Makes a server listen, and explains why it cannot. */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { InputError } from "./input-error.ts";

export const DEFAULT_HOST = "127.0.0.1";

export interface Where {
  port: number;
  host: string;
}

/**
 * @param where port 0 picks a free one
 * @returns the port, and the server's address
 * @throws {InputError} when it cannot listen there
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
      message: `You may not listen on ${where}.`,
      advice: "Choose a port above 1023.",
    });
  return new InputError({
    message: `Cannot listen on ${where}: ${error.message}.`,
    advice: "Choose another --host or --port.",
  });
}

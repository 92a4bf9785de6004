/** `routescope docs`: the reference of this package's version on a port. */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { listen } from "../shared/listen.ts";
import { staticFolder } from "../shared/static-folder.ts";
import { LISTEN_OPTIONS, listenHelp, whereTo } from "./listen-options.ts";

const DEFAULT_PORT = 4011;
const FOLDER = fileURLToPath(new URL("../../generated/docs", import.meta.url));

const HELP = `Usage: routescope docs [options]

Serves the reference, which needs no network.

${listenHelp(DEFAULT_PORT)}
  --help            this text
`;

/** @throws {InputError} when the port cannot be had */
export async function docsCommand(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      ...LISTEN_OPTIONS,
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const answer = staticFolder(FOLDER);
  const server = createServer(async (request, response) => {
    if (await answer(request, response)) return;
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("There is no such page.\n");
  });
  const { url } = await listen(server, whereTo(values, DEFAULT_PORT));
  process.stdout.write(`The reference is at ${url}/\n\nCtrl+C ends it.\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

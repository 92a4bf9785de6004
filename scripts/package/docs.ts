/** `routescope docs`: the reference of this package's version on a port. */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { wholeNumber } from "../main.ts";
import { listen } from "../mock/server.ts";
import { staticFolder } from "../static.ts";

const DEFAULT_PORT = 4011;
const DEFAULT_HOST = "127.0.0.1";
const FOLDER = fileURLToPath(new URL("../../generated/docs", import.meta.url));

const HELP = `Usage: routescope docs [options]

Serves the reference, which needs no network.

  --port N     default ${DEFAULT_PORT}; 0 picks a free one
  --host HOST  default ${DEFAULT_HOST}
  --help       this text
`;

/** @throws {InputError} when the port cannot be had */
export async function docsCommand(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string", default: String(DEFAULT_PORT) },
      host: { type: "string", default: DEFAULT_HOST },
      help: { type: "boolean", short: "h" },
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
  const port = await listen(server, wholeNumber("port", values.port, 65_535), values.host);
  const host = values.host.includes(":") ? `[${values.host}]` : values.host;
  process.stdout.write(`The reference is at http://${host}:${port}/\n\nCtrl+C ends it.\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

/** `npm run docs`: the docs on a port, built again at each change; a page that is open is then loaded again. */
import { createServer, type ServerResponse } from "node:http";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { OWN_OUTPUT } from "../pipeline/build.ts";
import { withScript } from "../pipeline/stages/docs/html.ts";
import { listen } from "../shared/listen.ts";
import { staticFolder } from "../shared/static-folder.ts";
import { repeatOnChange } from "../shared/watch.ts";
import { ACCESS_HELP, ACCESS_OPTIONS, accessOf } from "./input-options.ts";
import { LISTEN_OPTIONS, listenHelp, whereTo } from "./listen-options.ts";
import { livePages } from "./live-page.ts";
import { main } from "./main.ts";
import { runBuild } from "./run-build.ts";

const DEFAULT_PORT = 4011;

const HELP = `Usage: npm run docs -- [options]

Builds the docs from openapi/ and serves them; at each change it builds again, and the browser loads the page again.

Options
  --input FILE      the document (default: openapi/openapi.yaml)
  --out DIR         where to write docs/ (default: generated)
${ACCESS_HELP}
${listenHelp(DEFAULT_PORT)}
  --help            this text
`;

/** Where pages hear of a change. */
const CHANGES = "/.changes";
const RELOAD = `new EventSource("${CHANGES}").onmessage = () => location.reload();`;

await main(async () => {
  const { values } = parseArgs({
    options: {
      input: { type: "string" },
      out: { type: "string", default: OWN_OUTPUT },
      ...ACCESS_OPTIONS,
      ...LISTEN_OPTIONS,
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const readers = new Set<ServerResponse>();
  const out = resolve(values.out);
  const folder = join(out, "docs");
  const pages = livePages(folder, (html) => withScript(html, RELOAD));
  const files = staticFolder(folder);
  const server = createServer(async (request, response) => {
    if (request.url === CHANGES) subscribe(response, readers);
    else if (!(await pages(request, response)) && !(await files(request, response)))
      response.writeHead(404, { "Content-Type": "text/plain" }).end("There is no such page.\n");
  });
  const { url } = await listen(server, whereTo(values, DEFAULT_PORT));
  const { input } = values;
  let built = false;
  await repeatOnChange(
    (follow) =>
      runBuild(
        {
          stage: "docs",
          out,
          access: accessOf(values),
          ...(input !== undefined && { input: resolve(input) }),
        },
        follow,
      ),
    (succeeded) => {
      for (const reader of succeeded ? readers : []) reader.write("data: built\n\n");
      if (!built) process.stdout.write(`\nDocs  ${url}/\n\nCtrl+C ends it.\n`);
      built = true;
    },
  );
});

function subscribe(response: ServerResponse, readers: Set<ServerResponse>): void {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" });
  response.flushHeaders();
  readers.add(response);
  response.once("close", () => readers.delete(response));
}

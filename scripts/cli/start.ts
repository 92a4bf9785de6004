/**
 * `npm start`: the whole pipeline once, then the docs at `/` and the mock at the API's own paths, on one address. The
 * samples in the docs can be run against the mock.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Document } from "../document/model.ts";
import { DEFAULT_PORT } from "../mock/default-port.ts";
import { baseUrl, curlLine } from "../mock/http/try-it.ts";
import { createMock } from "../mock/index.ts";
import { OWN_OUTPUT } from "../pipeline/build.ts";
import { withScript } from "../pipeline/stages/docs/html.ts";
import { tryItScript } from "../pipeline/stages/docs/try-it/script.ts";
import { staticFolder } from "../shared/static-folder.ts";
import { LISTEN_OPTIONS, listenHelp, whereTo } from "./listen-options.ts";
import { livePages } from "./live-page.ts";
import { main } from "./main.ts";
import { logLine } from "./mock/log.ts";
import { endOnSignal } from "./mock/serve.ts";
import { runBuild } from "./run-build.ts";

const HELP = `Usage: npm start -- [options]

Builds everything from openapi/, then serves the docs and the mock.

Options
${listenHelp(DEFAULT_PORT)}
  --out DIR         where the files go; default generated
  --help            this text
`;

await main(async () => {
  const { values } = parseArgs({
    options: {
      ...LISTEN_OPTIONS,
      out: { type: "string", default: OWN_OUTPUT },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const where = whereTo(values, DEFAULT_PORT);
  const { out } = values;
  await runBuild({ out });
  const document = JSON.parse(await readFile(join(out, "openapi.json"), "utf8")) as Document;
  const folder = join(out, "docs");
  const script = await tryItScript(document, { server: "", token: "sk-mock" });
  const reference = livePages(folder, (html, name) =>
    name === "index.html" ? withScript(html, script) : undefined,
  );
  const files = staticFolder(folder);
  const mock = await createMock({
    document,
    first: async (request, response) => (await reference(request, response)) || files(request, response),
    log: (entry) => process.stdout.write(`${logLine(entry)}\n`),
  });
  const { url } = await mock.listen(where);
  process.stdout.write(`
Docs  ${url}/
Mock  ${baseUrl(document, url)}

${curlLine(document, url)}

Ctrl+C ends it.
`);
  endOnSignal(mock);
});

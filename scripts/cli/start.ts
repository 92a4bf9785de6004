/**
 * `npm start`: the whole pipeline once, then the docs at `/` and the mock at the API's own paths, on one address. The
 * samples in the docs can be run against the mock.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
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
import { logLine, requestLog } from "./mock/log.ts";
import { endOnSignal } from "./mock/serve.ts";

const HELP = `Usage: npm start -- [options]

Builds everything from openapi/, then serves the docs and the mock.

Options
${listenHelp(DEFAULT_PORT)}
  --out DIR         where the files go; default generated
  --help            this text
`;

/**
 * Builds in a process that ends with the build, because its 400 MiB of memory would stay with the mock.
 *
 * @returns false when the build failed, which it has said itself
 */
async function built(out: string): Promise<boolean> {
  const build = fileURLToPath(new URL("build.ts", import.meta.url));
  const [code] = await once(spawn(process.execPath, [build, "--out", out], { stdio: "inherit" }), "exit");
  return code === 0;
}

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
  if (!(await built(out))) {
    process.exitCode = 1;
    return;
  }
  const document = JSON.parse(await readFile(join(out, "openapi.json"), "utf8")) as Document;
  const folder = join(out, "docs");
  const script = await tryItScript(document, { server: "", token: "sk-mock" });
  const reference = livePages(folder, (html) => withScript(html, script));
  const files = staticFolder(folder);
  const mock = await createMock({
    document,
    first: async (request, response) => (await reference(request, response)) || files(request, response),
    log: requestLog(logLine),
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

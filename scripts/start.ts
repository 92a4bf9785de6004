/** `npm start`: the whole pipeline once, then the docs at `/` and the mock at the API's own paths, on one address. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "./build.ts";
import { main, wholeNumber } from "./main.ts";
import { createMock, DEFAULT_HOST, DEFAULT_PORT } from "./mock/index.ts";
import { baseUrl, curlLine } from "./mock/invitation.ts";
import { logLine } from "./mock/log.ts";
import { endOnSignal } from "./mock/serve.ts";
import type { Document } from "./pipeline/document.ts";
import { staticFolder } from "./static.ts";

const HELP = `Usage: npm start -- [options]

Builds everything from openapi/, then serves the docs and the mock.

Options
  --port N     default ${DEFAULT_PORT}; 0 picks a free one
  --host HOST  default ${DEFAULT_HOST}
  --help       this text
`;

const generated = (name: string) => fileURLToPath(new URL(`../generated/${name}`, import.meta.url));

await main(async () => {
  const { values } = parseArgs({
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
  const port = wholeNumber("port", values.port, 65_535);
  await build();
  const document = JSON.parse(await readFile(generated("openapi.json"), "utf8")) as Document;
  const mock = await createMock({
    document,
    first: staticFolder(generated("docs")),
    log: (entry) => process.stdout.write(`${logLine(entry)}\n`),
  });
  const { url } = await mock.listen({ port, host: values.host });
  process.stdout.write(`
Docs  ${url}/
Mock  ${baseUrl(document, url)}

${curlLine(document, url)}

Ctrl+C ends it.
`);
  endOnSignal(mock);
});

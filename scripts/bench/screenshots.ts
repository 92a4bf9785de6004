/**
 * `npm run screenshots -- [FOLDER]`: pictures of each kind of page of the built docs, in three widths and two themes,
 * to be looked at. Build first.
 */
import { mkdir } from "node:fs/promises";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DEFAULT_HOST, listen } from "../shared/listen.ts";
import { staticFolder } from "../shared/static-folder.ts";
import { launchBrowser } from "./browser.ts";

const FOLDER = fileURLToPath(new URL("../../generated/docs", import.meta.url));
const WIDTHS = { phone: 390, laptop: 1280, wide: 1920 };
const THEMES = ["light", "dark"] as const;

/** An address below the site's root for each kind of page; a part after `#` is drawn by Redoc. */
const PAGES: Record<string, string> = {
  home: "index.html",
  operation: "index.html#/chat/createchatcompletion",
  guide: "index.html#/page-guides-streaming",
  values: "index.html#/page-values",
  "plain-operation": "operations/createChatCompletion.html",
  "plain-guide": "guides/streaming.html",
  "plain-values": "values.html",
  changelog: "changelog.html",
  404: "404.html",
};

const to = resolve(process.argv[2] ?? ".tmp/screenshots");
const only = process.argv[3];
await mkdir(to, { recursive: true });
const handle = staticFolder(FOLDER);
const server = createServer(async (request, response) => {
  if (!(await handle(request, response))) response.writeHead(404).end();
});
const origin = `${(await listen(server, { port: 0, host: DEFAULT_HOST })).url}/`;
const browser = await launchBrowser();
try {
  for (const [device, width] of Object.entries(WIDTHS)) {
    for (const colorScheme of THEMES) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      for (const [name, address] of Object.entries(PAGES)) {
        const title = `${name}-${device}-${colorScheme}`;
        if (only && !new RegExp(only).test(title)) continue;
        const page = await context.newPage();
        await page.goto(origin + address);
        await page.waitForTimeout(1500);
        await page.screenshot({ path: join(to, `${title}.png`) });
        await page.close();
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}

/**
 * `npm run screenshots -- [FOLDER] [PATTERN]`: pictures of each kind of page of the docs, in three widths and two
 * themes, to be looked at; with a pattern, those whose names match it.
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { serveDocs } from "./built-docs.ts";

const WIDTHS = { phone: 390, laptop: 1440, wide: 1920 };
const THEMES = ["light", "dark"] as const;

const OPERATION = "index.html#/chat/createchatcompletion";
/** An address below the site's root for each kind of page; a part after `#` is drawn by Redoc. */
const PAGES: Record<string, string> = {
  home: "index.html",
  operation: OPERATION,
  fields: `${OPERATION}#chat/createchatcompletion/t=request&path=messages`,
  responses: `${OPERATION}#chat/createchatcompletion/responses`,
  guide: "index.html#/page-guides-streaming",
  values: "index.html#/page-values",
  "plain-operation": "operations/createChatCompletion.html",
  "plain-guide": "guides/streaming.html",
  "plain-values": "values.html",
  changelog: "changelog.html",
  404: "404.html",
};

const to = resolve(process.argv[2] ?? ".tmp/screenshots");
const wanted = new RegExp(process.argv[3] ?? "");
await mkdir(to, { recursive: true });
const { origin, close } = await serveDocs();
const browser = await launchBrowser();
try {
  for (const [device, width] of Object.entries(WIDTHS)) {
    for (const colorScheme of THEMES) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      for (const [name, address] of Object.entries(PAGES)) {
        const title = `${name}-${device}-${colorScheme}`;
        if (!wanted.test(title)) continue;
        const page = await context.newPage();
        await page.goto(origin + address);
        if (address.startsWith("index.html")) await drawn(page);
        await page.screenshot({ path: join(to, `${title}.png`) });
        await page.close();
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  close();
}

/** Redoc draws a page in parts: until for half a second it has changed no more. */
async function drawn(page: Page): Promise<void> {
  await page
    .locator(".menu-content")
    .getByText(/^Search/)
    .waitFor({ state: "attached" });
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let quiet = setTimeout(resolve, 500);
        new MutationObserver(() => {
          clearTimeout(quiet);
          quiet = setTimeout(resolve, 500);
        }).observe(document.body, { subtree: true, childList: true });
      }),
  );
}

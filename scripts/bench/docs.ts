/**
 * `npm run bench:docs`: what the docs weigh, when a page can first be read, and how soon search answers; on this machine
 * as it is, and with its processor slowed to a quarter. In Chromium, over HTTP; figures are medians of some rounds.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { DOCS, serveDocs } from "./built-docs.ts";

const ROUNDS = 5;
const SLOW = 4;

/** What the issue of the docs asks for. */
const AIMS = { "first paint, ms": 1000, "transfer, kB gzip": 1000 };

const { origin, close } = await serveDocs();
const browser = await launchBrowser();
try {
  const [operation = ""] = (await readdir(join(DOCS, "operations"))).filter((name) => name.endsWith(".html"));
  const plain = `operations/${operation}`;
  const html = await readFile(join(DOCS, plain), "utf8");
  const [, route = ""] = /href="\.\.\/index\.html(#\/[^"]*)"/.exec(html) ?? [];
  const pages = {
    introduction: "index.html",
    "an operation": `index.html${route}`,
    "an operation, plain": plain,
  };
  for (const slowdown of [1, SLOW]) {
    const rows: Record<string, Record<string, number>> = {};
    for (const [title, path] of Object.entries(pages)) {
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round++) rounds.push(await visit(browser, path, slowdown));
      rows[title] = {
        "first paint, ms": median(rounds.map(({ first }) => first)),
        "largest paint, ms": median(rounds.map(({ largest }) => largest)),
        "search, ms": median(rounds.map(({ search }) => search)),
        "transfer, kB gzip": await weight(path),
      };
    }
    process.stdout.write(`\nProcessor ${slowdown === 1 ? "as it is" : `slowed ${slowdown} times`}\n`);
    console.table(rows);
  }
  process.stdout.write(
    `Aims on the slowed processor: ${Object.entries(AIMS)
      .map(([name, most]) => `${name} < ${most}`)
      .join("; ")}\n`,
  );
} finally {
  await browser.close();
  close();
}

/** Milliseconds; `NaN` where there is no such thing. */
interface Round {
  first: number;
  largest: number;
  /** From the keys that open the search to the first result for a word. */
  search: number;
}

async function visit(browser: Browser, path: string, slowdown: number): Promise<Round> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.addInitScript(() => {
      const seen = { largest: Number.NaN };
      Object.assign(window, { seen });
      new PerformanceObserver((list) => {
        seen.largest = list.getEntries().at(-1)?.startTime ?? seen.largest;
      }).observe({ type: "largest-contentful-paint", buffered: true });
    });
    await page.goto(origin + path, { waitUntil: "load" });
    const search = path.startsWith("index.html") ? await searchTime(page) : Number.NaN;
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    const paints = await page.evaluate(() => ({
      first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
      largest: (window as unknown as { seen: { largest: number } }).seen.largest,
    }));
    return { ...paints, search };
  } finally {
    await context.close();
  }
}

/** The key that opens the search ends the measuring of paints, so it comes after them. */
async function searchTime(page: Page): Promise<number> {
  await page
    .locator(".menu-content")
    .getByText(/^Search/)
    .waitFor();
  await page.waitForTimeout(500);
  const started = performance.now();
  await page.keyboard.press("Control+k");
  const dialog = page.getByTestId("search-dialog");
  await dialog.getByRole("textbox").pressSequentially("model");
  await dialog.getByRole("link").first().waitFor();
  return performance.now() - started;
}

async function weight(path: string): Promise<number> {
  const file = await readFile(join(DOCS, path.replace(/#.*/, "")));
  return Math.round(gzipSync(file, { level: 9 }).length / 1000);
}

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}

/** The page for everybody: small screens and large ones, light and dark, keyboards and screen readers. */
import { join } from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LAPTOP, PHONE, POLL, ready, SCREENSHOTS, Site, sidebar } from "./site.ts";

const site = new Site();
beforeAll(() => site.open());
afterAll(() => site.close());

/** In the page: what stands out beyond its right edge and cannot be scrolled to. */
function cutOff(): string[] {
  const scrolls = (element: Element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  const reachable = (element: Element): boolean => {
    const parent = element.parentElement;
    return parent !== null && (scrolls(parent) || reachable(parent));
  };
  const beyond = [...document.querySelectorAll("main, main *")].filter(
    (element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1,
  );
  return beyond.filter((element) => !reachable(element)).map((element) => element.outerHTML.slice(0, 100));
}

/** What axe finds wrong with a page as it stands, a line each; `script: axe.source` has put axe into the page. */
function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ["violations"],
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
}

/** Goes to a part of the reference, and waits until it is drawn. */
async function goTo(page: Page, route: string): Promise<void> {
  await page.goto(`${site.origin}#${route}`);
  await page.locator(`[data-section-id="${route}"]:not(:empty)`).first().waitFor();
}

describe.each(["light", "dark"] as const)("in %s colours", (colorScheme) => {
  test.each(Object.entries({ phone: PHONE, laptop: LAPTOP }))(
    "a %s shows nothing cut off, and axe finds nothing",
    async (device, viewport) => {
      await site.visit(
        site.origin,
        async (page) => {
          await expect.poll(() => page.locator("html").getAttribute("class"), POLL).toContain(colorScheme);
          const [first, ...others] = site.operations().map(({ route }) => route);
          const routes = ["/", first!, ...others.slice(-1)];
          for (const route of routes) {
            await goTo(page, route);
            expect(await page.evaluate(cutOff)).toEqual([]);
            expect(await violations(page)).toEqual([]);
            // To be looked at; the first two show what there is to see.
            const name = [device, colorScheme, ...route.split("/").filter(Boolean)].join("-");
            if (routes.indexOf(route) < 2) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
          }
        },
        { colorScheme, viewport, script: axe.source },
      );
    },
  );

  test("the plain pages show nothing cut off, and axe finds nothing", async () => {
    const all = site.files.filter((name) => name.endsWith(".html") && !/^(index|reference)/.test(name));
    // One of each kind.
    const pages = [...new Map(all.map((name) => [name.replace(/\/.*/, ""), name])).values()];
    expect(pages.length).toBeGreaterThan(1);
    await site.visit(
      site.origin + pages[0],
      async (page, complaints) => {
        for (const name of pages) {
          await page.goto(site.origin + name);
          expect([name, await violations(page)]).toEqual([name, []]);
          await page.setViewportSize(PHONE);
          expect(await page.evaluate(cutOff)).toEqual([]);
          await page.screenshot({
            path: join(SCREENSHOTS, `${colorScheme}-${name.replaceAll("/", "-")}.png`),
          });
          await page.setViewportSize(LAPTOP);
        }
        expect(complaints.errors).toEqual([]);
      },
      { colorScheme, script: axe.source },
    );
  });
});

test("axe finds nothing in the search and in a phone's menu", async () => {
  await site.visit(
    site.origin,
    async (page) => {
      await ready(page);
      await page.keyboard.press("Control+k");
      const dialog = page.getByRole("dialog", { name: "Search" });
      await dialog.getByRole("textbox").fill(site.operations()[0]!.summary);
      await dialog.getByRole("link").first().waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.setViewportSize(PHONE);
      await page.getByRole("button", { name: "Open navigation menu" }).click();
      await sidebar(page).getByRole("link").first().waitFor();
      expect(await violations(page)).toEqual([]);
    },
    { script: axe.source },
  );
});

test("the headings of a page that is opened at an operation begin at level 1", async () => {
  const { route, summary } = site.operations().at(-1)!;
  await site.visit(
    `${site.origin}#${route}`,
    async (page) => {
      await page.getByRole("heading", { name: summary }).waitFor();
      expect(await page.getByRole("heading", { name: site.contract.document.info.title }).count()).toBe(0);
      expect(await violations(page)).toEqual([]);
    },
    { script: axe.source },
  );
});

/** Presses Tab until a control of a name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const control = page.getByRole("button", { name });
  const reached = () => control.evaluate((element) => element === document.activeElement);
  for (let stops = 0; !(await reached()); stops++) {
    expect(stops).toBeLessThan(50);
    await page.keyboard.press("Tab");
  }
}

test("the keyboard alone reaches the search, the colours and the layout", async () => {
  await site.visit(site.origin, async (page) => {
    await ready(page);
    await tabTo(page, /^Search/);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Search" });
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });

    await tabTo(page, /^Colors/);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("html").getAttribute("class"), POLL).toContain("dark");
    await page.getByRole("button", { name: "Colors: dark" }).waitFor();

    const samples = page.getByText("Download OpenAPI description");
    const beside = (await samples.boundingBox())!.x;
    await tabTo(page, /^Samples below$/);
    await page.keyboard.press("Space");
    await expect.poll(async () => (await samples.boundingBox())!.x, POLL).toBeLessThan(beside);
  });
});

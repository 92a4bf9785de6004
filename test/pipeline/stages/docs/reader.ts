/** What a reader does with a page. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { type Listed, POLL, type Site } from "./site.ts";

/** Of plain pages. */
export const DARK_GROUND = "rgb(21, 23, 28)";

/** The addresses of the links in a part of the page. */
export const links = (within: Locator) =>
  within.locator("a[href]").evaluateAll((found) => found.map((link) => link.getAttribute("href")!));

/** In the page: what was gathered to be reported is sent at the latest when the reader turns away. */
export const turnAway = (page: Page) =>
  page.evaluate(async () => {
    Object.defineProperty(document, "visibilityState", { value: "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
    await new Promise((resolve) => setTimeout(resolve, 200));
  });

const searchDialog = (page: Page) => page.getByRole("dialog", { name: "Search" });

/** Opens the search, and gives the first link that it finds for a word, or the first with this text. */
export async function search(page: Page, word: string, text: string | RegExp = ""): Promise<Locator> {
  const dialog = searchDialog(page);
  const box = dialog.getByRole("textbox");
  const link = dialog.getByRole("link").filter({ hasText: text }).first();
  // A key can be lost while the page is drawn, and what is written while the index is still being made is not looked for.
  const tries = async () => {
    if (!(await dialog.isVisible())) await page.keyboard.press("Control+k");
    if ((await box.inputValue({ timeout: 5000 })) === word) await box.fill("");
    await box.fill(word);
    await link.waitFor({ timeout: 2000 });
  };
  const found = () =>
    tries().then(
      () => true,
      () => false,
    );
  await expect.poll(found, POLL).toBe(true);
  return link;
}

/** Closes the search by a key. */
export async function leaveSearch(page: Page): Promise<void> {
  const left = async () => {
    if (await searchDialog(page).isVisible()) await page.keyboard.press("Escape");
    return searchDialog(page).count();
  };
  await expect.poll(left, POLL).toBe(0);
}

/** Whether some element of this text is on the screen. */
export async function onScreen(page: Page, text: string | RegExp): Promise<boolean> {
  const found = await page.getByRole("main").getByText(text).filter({ visible: true }).all();
  const boxes = await Promise.all(found.map((element) => element.boundingBox()));
  const { height } = page.viewportSize()!;
  return boxes.some((box) => box !== null && box.y > 0 && box.y < height);
}

/** Presses Tab until a control of a name has the focus. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const control = page.getByRole("button", { name });
  const reached = () => control.evaluate((element) => element === document.activeElement);
  for (let stops = 0; !(await reached()); stops++) {
    expect(stops).toBeLessThan(50);
    await page.keyboard.press("Tab");
  }
}

export const coloursOf = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);

/** As the button "Colors" does. */
export const setColours = (page: Page, colours: "light" | "dark") =>
  page.evaluate(async (colours) => {
    document.documentElement.classList.remove("light", "dark");
    document.documentElement.classList.add(colours);
    // Some change over some time.
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})));
  }, colours);

/** Draws the fields of tools, which stand deep in others. */
export async function drawTools(page: Page): Promise<void> {
  const tools = page.locator('[id$="path=tools/function"], [id$="path=tools"]').first();
  await tools.scrollIntoViewIfNeeded();
  await page.locator(".schema-property-item").nth(40).waitFor();
}

/** The operation that has most to show: it has a body. */
export function operationOf(site: Site): Listed {
  return site.operations().find(({ request }) => request)!;
}

/** One plain page of each kind, by its address below the site's root. */
export function plainKinds(site: Site): string[] {
  const plain = site.files.filter((name) => name.endsWith(".html") && !/^(index|reference)/.test(name));
  const each = [...new Map(plain.map((name) => [name.replace(/\/.*/, ""), name])).values()];
  expect(each.length).toBeGreaterThan(3);
  return each;
}

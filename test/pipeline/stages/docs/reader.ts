/** What a reader does with a page. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { POLL } from "./site.ts";

/** In the page: what was gathered to be reported is sent at the latest when the reader turns away. */
export const turnAway = (page: Page) =>
  page.evaluate(async () => {
    Object.defineProperty(document, "visibilityState", { value: "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
    await new Promise((resolve) => setTimeout(resolve, 200));
  });

/** Opens the search, and gives the first link that it finds for a word, or the first with this text. */
export async function search(page: Page, word: string, text: string | RegExp = ""): Promise<Locator> {
  const dialog = page.getByRole("dialog", { name: "Search" });
  if (!(await dialog.isVisible())) await page.keyboard.press("Control+k");
  const link = dialog.getByRole("link").filter({ hasText: text }).first();
  const tries = async () => {
    // What is written while the index is still being made is not looked for.
    await dialog.getByRole("textbox").fill("");
    await dialog.getByRole("textbox").fill(word);
    return link.waitFor({ timeout: 2000 }).then(
      () => true,
      () => false,
    );
  };
  await expect.poll(tries, POLL).toBe(true);
  return link;
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

/** What a reader does with a page. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { clashes, layoutFaults, violations } from "./checks.ts";
import { LAPTOP, type Listed, PHONE, POLL, type Site, sectionOf, WIDE } from "./site.ts";

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
const setColours = (page: Page, colours: "light" | "dark") =>
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

/** In the page: does what its policy forbids. */
export const breakOut = (page: Page) =>
  page.evaluate(() => {
    const blocked: string[] = [];
    Object.assign(window, { blocked });
    document.addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
    const elsewhere = "https://example.com/";
    fetch(elsewhere).catch(() => {});
    new Image().src = elsewhere;
    for (const tag of ["script", "style"]) {
      const element = document.createElement(tag);
      element.textContent = "document.title = 'broken'";
      document.head.append(element);
    }
  });

/** The directives of the policy that have blocked something since then. */
export const blocked = (page: Page) =>
  page.evaluate(() => (window as unknown as { blocked: string[] }).blocked.sort());

/** Expects that axe finds nothing and nothing is cut off or covered, light and dark, on every screen. */
export async function look(page: Page, address: string, within = "html"): Promise<void> {
  expect([address, await violations(page, { within })]).toEqual([address, []]);
  for (const viewport of [PHONE, WIDE, LAPTOP]) {
    await page.setViewportSize(viewport);
    // The page's script goes on drawing after it has another size.
    const message = `${address}, ${viewport.width} wide`;
    await expect.poll(() => layoutFaults(page), { ...POLL, message }).toEqual([]);
  }
  await setColours(page, "dark");
  expect([address, await clashes(page, within)]).toEqual([address, []]);
  await setColours(page, "light");
}

export const copied = (page: Page) =>
  page.evaluate(async () => (await navigator.clipboard.readText()).trim());

/** Presses the button of a block of code, and expects that its text is copied. */
export async function copy(page: Page, block: Locator): Promise<void> {
  await block.hover();
  await block.getByRole("button", { name: "Copy" }).click();
  await expect.poll(() => copied(page), POLL).toBe((await block.textContent())!.trim());
}

/** Opens the dialog of "Run" beside an operation's sample, and closes it after use. */
export const runDialog = (
  site: Site,
  { route, summary }: Listed,
  use: (page: Page, dialog: Locator, status: Locator) => Promise<void>,
) =>
  site.at(route, async (page) => {
    await sectionOf(page, route).getByRole("button", { name: "Run" }).click();
    const dialog = page.getByRole("dialog", { name: summary });
    await use(page, dialog, dialog.getByRole("status"));
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

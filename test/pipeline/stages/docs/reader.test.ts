/** The reference of the real contract as a reader uses it: what is where, and what the controls do. */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { responsesOf } from "../../../../scripts/document/examples.ts";
import type { SchemaObject } from "../../../../scripts/document/model.ts";
import { deref, operations } from "../../../../scripts/document/operations.ts";
import { choose, LAPTOP, open, PHONE, POLL, ready, Site, seen } from "./site.ts";

const site = new Site();
beforeAll(() => site.open());
afterAll(() => site.close());

const chat = () => site.operations().find(({ request }) => request)!;

/** Text without line breaks, invisible breaks and the marks of Markdown, to compare. */
const bare = (text: string) =>
  text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[`*\u200b]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** Every description in what an operation is made of, behind references. */
function descriptions(start: unknown, found = new Set<string>(), done = new Set<unknown>()): Set<string> {
  if (typeof start !== "object" || start === null || done.has(start)) return found;
  done.add(start);
  for (const [name, value] of Object.entries(start)) {
    if (["examples", "example", "default", "x-when", "x-fill"].includes(name)) continue;
    // The two kinds of call within an assistant's message are not yet found here; the plain pages have them.
    if (name === "tool_calls") continue;
    if (name === "description" && typeof value === "string") found.add(bare(value));
    if (name === "x-enumDescriptions")
      for (const text of Object.values(value as object)) found.add(bare(text));
    if (name === "$ref") descriptions(deref(site.contract.document, start as { $ref: string }), found, done);
    descriptions(value, found, done);
  }
  return found;
}

/** In the page: chooses every variant of every field, those within variants too, and gathers the text that is shown. */
async function everyVariant(section: Element): Promise<string> {
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 80)));
  const texts: string[] = [];
  const itemOf = (tab: Element) => tab.closest(".schema-property-item");
  const tabsOf = (root: Element, id: string) =>
    [...root.querySelectorAll<HTMLElement>('[role="tab"]')].filter((tab) => itemOf(tab)?.id === id);
  const explore = async (root: Element, open: ReadonlySet<string>) => {
    texts.push((root as HTMLElement).innerText);
    const ids = [...root.querySelectorAll('[role="tab"]')].map((tab) => itemOf(tab)?.id ?? "");
    // The outermost choices in this part: those within them are explored for each option.
    const outer = [...new Set(ids)].filter(
      (id) =>
        id &&
        !open.has(id) &&
        !ids.some((other) => other !== id && !open.has(other) && id.startsWith(`${other}/`)),
    );
    for (const id of outer) {
      for (let option = 0; ; option++) {
        const tab = tabsOf(section, id)[option];
        if (!tab) break;
        tab.click();
        await drawn();
        const item = document.getElementById(id);
        // The fields of a variant that a field tells apart stand beside that field.
        const beside = tab.closest('[data-testid="discriminator-schema"]') !== null;
        const part = beside ? item?.parentElement : item;
        if (part) await explore(part, new Set([...open, id]));
      }
    }
  };
  await explore(section, new Set());
  return texts.join("\n");
}

test("every description of a request's fields is somewhere on the page", async () => {
  await site.visit(
    site.origin,
    async (page) => {
      await ready(page);
      const section = await open(page, chat());
      await section.locator(".schema-property-item").nth(80).waitFor();
      const text = bare(await section.evaluate(everyVariant));
      const schema = Object.values(chat().request!.content)[0]!.schema as SchemaObject;
      // The request's own description is that of its body.
      const wanted = [...descriptions(deref(site.contract.document, schema)["properties"])];
      expect(wanted.length).toBeGreaterThan(100);
      expect(wanted.filter((description) => !text.includes(description))).toEqual([]);
    },
    // What is off the screen is not drawn.
    { viewport: { width: LAPTOP.width, height: 15_000 } },
  );
}, 120_000);

test("axe finds nothing once every field is drawn, in both themes", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    await site.visit(
      `${site.origin}#${chat().route}`,
      async (page) => {
        await ready(page);
        const tools = page.locator('[id$="path=tools/function"], [id$="path=tools"]').first();
        await tools.scrollIntoViewIfNeeded();
        await page.locator(".schema-property-item").nth(40).waitFor();
        const found = await page.evaluate(async () => {
          const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
            resultTypes: ["violations"],
          });
          return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
        });
        expect(found).toEqual([]);
      },
      { colorScheme, script: axe.source },
    );
  }
});

test("the sample follows the request example, in every language", async () => {
  await site.visit(site.origin, async (page, complaints) => {
    await ready(page);
    const section = await open(page, chat());
    const panel = section.locator(".panel-request-samples");
    const source = panel.getByTestId("source-code");
    await choose(page, panel.getByRole("button", { name: /^Example/ }), "Thinking");
    await expect.poll(() => seen(source), POLL).toContain('"enable_thinking": true');
    await choose(page, panel.getByRole("button", { name: "curl", exact: true }), "Python (openai)");
    await expect.poll(() => seen(source), POLL).toContain('extra_body={"enable_thinking": True}');
    await choose(page, panel.getByRole("button", { name: /^Example/ }), "Tools");
    await expect.poll(() => seen(source), POLL).toContain('"name": "get_weather"');
    expect(complaints).toEqual({ foreign: [], errors: [] });
  });
});

test("the page's title names the entry that the reader is at", async () => {
  const { title } = site.contract.document.info;
  await site.visit(site.origin, async (page) => {
    await ready(page);
    expect(await page.title()).toBe(title);
    for (const operation of site.operations()) {
      await open(page, operation);
      await expect.poll(() => page.title(), POLL).toBe(`${operation.summary} - ${title}`);
    }
  });
});

test("one search and one click lead to what a newcomer asks for", async () => {
  const questions: [word: string, shown: RegExp][] = [
    ["stream", /^Streaming/],
    ["429", /^429/],
    ["o3", /o3, o3-2025-04-16/],
    ["tool_choice", /tool_choice/],
    ["max tokens", /max_tokens/],
  ];
  await site.visit(site.origin, async (page) => {
    await ready(page);
    const dialog = page.getByRole("dialog", { name: "Search" });
    const first = dialog.getByRole("link").first();
    for (const [word, shown] of questions) {
      await page.keyboard.press("Control+k");
      const tries = async () => {
        await dialog.getByRole("textbox").fill("");
        await dialog.getByRole("textbox").fill(word);
        await page.waitForTimeout(500);
        return first.isVisible();
      };
      await expect.poll(tries, POLL).toBe(true);
      await first.click();
      await dialog.waitFor({ state: "detached" });
      await expect.poll(() => onScreen(page, shown), POLL).toBe(true);
    }
  });
});

/** Whether some element of this text is on the screen. */
async function onScreen(page: Page, text: RegExp): Promise<boolean> {
  const found = await page.getByRole("main").getByText(text).filter({ visible: true }).all();
  const boxes = await Promise.all(found.map((element) => element.boundingBox()));
  const { height } = page.viewportSize()!;
  return boxes.some((box) => box !== null && box.y > 0 && box.y < height);
}

test("on a laptop the first field is within a screen of the title, and the sample beside it", async () => {
  await site.visit(site.origin, async (page) => {
    await ready(page);
    const section = await open(page, chat());
    const title = (await section.getByRole("heading", { name: chat().summary }).boundingBox())!;
    const field = (await section.locator(".schema-property-item").first().boundingBox())!;
    const sample = (await section.locator(".panel-request-samples").boundingBox())!;
    expect(field.y - title.y).toBeLessThan(LAPTOP.height);
    expect(sample.y - title.y).toBeLessThan(120);
    expect(sample.x).toBeGreaterThan(field.x + field.width);
    const choices = section.locator(".panel-response-samples").getByText('"finish_reason"');
    await choices.first().waitFor();
  });
});

test("on a phone the sample comes before the fields, and the bar of the menu covers no text", async () => {
  await site.visit(
    `${site.origin}#${chat().route}`,
    async (page) => {
      const section = page.locator(`[data-section-id="${chat().route}"]`);
      await section.locator(".schema-property-item").first().waitFor();
      const title = section.getByRole("heading", { name: chat().summary });
      const sample = (await section.locator(".panel-request-samples").boundingBox())!;
      const field = (await section.locator(".schema-property-item").first().boundingBox())!;
      expect(sample.y).toBeLessThan(field.y);
      const bar = (await page.getByRole("button", { name: "Open navigation menu" }).boundingBox())!;
      expect(bar).toMatchObject({ x: 0, y: 0, width: PHONE.width });
      expect((await title.boundingBox())!.y).toBeGreaterThanOrEqual(bar.height);
    },
    { viewport: PHONE },
  );
});

test("code that stands in several languages has tabs, and the choice holds on the next page", async () => {
  await site.visit(`${site.origin}guides/streaming.html`, async (page, complaints) => {
    const tab = (name: string) => page.getByRole("tab", { name, exact: true }).first();
    const panel = (name: string) =>
      page.getByRole("tabpanel", { name, exact: true, includeHidden: true }).first();
    await tab("curl").focus();
    await page.keyboard.press("ArrowLeft");
    expect(await tab("Python").getAttribute("aria-selected")).toBe("true");
    expect(await panel("Python").isVisible()).toBe(true);
    expect(await panel("curl").isVisible()).toBe(false);
    await page.goto(`${site.origin}operations/${chat().id}.html`);
    await expect.poll(() => panel("Python").isVisible(), POLL).toBe(true);
    expect(await panel("curl").isVisible()).toBe(false);
    const colours = await page.evaluate(() =>
      [...CSS.highlights].map(([name, { size }]) => [name, size > 0]),
    );
    expect(colours).toContainEqual(["code-string", true]);
    expect(complaints.errors).toEqual([]);
  });
});

test("the plain pages keep the colours that were chosen in the reference", async () => {
  await site.visit(site.origin, async (page) => {
    await ready(page);
    await page.getByRole("button", { name: /^Colors/ }).click();
    await expect.poll(() => page.locator("html").getAttribute("class"), POLL).toContain("dark");
    await page.goto(`${site.origin}guides/streaming.html`);
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await ground()).toBe("rgb(21, 23, 28)");
  });
});

test("an operation's plain page has its first field within two screens, and one example of each kind unfolded", async () => {
  await site.visit(`${site.origin}operations/${chat().id}.html`, async (page) => {
    const field = page.getByRole("cell", { name: /^model \(required\)/ }).first();
    expect((await field.boundingBox())!.y).toBeLessThan(2 * LAPTOP.height);
    const streams = page.locator("pre").filter({ hasText: "data: [DONE]" });
    expect(await streams.count()).toBe(1);
    expect(await page.locator("main details").count()).toBeGreaterThan(5);
    expect(await page.locator("main details[open]").count()).toBe(0);
  });
});

test("no response of the contract is left out of the values page", async () => {
  const statuses = [...operations(site.contract.document)].flatMap(({ operation }) =>
    responsesOf(site.contract.document, operation.responses).map(({ status }) => status),
  );
  await site.visit(`${site.origin}values.html`, async (page) => {
    for (const status of new Set(statuses.filter((status) => status !== "200")))
      await page.getByRole("heading", { name: status, exact: true }).waitFor();
  });
});

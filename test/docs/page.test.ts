/** The reference of the real contract, as its readers meet it: in a browser. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deref, type Response, type Schema, type SchemaObject } from "../../scripts/pipeline/document.ts";
import { fixture } from "./fixture.ts";
import { choose, open, POLL, ready, Site, seen, sidebar } from "./site.ts";

const site = new Site();
beforeAll(() => site.open());
afterAll(() => site.close());

describe.each([
  ["at the root of a host", () => site.origin],
  ["under a sub-path", () => `${site.origin}reference/`],
  ["from a disk", () => pathToFileURL(join(site.folder, "index.html")).href],
])("the page %s", (_, address) => {
  test("shows every operation, has links that resolve, asks nobody for anything and reports no error", async () => {
    await site.visit(address(), async (page, complaints) => {
      await ready(page);
      const links = async (within: Locator) =>
        within.locator("a[href]").evaluateAll((found) => found.map((link) => link.getAttribute("href")!));
      const seen = new Set(await links(sidebar(page)));
      const downloads = (await links(page.locator("main"))).filter((href) => !/^(https:|#)/.test(href));
      expect(site.operations()).not.toHaveLength(0);
      for (const operation of site.operations()) {
        const section = await open(page, operation);
        await section.getByText(operation.path, { exact: true }).first().waitFor();
        for (const href of await links(sidebar(page))) seen.add(href);
      }

      for (const href of [...seen].filter((href) => !href.startsWith("https:"))) {
        expect(href).toMatch(/^#\//);
        await page.goto(address() + href);
        await sidebar(page).locator(`a[href="${href}"] [data-active="true"]`).waitFor();
      }
      expect(site.files).toEqual(expect.arrayContaining(downloads));
      expect(downloads).toEqual(expect.arrayContaining(["openapi.json", "openapi.yaml"]));

      // What was gathered to be reported is sent at the latest when the reader turns away.
      await page.evaluate(async () => {
        Object.defineProperty(document, "visibilityState", { value: "hidden" });
        document.dispatchEvent(new Event("visibilitychange"));
        await new Promise((resolve) => setTimeout(resolve, 200));
      });
      expect(complaints).toEqual({ foreign: [], errors: [] });
    });
  });
});

test.each(["openapi.yaml", "openapi.json"])("offers %s as a download beside the page", async (name) => {
  for (const place of [site.origin, `${site.origin}reference/`]) {
    const response = await fetch(place + name);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(site.contract.document.info.title);
  }
});

test("every sample of every operation can be chosen and is shown as it was written", async () => {
  await site.visit(site.origin, async (page, complaints) => {
    await ready(page);
    for (const operation of site.operations()) {
      const section = await open(page, operation);
      const source = section.getByTestId("source-code").first();
      const names = operation.samples.map(({ lang, label }) => label ?? lang);
      expect(names).not.toHaveLength(0);
      for (const sample of operation.samples) {
        // The menu's button bears the name of the sample that is shown.
        const buttons = names.map((name) => section.getByRole("button", { name, exact: true }));
        const menu = buttons.reduce((any, button) => any.or(button));
        await choose(page, menu, sample.label ?? sample.lang);
        await expect.poll(async () => (await seen(source)).trim(), POLL).toBe(sample.source.trim());
      }
    }
    expect(complaints).toEqual({ foreign: [], errors: [] });
  });
});

/** The fields of an object and of those in it, by their paths, as the page spells them; it folds what may be null. */
function* fieldPaths(schema: Schema | undefined, path: string): Generator<string> {
  if (typeof schema !== "object") return;
  const { type, properties = {}, items } = deref(site.contract.document, schema);
  if (Array.isArray(type)) return;
  for (const [name, property] of Object.entries(properties)) {
    yield `${path}.${name}`;
    yield* fieldPaths(property, `${path}.${name}`);
  }
  yield* fieldPaths(items, `${path}[]`);
}

test("the fields of a stream's events are described", async () => {
  const stream = (responses: Response[]) =>
    responses
      .map(({ content }) => content?.["text/event-stream"]?.schema)
      .find((schema) => schema !== undefined);
  const streaming = site.operations().filter(({ responses }) => stream(responses));
  expect(streaming).not.toHaveLength(0);
  await site.visit(site.origin, async (page) => {
    await ready(page);
    for (const operation of streaming) {
      const { contentSchema } = deref(site.contract.document, stream(operation.responses) as SchemaObject);
      const fields = [...fieldPaths(contentSchema, "data")];
      expect(fields.length).toBeGreaterThan(5);
      const section = await open(page, operation);
      await choose(
        page,
        section.getByRole("button", { name: "application/json" }).first(),
        "text/event-stream",
      );
      // The page puts invisible breaks into long paths.
      const lines = async () => (await seen(section)).replaceAll("\u200b", "").split("\n");
      await expect.poll(lines, POLL).toEqual(expect.arrayContaining(fields));
    }
  });
});

test("the policy stops whatever else would be loaded or run", async () => {
  await site.visit(site.origin, async (page) => {
    await ready(page);
    await page.evaluate(() => {
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
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { blocked: string[] }).blocked.sort()), POLL)
      .toEqual(["connect-src", "img-src", "script-src-elem", "style-src-elem"]);
    expect(await page.title()).toBe(site.contract.document.info.title);
  });
});

test("text of the document stays text", async () => {
  await site.visit(`${site.origin}hostile/`, async (page, complaints) => {
    await ready(page);
    expect(await page.title()).toBe(fixture().info.title);
    const name = await sidebar(page)
      .getByTestId("logo")
      .locator("a")
      .evaluate((link) => getComputedStyle(link, "::after").content);
    expect(name).toContain(JSON.stringify(fixture().info.title));
    expect(complaints).toEqual({ foreign: [], errors: [] });
  });
});

test("without JavaScript the introduction can be read, and leads to every operation on plain pages", async () => {
  await site.visit(
    `${site.origin}reference/`,
    async (page, complaints) => {
      await page.getByRole("heading", { name: site.contract.document.info.title }).waitFor();
      await page.getByRole("link", { name: "the reference on plain pages" }).click();
      for (const { summary, path, samples } of site.operations()) {
        await page.getByRole("link", { name: summary, exact: true }).click();
        await page.getByRole("heading", { name: summary, level: 1 }).waitFor();
        const text = await seen(page.getByRole("main"));
        expect(text).toContain(path);
        for (const { source } of samples) expect(text).toContain(source.trim());
      }
      expect(complaints).toEqual({ foreign: [], errors: [] });
    },
    { javaScriptEnabled: false },
  );
});

test("a guide is a section of the page, found by search, and its links lead to what they name", async () => {
  await site.visit(`${site.origin}hostile/`, async (page) => {
    await ready(page);
    await sidebar(page).getByRole("link", { name: "Care for pets" }).click();
    await page.getByRole("heading", { name: "Care for pets" }).waitFor();
    await page.getByRole("link", { name: "how to watch" }).click();
    await page.getByRole("heading", { name: "Watch pets" }).waitFor();
    await page.keyboard.press("Control+k");
    const dialog = page.getByRole("dialog", { name: "Search" });
    await dialog.getByRole("textbox").fill("catnip");
    await dialog.getByRole("link").first().click();
    await page.getByText("Cats like catnip.").waitFor();
    expect(page.url()).toContain("#/guide-care");
  });
});

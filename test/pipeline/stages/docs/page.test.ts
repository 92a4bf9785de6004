/** The reference of the real contract, as its readers meet it: in a browser. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Response, Schema, SchemaObject } from "../../../../scripts/document/model.ts";
import { deref } from "../../../../scripts/document/operations.ts";
import { contractOf, fixture, guide } from "./fixture.ts";
import { choose, open, POLL, ready, Site, seen, sidebar } from "./site.ts";

const site = new Site();
/** The address of a site with text that would break a careless page, and a guide. */
let hostile: string;
beforeAll(async () => {
  await site.open();
  hostile = await site.add({ ...contractOf(fixture()), guides: [guide()] }, "hostile");
});
afterAll(() => site.close());

/** The addresses of the links in a part of the page. */
const links = (within: Locator) =>
  within.locator("a[href]").evaluateAll((found) => found.map((link) => link.getAttribute("href")!));

// At the root of a host the samples of every operation are looked at, below.
test.each([
  ["under a sub-path", () => `${site.origin}reference/`],
  ["from a disk", () => pathToFileURL(join(site.folder, "index.html")).href],
])(
  "the page %s shows every operation, loads nothing from elsewhere and reports no error",
  async (_, address) => {
    await site.visit(address(), async (page, complaints) => {
      await ready(page);
      expect(site.operations()).not.toHaveLength(0);
      for (const operation of site.operations()) {
        const section = await open(page, operation);
        await section.getByText(operation.path, { exact: true }).first().waitFor();
      }
      // What was gathered to be reported is sent at the latest when the reader turns away.
      await page.evaluate(async () => {
        Object.defineProperty(document, "visibilityState", { value: "hidden" });
        document.dispatchEvent(new Event("visibilitychange"));
        await new Promise((resolve) => setTimeout(resolve, 200));
      });
      expect(complaints).toEqual({ foreign: [], errors: [] });
    });
  },
);

test("every link of the page leads somewhere", async () => {
  await site.visit(`${site.origin}reference/`, async (page) => {
    await ready(page);
    const seen = new Set(await links(page.locator("body")));
    for (const operation of site.operations()) {
      await open(page, operation);
      for (const href of await links(sidebar(page))) seen.add(href);
    }
    const own = [...seen].filter((href) => !/^https?:/.test(href));
    const routes = own.filter((href) => href.startsWith("#"));
    const files = own.filter((href) => !href.startsWith("#"));
    expect(site.files).toEqual(expect.arrayContaining(files));
    expect(files).toEqual(expect.arrayContaining(["openapi.json", "openapi.yaml", "reference.html"]));
    const listed = await links(sidebar(page));
    expect(listed.length).toBeGreaterThan(site.operations().length);
    for (const href of routes.filter((href) => listed.includes(href))) {
      expect(href).toMatch(/^#\//);
      await page.goto(`${site.origin}reference/${href}`);
      await sidebar(page).locator(`a[href="${href}"] [data-active="true"]`).waitFor();
    }
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

/** How the page spells the limits of a number or text. */
function limits({ minimum, maximum }: SchemaObject): string[] {
  if (minimum !== undefined && maximum !== undefined) return [`[ ${minimum} .. ${maximum} ]`];
  if (minimum !== undefined) return [`>= ${minimum}`];
  return maximum === undefined ? [] : [`<= ${maximum}`];
}

test("the fields of a request are there with their limits, defaults and values", async () => {
  const requests = site.operations().flatMap((operation) => {
    const schema = operation.request?.content["application/json"]?.schema as SchemaObject | undefined;
    return schema ? [{ operation, schema: deref(site.contract.document, schema) }] : [];
  });
  expect(requests).not.toHaveLength(0);
  await site.visit(site.origin, async (page) => {
    await ready(page);
    for (const { operation, schema } of requests) {
      const fields = Object.entries(schema.properties ?? {});
      const names = fields.map(([name]) => name);
      const section = await open(page, operation);
      const lines = async () =>
        (await seen(section))
          .replaceAll("\u200b", "")
          .split("\n")
          .map((line) => line.trim());
      await expect.poll(lines, POLL).toEqual(expect.arrayContaining(names));
      const shown = await lines();
      const starts = names.map((name) => shown.indexOf(name));
      for (const [index, [name, property]] of fields.entries()) {
        const start = starts[index]!;
        const about = shown.slice(start, Math.min(...starts.filter((other) => other > start), shown.length));
        const described = deref<SchemaObject>(site.contract.document, property as SchemaObject);
        for (const limit of limits(described)) expect(about.join(" "), name).toContain(limit);
        if (described.default !== undefined)
          expect(about.slice(about.indexOf("Default:")), name).toContain(
            JSON.stringify(described.default).replaceAll('"', ""),
          );
        for (const value of Object.keys(described["x-enumDescriptions"] ?? {}))
          expect(about, name).toContain(value);
      }
    }
  });
});

test("search finds fields, models and errors, and leads to them", async () => {
  const text = JSON.stringify(site.contract.document);
  const request = site.operations().find((operation) => operation.request)!.request!;
  const { properties } = deref(
    site.contract.document,
    request.content["application/json"]!.schema as SchemaObject,
  );
  const catalogue = [...text.matchAll(/"x-enumDescriptions":(\{.*?\})/g)]
    .map(([, json]) => Object.keys(JSON.parse(json!) as object))
    .reduce((longest, values) => (values.length > longest.length ? values : longest));
  const codes = [...text.matchAll(/"error":\{[^{}]*"code":"(\w+)"/g)].map(([, code]) => code!);
  const errors = [...new Set(codes)];
  expect(errors.length).toBeGreaterThan(3);
  await site.visit(site.origin, async (page, complaints) => {
    await ready(page);
    const dialog = page.getByRole("dialog", { name: "Search" });
    const find = async (word: string) => {
      const link = dialog.getByRole("link").filter({ hasText: word });
      // What is written while the index is still being made is not looked for.
      const tries = async () => {
        const field = dialog.getByRole("textbox");
        await field.fill(word);
        const found = await link
          .first()
          .waitFor({ timeout: 1000 })
          .then(
            () => true,
            () => false,
          );
        if (!found) await field.fill("");
        return found;
      };
      await expect.poll(tries, POLL).toBe(true);
      return link.first();
    };
    for (const word of [Object.keys(properties!).at(-1)!, catalogue.at(-1)!, errors.at(-1)!]) {
      await page.keyboard.press("Control+k");
      await (await find(word)).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByRole("main").getByText(word).filter({ visible: true }).first().waitFor();
    }
    await page.keyboard.press("Control+k");
    for (const word of [catalogue[0]!, ...errors.slice(0, 2)]) await find(word);
    expect(complaints).toEqual({ foreign: [], errors: [] });
  });
});

test("code is copied as it was written: samples, and blocks in texts", async () => {
  const operation = site.operations()[0]!;
  const source = operation.samples[0]!.source.trim();
  const copied = (page: Page) => page.evaluate(async () => (await navigator.clipboard.readText()).trim());
  await site.visit(
    site.origin,
    async (page, complaints) => {
      await ready(page);
      const block = page.getByRole("main").locator("pre").first();
      const text = (await block.textContent())!.trim();
      await block.hover();
      await block.getByRole("button", { name: "Copy" }).click();
      await block.getByRole("button", { name: "Copied" }).waitFor();
      expect(await copied(page)).toBe(text);

      const section = await open(page, operation);
      await section.getByTestId("source-code").first().hover();
      await section.getByTestId("copy-button").nth(1).click();
      await expect.poll(() => copied(page), POLL).toBe(source);

      await page.goto(`${site.origin}operations/${operation.id}.html`);
      const plain = page
        .locator("pre")
        .filter({ hasText: source.split("\n")[0]! })
        .last();
      await plain.hover();
      await plain.getByRole("button", { name: "Copy" }).click();
      await expect.poll(() => copied(page), POLL).toBe((await plain.textContent())!.trim());
      expect(complaints.errors).toEqual([]);
    },
    { permissions: ["clipboard-read", "clipboard-write"] },
  );
});

test("the policy stops all other loading and scripts", async () => {
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
  await site.visit(hostile, async (page, complaints) => {
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
  await site.visit(hostile, async (page) => {
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
    expect(page.url()).toContain("#/page-guides-care");
  });
});

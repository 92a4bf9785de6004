/** The reference of the real contract, as its readers meet it: in a browser. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Contract, type Files, readContract } from "../../scripts/pipeline/contract.ts";
import { docs } from "../../scripts/pipeline/docs.ts";
import {
  deref,
  operations,
  type Response,
  type Schema,
  type SchemaObject,
} from "../../scripts/pipeline/document.ts";
import { responsesOf } from "../../scripts/pipeline/examples.ts";
import { staticFolder } from "../../scripts/static.ts";
import { launchBrowser } from "../browser.ts";
import { contractOf, fixture } from "./fixture.ts";

const SCREENSHOTS = fileURLToPath(new URL("../../.tmp/docs/", import.meta.url));
const PHONE = { width: 390, height: 844 };
const LAPTOP = { width: 1280, height: 800 };

// Generous, for machines that are busy with other test files.
const POLL = { timeout: 20_000 };

let contract: Contract;
let folder: string;
let server: Server;
let origin: string;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "docs-"));
  const built = readContract(fileURLToPath(new URL("../../openapi/openapi.yaml", import.meta.url))).then(
    async (read) => {
      contract = read;
      await write(await docs(read), folder);
    },
  );
  const hostile = docs(contractOf(fixture())).then((files) => write(files, join(folder, "hostile")));
  server = createServer(async (request, response) => {
    // The same folder under `/` and under a sub-path.
    request.url = (request.url ?? "/").replace(/^\/reference\//, "/");
    if (!(await staticFolder(folder)(request, response))) response.writeHead(404).end();
  });
  const listening = new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  [browser] = await Promise.all([launchBrowser(), built, hostile, listening]);
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Writes `docs/…` into a folder. */
async function write(files: Files, into: string): Promise<void> {
  for (const [name, content] of files) {
    const file = join(into, name.replace(/^docs\//, ""));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** What a page did that it should not have. */
interface Complaints {
  /** Requests for anything but the page's own folder. */
  foreign: string[];
  errors: string[];
}

/** Opens an address in a context of its own, and closes it after use. */
async function visit(
  address: string,
  use: (page: Page, complaints: Complaints) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext({ viewport: LAPTOP, reducedMotion: "reduce", ...options });
  try {
    const page = await context.newPage();
    const complaints: Complaints = { foreign: [], errors: [] };
    const home = new URL(".", address).href;
    page.on("request", (request) => {
      if (!request.url().startsWith(home) && !/^(data|blob):/.test(request.url()))
        complaints.foreign.push(request.url());
    });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.errors.push(message.text());
    });
    page.on("pageerror", (error) => complaints.errors.push(error.message));
    await page.goto(address);
    await use(page, complaints);
  } finally {
    await context.close();
  }
}

const sidebar = (page: Page) => page.locator(".menu-content");

/** The reference's own script has taken over: the search says how it is reached. */
const ready = (page: Page) =>
  sidebar(page)
    .getByText(/^Search/)
    .waitFor();

/** What is to be found of each operation, and under which address: links to it must outlive a build. */
function listed() {
  return [...operations(contract.document)].map(({ path, operation }) => ({
    path,
    summary: operation.summary!,
    tag: operation.tags![0]!,
    route: `/${operation.tags![0]}/${operation.operationId}`.toLowerCase(),
    samples: operation["x-codeSamples"] ?? [],
    responses: responsesOf(contract.document, operation.responses).map(({ response }) => response),
  }));
}

/** Goes to an operation by its link in the sidebar, and returns its part of the page. */
async function open(
  page: Page,
  { tag, route, summary }: ReturnType<typeof listed>[number],
): Promise<Locator> {
  const link = sidebar(page).locator(`a[href="#${route}"]`);
  if (!(await link.isVisible())) await sidebar(page).getByRole("link", { name: tag, exact: true }).click();
  await link.click();
  const section = page.locator(`[data-section-id="${route}"]`);
  await section.getByRole("heading", { name: summary }).waitFor();
  return section;
}

/** Text as it is laid out, line by line; `textContent` has no line breaks between blocks. */
const seen = (locator: Locator) => locator.innerText();

/** Chooses an entry of a menu by the button that now shows another. */
async function choose(page: Page, button: Locator, entry: string): Promise<void> {
  await button.click();
  await page.getByRole("menuitem", { name: entry, exact: true }).click();
}

describe.each([
  ["at the root of a host", () => origin],
  ["under a sub-path", () => `${origin}reference/`],
  ["from a disk", () => pathToFileURL(join(folder, "index.html")).href],
])("the page %s", (_, address) => {
  test("shows every operation, has links that resolve, asks nobody for anything and reports no error", async () => {
    await visit(address(), async (page, complaints) => {
      await ready(page);
      const links = async (within: Locator) =>
        within.locator("a[href]").evaluateAll((found) => found.map((link) => link.getAttribute("href")!));
      const seen = new Set(await links(sidebar(page)));
      const downloads = (await links(page.locator("main"))).filter((href) => !/^(https:|#)/.test(href));
      expect(listed()).not.toHaveLength(0);
      for (const operation of listed()) {
        const section = await open(page, operation);
        await section.getByText(operation.path, { exact: true }).first().waitFor();
        for (const href of await links(sidebar(page))) seen.add(href);
      }

      for (const href of [...seen].filter((href) => !href.startsWith("https:"))) {
        expect(href).toMatch(/^#\//);
        await page.goto(address() + href);
        await sidebar(page).locator(`a[href="${href}"] [data-active="true"]`).waitFor();
      }
      expect([...new Set(downloads)].sort()).toEqual(["openapi.json", "openapi.yaml"]);

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
  for (const place of [origin, `${origin}reference/`]) {
    const response = await fetch(place + name);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(contract.document.info.title);
  }
});

test("every sample of every operation can be chosen and is shown as it was written", async () => {
  await visit(origin, async (page, complaints) => {
    await ready(page);
    for (const operation of listed()) {
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
  const { type, properties = {}, items } = deref(contract.document, schema);
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
  const streaming = listed().filter(({ responses }) => stream(responses));
  expect(streaming).not.toHaveLength(0);
  await visit(origin, async (page) => {
    await ready(page);
    for (const operation of streaming) {
      const { contentSchema } = deref(contract.document, stream(operation.responses) as SchemaObject);
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
  await visit(origin, async (page) => {
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
    expect(await page.title()).toBe(contract.document.info.title);
  });
});

test("text of the document stays text", async () => {
  await visit(`${origin}hostile/`, async (page, complaints) => {
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

test("without JavaScript the introduction can be read, and leads to the whole reference as text", async () => {
  await visit(
    `${origin}reference/`,
    async (page) => {
      await page.getByRole("heading", { name: contract.document.info.title }).waitFor();
      const response = page.waitForResponse(/\.md$/);
      await page.getByRole("link", { name: "the reference as plain text" }).click();
      const text = await (await response).text();
      for (const { path } of listed()) expect(text).toContain(path);
    },
    { javaScriptEnabled: false },
  );
});

/** In the page: what stands out beyond its right edge and cannot be scrolled to within a box of its own. */
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

test.each(["light", "dark"] as const)("phones and laptops show nothing cut off (%s)", async (colorScheme) => {
  await visit(
    origin,
    async (page) => {
      await expect.poll(() => page.locator("html").getAttribute("class"), POLL).toContain(colorScheme);
      const routes = ["/", ...listed().map(({ route }) => route)];
      for (const [device, size] of Object.entries({ phone: PHONE, laptop: LAPTOP })) {
        await page.setViewportSize(size);
        for (const route of routes) {
          await page.goto(`${origin}#${route}`);
          await page.locator(`[data-section-id="${route}"]:not(:empty)`).first().waitFor();
          expect(await page.evaluate(cutOff)).toEqual([]);
          // To be looked at; the first two show what there is to see.
          const name = [device, colorScheme, ...route.split("/").filter(Boolean)].join("-");
          if (routes.indexOf(route) < 2) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
        }
      }
    },
    { colorScheme },
  );
});

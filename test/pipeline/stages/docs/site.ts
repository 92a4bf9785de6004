/** The built site of the real contract, served beside a mock, and one browser to look at it with. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { launchBrowser } from "../../../../scripts/bench/browser.ts";
import { livePages } from "../../../../scripts/cli/live-page.ts";
import { responsesOf } from "../../../../scripts/document/examples.ts";
import type { RequestBody } from "../../../../scripts/document/model.ts";
import { deref, operations } from "../../../../scripts/document/operations.ts";
import { createMock, type Mock } from "../../../../scripts/mock/index.ts";
import { type Contract, type Files, readContract } from "../../../../scripts/pipeline/read/contract.ts";
import { withScript } from "../../../../scripts/pipeline/stages/docs/html.ts";
import { docs } from "../../../../scripts/pipeline/stages/docs/stage.ts";
import { tryItScript } from "../../../../scripts/pipeline/stages/docs/try-it/script.ts";
import { staticFolder } from "../../../../scripts/shared/static-folder.ts";

export const PHONE = { width: 390, height: 844 };
export const LAPTOP = { width: 1280, height: 800 };
export const WIDE = { width: 1920, height: 1080 };

// Generous, for machines that are busy with other test files; and seldom, since reading a page holds up its script.
export const POLL = { timeout: 60_000, interval: 200 };

/** A page is used for some seconds: to optimize its script costs more than it saves. */
const FLAGS = ["--js-flags=--no-opt --no-maglev"];

/** What a page needs to read what it has copied. */
export const CLIPBOARD = ["clipboard-read", "clipboard-write"];

/** What a page did that it should not have. */
export interface Complaints {
  /** Requests for anything but the site's own folder. */
  foreign: string[];
  errors: string[];
}

interface Visit {
  page: Page;
  complaints: Complaints;
}

/** Call `open` before the tests of a file, and `close` after them. */
export class Site {
  contract!: Contract;
  /** The names of the site's files. */
  files!: string[];
  folder!: string;
  /** The address of the site, with a final slash. Its `reference/` has the same files, its `live/` those of `npm start`. */
  origin!: string;
  mock!: Mock;
  #browser!: Browser;
  /** The pages that tests share, by whether all is drawn. */
  #shared = new Map<boolean, { context: BrowserContext; visit: Visit }>();

  async open(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), "docs-"));
    [this.#browser] = await Promise.all([launchBrowser(FLAGS), this.#build()]);
    await this.#serve();
  }

  async #build(): Promise<void> {
    this.contract = await readContract(
      fileURLToPath(new URL("../../../../openapi/openapi.yaml", import.meta.url)),
    );
    const files = await docs(this.contract);
    this.files = [...files.keys()].map((name) => name.replace(/^docs\//, ""));
    await write(files, this.folder);
  }

  async #serve(): Promise<void> {
    const { document } = this.contract;
    const files = staticFolder(this.folder);
    const script = await tryItScript(document, { server: "", token: "sk-test" });
    const live = livePages(this.folder, (html) => withScript(html, script));
    this.mock = await createMock({
      document,
      first: async (request, response) => {
        const [, place = "", name = ""] = /^\/(reference\/|live\/)?(.*)/.exec(request.url ?? "") ?? [];
        if (name.startsWith("v1/")) return false;
        request.url = `/${name}`;
        return (place === "live/" && (await live(request, response))) || files(request, response);
      },
    });
    const { url } = await this.mock.listen({ port: 0 });
    this.origin = `${url}/`;
  }

  /** Builds the site of another contract, and gives its address. */
  async add(contract: Contract, name: string): Promise<string> {
    await write(await docs(contract), join(this.folder, name));
    return `${this.origin}${name}/`;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.mock?.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /**
   * Uses a page that tests share, since to load one costs a second of CPU, at a part of the reference as `npm start`
   * serves it; then makes sure that it has loaded nothing from elsewhere and reported no error. After a failure the next
   * test has a new page.
   *
   * @param route as in `#/chat`
   * @param options.whole draws every field at once, where Redoc draws none that is further than a screen away
   */
  async at(
    route: string,
    use: (page: Page) => Promise<void>,
    { viewport = LAPTOP, whole = false }: { viewport?: typeof LAPTOP; whole?: boolean } = {},
  ): Promise<void> {
    const { context, visit } =
      this.#shared.get(whole) ?? (await this.#open(this.origin, { permissions: CLIPBOARD }, whole));
    this.#shared.set(whole, { context, visit });
    const { page, complaints } = visit;
    try {
      await page.setViewportSize(viewport);
      await page.goto(`${this.origin}live/#${route}`);
      await ready(page);
      await drawn(page, route);
      await use(page);
      // The browser reports every answer that is an error, which a request of the reader's may well have.
      const errors = complaints.errors.filter((text) => !text.startsWith("Failed to load resource"));
      expect({ ...complaints, errors }).toEqual({ foreign: [], errors: [] });
    } catch (error) {
      this.#shared.delete(whole);
      await context.close();
      throw error;
    }
  }

  /** Opens an address in a new page with new storage, and closes it after use. */
  async visit(
    address: string,
    use: (page: Page, complaints: Complaints) => Promise<void>,
    options: BrowserContextOptions = {},
  ): Promise<void> {
    const { context, visit } = await this.#open(new URL(".", address).href, options);
    try {
      await visit.page.goto(address);
      await use(visit.page, visit.complaints);
    } finally {
      await context.close();
    }
  }

  /**
   * @param home what may be loaded from
   * @param whole takes away what Redoc learns from which field is near the screen
   */
  async #open(
    home: string,
    options: BrowserContextOptions,
    whole = false,
  ): Promise<{ context: BrowserContext; visit: Visit }> {
    const context = await this.#browser.newContext({ viewport: LAPTOP, reducedMotion: "reduce", ...options });
    context.setDefaultTimeout(POLL.timeout);
    if (whole) await context.addInitScript(() => Reflect.deleteProperty(window, "IntersectionObserver"));
    const page = await context.newPage();
    const complaints: Complaints = { foreign: [], errors: [] };
    page.on("request", (request) => {
      const own = request.url().startsWith(home) || /^(data|blob):/.test(request.url());
      if (!own) complaints.foreign.push(request.url());
    });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.errors.push(message.text());
    });
    page.on("pageerror", (error) => complaints.errors.push(error.message));
    return { context, visit: { page, complaints } };
  }

  /** What is to be found of each operation, and under which address: links to it must outlive a build. */
  operations() {
    return [...operations(this.contract.document)].map((entry) => {
      const { path, operation } = entry;
      return {
        entry,
        path,
        id: operation.operationId!,
        summary: operation.summary!,
        tag: operation.tags![0]!,
        route: `/${operation.tags![0]}/${operation.operationId}`.toLowerCase().replaceAll(" ", "-"),
        request: operation.requestBody && deref<RequestBody>(this.contract.document, operation.requestBody),
        samples: operation["x-codeSamples"] ?? [],
        responses: responsesOf(this.contract.document, operation.responses).map(({ response }) => response),
      };
    });
  }
}

export type Listed = ReturnType<Site["operations"]>[number];

/** Writes `docs/…` into a folder. */
async function write(files: Files, into: string): Promise<void> {
  for (const [name, content] of files) {
    const file = join(into, name.replace(/^docs\//, ""));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

export const sidebar = (page: Page) => page.locator(".menu-content");

/** The reference's own script has taken over: the search says how it is reached. */
export const ready = (page: Page) =>
  sidebar(page)
    .getByTestId("search-trigger")
    .getByText(/^Search/)
    .first()
    .waitFor({ state: "attached" });

export const sectionOf = (page: Page, route: string) => page.locator(`[data-section-id="${route}"]`).first();

/** A part of the reference is there, and with an operation its first field. */
async function drawn(page: Page, route: string): Promise<void> {
  const section = sectionOf(page, route);
  await section.locator(":scope:not(:empty)").waitFor({ state: "attached" });
  if (/^\/(?!page-|section\/).+\//.test(route))
    await section.locator(".schema-property-item").first().waitFor();
}

/** Goes to an operation by its link in the sidebar, and returns its part of the page. */
export async function open(page: Page, { tag, route, summary }: Listed): Promise<Locator> {
  const link = sidebar(page).locator(`a[href="#${route}"]`);
  const section = sectionOf(page, route);
  // The list of a tag may be folded, or about to unfold, and a click can be lost while it moves.
  const opened = async () => {
    if (!(await link.isVisible())) await sidebar(page).getByRole("link", { name: tag, exact: true }).click();
    await link.click({ timeout: 2000 }).catch(() => {});
    return new URL(page.url()).hash === `#${route}`;
  };
  await expect.poll(opened, { ...POLL, interval: 1000 }).toBe(true);
  // The page draws what is above while it scrolls there.
  const title = section.getByRole("heading", { name: summary });
  await expect.poll(async () => Math.abs((await title.boundingBox())?.y ?? 1000), POLL).toBeLessThan(100);
  return section;
}

/** Text as it is laid out, line by line; `textContent` has no line breaks between blocks. */
export const seen = (locator: Locator) => locator.innerText();

/** Chooses an entry of a menu by the button that now shows another. A click can be lost while the page is drawn anew. */
export async function choose(page: Page, button: Locator, entry: string): Promise<void> {
  const item = page.getByRole("menuitem", { name: entry, exact: true });
  const chosen = async () => {
    if (!(await item.isVisible())) await button.click();
    // A click waits until the page has drawn what it changes.
    return item.click({ timeout: 20_000 }).then(
      () => true,
      () => false,
    );
  };
  await expect.poll(chosen, POLL).toBe(true);
}

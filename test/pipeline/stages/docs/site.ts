/** The built site of the real contract, served, and a browser to look at it with. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { launchBrowser } from "../../../../scripts/bench/browser.ts";
import { responsesOf } from "../../../../scripts/document/examples.ts";
import type { RequestBody } from "../../../../scripts/document/model.ts";
import { deref, operations } from "../../../../scripts/document/operations.ts";
import { type Contract, type Files, readContract } from "../../../../scripts/pipeline/read/contract.ts";
import { docs } from "../../../../scripts/pipeline/stages/docs/stage.ts";
import { staticFolder } from "../../../../scripts/shared/static-folder.ts";

/** Where pictures go that are to be looked at. */
export const SCREENSHOTS = fileURLToPath(new URL("../../../../.tmp/docs/", import.meta.url));
export const PHONE = { width: 390, height: 844 };
export const LAPTOP = { width: 1280, height: 800 };

// Generous, for machines that are busy with other test files.
export const POLL = { timeout: 20_000 };

/** What a page did that it should not have. */
export interface Complaints {
  /** Requests for anything but the site's own folder. */
  foreign: string[];
  errors: string[];
}

/** Call `open` before the tests of a file, and `close` after them. */
export class Site {
  contract!: Contract;
  /** The names of the site's files. */
  files!: string[];
  folder!: string;
  /** The address of the site, with a final slash. The same files are served under its `reference/`. */
  origin!: string;
  #server!: Server;
  #browser!: Browser;

  async open(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), "docs-"));
    const serve = staticFolder(this.folder);
    this.#server = createServer(async (request, response) => {
      // The same folder under `/` and under a sub-path.
      request.url = (request.url ?? "/").replace(/^\/reference\//, "/");
      if (!(await serve(request, response))) response.writeHead(404).end();
    });
    const listening = new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    [this.#browser] = await Promise.all([launchBrowser(), this.#build(), listening]);
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async #build(): Promise<void> {
    this.contract = await readContract(
      fileURLToPath(new URL("../../../../openapi/openapi.yaml", import.meta.url)),
    );
    const files = await docs(this.contract);
    this.files = [...files.keys()].map((name) => name.replace(/^docs\//, ""));
    await write(files, this.folder);
  }

  /** Builds the site of another contract, and gives its address. */
  async add(contract: Contract, name: string): Promise<string> {
    await write(await docs(contract), join(this.folder, name));
    return `${this.origin}${name}/`;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    this.#server?.closeAllConnections();
    this.#server?.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /**
   * Opens an address in a new context, and closes it after use.
   *
   * @param options of the browser, and a script to run in each page before its own
   */
  async visit(
    address: string,
    use: (page: Page, complaints: Complaints) => Promise<void>,
    { script, ...options }: BrowserContextOptions & { script?: string } = {},
  ): Promise<void> {
    const context = await this.#browser.newContext({ viewport: LAPTOP, reducedMotion: "reduce", ...options });
    try {
      const page = await context.newPage();
      if (script) await page.addInitScript(script);
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

  /** What is to be found of each operation, and under which address: links to it must outlive a build. */
  operations() {
    return [...operations(this.contract.document)].map(({ path, operation }) => ({
      path,
      id: operation.operationId!,
      summary: operation.summary!,
      tag: operation.tags![0]!,
      route: `/${operation.tags![0]}/${operation.operationId}`.toLowerCase(),
      request: operation.requestBody && deref<RequestBody>(this.contract.document, operation.requestBody),
      samples: operation["x-codeSamples"] ?? [],
      responses: responsesOf(this.contract.document, operation.responses).map(({ response }) => response),
    }));
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
    .getByText(/^Search/)
    .waitFor();

/** Goes to an operation by its link in the sidebar, and returns its part of the page. */
export async function open(page: Page, { tag, route, summary }: Listed): Promise<Locator> {
  const link = sidebar(page).locator(`a[href="#${route}"]`);
  if (!(await link.isVisible())) await sidebar(page).getByRole("link", { name: tag, exact: true }).click();
  await link.click();
  const section = page.locator(`[data-section-id="${route}"]`);
  await section.getByRole("heading", { name: summary }).waitFor();
  return section;
}

/** Text as it is laid out, line by line; `textContent` has no line breaks between blocks. */
export const seen = (locator: Locator) => locator.innerText();

/** Chooses an entry of a menu by the button that now shows another. */
export async function choose(page: Page, button: Locator, entry: string): Promise<void> {
  await button.click();
  await page.getByRole("menuitem", { name: entry, exact: true }).click();
}

/** The reference of the real contract, as its readers meet it: in a browser. One file, since each browser costs. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Response, SchemaObject } from "../../../../scripts/document/model.ts";
import { deref } from "../../../../scripts/document/operations.ts";
import { operationRoutes } from "../../../../scripts/pipeline/stages/docs/view.ts";
import { addressesIn, layoutFaults, onSeveralLines, violations } from "./checks.ts";
import { contractOf, fixture, guide, oddFixture } from "./fixture.ts";
import {
  blocked,
  breakOut,
  coloursOf,
  copied,
  copy,
  DARK_GROUND,
  drawTools,
  leaveSearch,
  links,
  look,
  onScreen,
  operationOf,
  plainKinds,
  runDialog,
  search,
  tabTo,
  turnAway,
} from "./reader.ts";
import {
  CLIPBOARD,
  choose,
  LAPTOP,
  open,
  PHONE,
  POLL,
  ready,
  Site,
  sectionOf,
  seen,
  sidebar,
} from "./site.ts";
import {
  bare,
  descriptions,
  errorCodes,
  everyVariant,
  fieldPaths,
  lines,
  longestCatalogue,
  missingFacts,
} from "./texts.ts";

const site = new Site();
/** The address of a site with text that would break a careless page, a guide, and an operation without tag, ID and title. */
let hostile: string;
const odd = oddFixture();
beforeAll(async () => {
  await site.open();
  hostile = await site.add({ ...contractOf(odd), guides: [guide()] }, "hostile");
});
afterAll(() => site.close());

const chat = () => operationOf(site);
const hasStream = ({ content }: Response) => content?.["text/event-stream"]?.schema !== undefined;

describe("the page", () => {
  test("marks in the sidebar the part that it is opened at; shows every operation under a sub-path; every link leads somewhere", async () => {
    const { title } = site.contract.document.info;
    await site.visit(`${site.origin}reference/#/section/errors`, async (page, complaints) => {
      await ready(page);
      await sidebar(page).locator('a[href="#/section/errors"] [data-active="true"]').waitFor();
      expect(await sidebar(page).locator('[data-active="true"]').count()).toBe(1);
      await expect.poll(() => page.title(), POLL).toBe(`Errors - ${title}`);
      await expect.poll(() => onScreen(page, "Errors"), POLL).toBe(true);
      await page.goto(`${site.origin}reference/#/`);
      await expect.poll(() => page.title(), POLL).toBe(title);
      const seen = new Set(await links(page.locator("body")));
      expect(site.operations()).not.toHaveLength(0);
      for (const operation of site.operations()) {
        const section = await open(page, operation);
        await section.getByText(operation.path, { exact: true }).first().waitFor();
        await expect.poll(() => page.title(), POLL).toBe(`${operation.summary} - ${title}`);
        for (const href of await links(sidebar(page))) seen.add(href);
      }
      const inSite = [...seen].filter((href) => !/^https?:/.test(href));
      const routes = inSite.filter((href) => href.startsWith("#"));
      const files = inSite.filter((href) => !href.startsWith("#"));
      expect(site.files).toEqual(expect.arrayContaining(files));
      expect(files).toEqual(expect.arrayContaining(["openapi.json", "openapi.yaml", "reference.html"]));
      const listed = await links(sidebar(page));
      expect(listed.length).toBeGreaterThan(site.operations().length);
      // Each part of the page that the sidebar lists has a place, where it is drawn once the reader comes near.
      const isPlaced = (route: string) => sectionOf(page, route).count();
      for (const href of listed.filter((href) => href.startsWith("#")))
        expect([href, await isPlaced(href.slice(1))]).toEqual([href, 1]);
      const own = routes.filter((href) => listed.includes(href) && /^#\/page-[^/]*$/.test(href));
      expect(own.length).toBeGreaterThan(2);
      for (const href of own) {
        await page.goto(`${site.origin}reference/${href}`);
        await sidebar(page).locator(`a[href="${href}"] [data-active="true"]`).waitFor();
      }
      await turnAway(page);
      expect(complaints).toEqual({ foreign: [], errors: [] });
    });
  });

  test("opened from a disk at an operation shows it in the reader's colours and under a main heading, loads nothing from elsewhere and reports no error", async () => {
    await site.visit(
      `${pathToFileURL(join(site.folder, "index.html")).href}#${chat().route}`,
      async (page, complaints) => {
        await ready(page);
        await expect.poll(() => coloursOf(page), POLL).toBe("dark");
        await sectionOf(page, chat().route).getByText(chat().path, { exact: true }).first().waitFor();
        // The introduction, whose title is the page's, is not drawn.
        expect(await page.getByRole("heading", { name: site.contract.document.info.title }).count()).toBe(0);
        const headings = ["page-has-heading-one", "heading-order"];
        expect(await violations(page, { rules: headings })).toEqual([]);
        await turnAway(page);
        await page.goto(pathToFileURL(join(site.folder, "values.html")).href);
        const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        expect(ground).toBe(DARK_GROUND);
        expect(complaints).toEqual({ foreign: [], errors: [] });
      },
      { colorScheme: "dark" },
    );
  });

  test("shows the document's text as text, and a guide as a section that search finds and whose links work; lets in nothing else, by its policy", async () => {
    await site.visit(hostile, async (page, complaints) => {
      await ready(page);
      expect(await page.title()).toBe(fixture().info.title);
      const name = await sidebar(page)
        .getByTestId("logo")
        .locator("a")
        .evaluate((link) => getComputedStyle(link, "::after").content);
      expect(name).toContain(JSON.stringify(fixture().info.title));

      await sidebar(page).getByRole("link", { name: "Care for pets" }).click();
      await page.getByRole("heading", { name: "Care for pets" }).waitFor();
      await page.getByRole("link", { name: "how to watch" }).click();
      await page.getByRole("heading", { name: "Watch pets" }).waitFor();
      await (await search(page, "catnip")).click();
      await page.getByText("Cats like catnip.").waitFor();
      expect(page.url()).toContain("#/page-guides-care");
      // "Run" finds an operation by its address.
      for (const route of operationRoutes(odd).values()) {
        await page.goto(hostile + route);
        await sectionOf(page, route.slice(1)).getByText("Responses", { exact: true }).first().waitFor();
      }
      expect(complaints).toEqual({ foreign: [], errors: [] });

      await breakOut(page);
      await expect
        .poll(() => blocked(page), POLL)
        .toEqual(["connect-src", "img-src", "script-src-elem", "style-src-elem"]);
      expect(await page.title()).not.toBe("broken");
    });
  });

  test("without JavaScript can be read up to its introduction, and leads to every operation on plain pages", async () => {
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
});

describe("a search and a click", () => {
  test("lead to what a newcomer asks for", async () => {
    const questions: [word: string, shown: RegExp][] = [
      ["stream", /^Streaming/],
      ["429", /^429/],
      ["o3", /o3, o3-2025-04-16/],
      ["tool_choice", /tool_choice/],
      ["max tokens", /max_tokens/],
    ];
    await site.at("/", async (page) => {
      for (const [word, shown] of questions) {
        await (await search(page, word)).click();
        await page.getByRole("dialog", { name: "Search" }).waitFor({ state: "detached" });
        await expect.poll(() => onScreen(page, shown), POLL).toBe(true);
      }
    });
  });

  test("lead to fields, models and errors", async () => {
    const { properties } = deref(
      site.contract.document,
      chat().request!.content["application/json"]!.schema as SchemaObject,
    );
    const [catalogue, errors] = [
      longestCatalogue(site.contract.document),
      errorCodes(site.contract.document),
    ];
    expect(errors.length).toBeGreaterThan(3);
    await site.at("/", async (page) => {
      for (const word of [Object.keys(properties!).at(-1)!, catalogue.at(-1)!, errors.at(-1)!]) {
        await (await search(page, word, word)).click();
        await page.getByRole("dialog", { name: "Search" }).waitFor({ state: "detached" });
        await page.getByRole("main").getByText(word).filter({ visible: true }).first().waitFor();
      }
      for (const word of [catalogue[0]!, ...errors.slice(0, 2)]) await search(page, word, word);
      await leaveSearch(page);
    });
  });
});

describe("the samples", () => {
  test("can all be chosen, and are shown as they were written", async () => {
    await site.at("/", async (page) => {
      for (const operation of site.operations()) {
        const section = await open(page, operation);
        const panel = section.locator(".panel-request-samples");
        const source = panel.getByTestId("source-code");
        const names = operation.samples.map(({ lang, label }) => label ?? lang);
        expect(names).not.toHaveLength(0);
        for (const sample of operation.samples) {
          // The menu's button bears the name of the sample that is shown.
          const buttons = names.map((name) => panel.getByRole("button", { name, exact: true }));
          const menu = buttons.reduce((any, button) => any.or(button));
          await choose(page, menu, sample.label ?? sample.lang);
          await expect.poll(async () => (await seen(source)).trim(), POLL).toBe(sample.source.trim());
        }
      }
    });
  });

  test("follow the request example, in every language", async () => {
    await site.at(chat().route, async (page) => {
      const panel = sectionOf(page, chat().route).locator(".panel-request-samples");
      const source = panel.getByTestId("source-code");
      const languages = chat().samples.map(({ label }) =>
        panel.getByRole("button", { name: label!, exact: true }),
      );
      const language = languages.reduce((any, button) => any.or(button));
      await choose(page, panel.getByRole("button", { name: /^Example/ }), "Thinking");
      await choose(page, language, "curl");
      await expect.poll(() => seen(source), POLL).toContain('"enable_thinking": true');
      await choose(page, language, "Python (openai)");
      await expect.poll(() => seen(source), POLL).toContain('extra_body={"enable_thinking": True}');
      await choose(page, panel.getByRole("button", { name: /^Example/ }), "Tools");
      await expect.poll(() => seen(source), POLL).toContain('"name": "get_weather"');
    });
  });

  test("are copied as they were written, and so are blocks of code in texts", async () => {
    const operation = site.operations()[0]!;
    const source = operation.samples[0]!.source.trim();
    await site.at("/", async (page) => {
      await copy(page, page.getByRole("main").locator("pre").first());
      const section = await open(page, operation);
      const shown = section.getByTestId("source-code").first();
      await shown.hover();
      const text = (await seen(shown)).trim();
      await section.getByTestId("copy-button").nth(1).click();
      await expect.poll(() => copied(page), POLL).toBe(text);
    });
    const copyFrom = (page: Page) => {
      const blocks = page.locator("pre").filter({ hasText: source.split("\n")[0]!, visible: true });
      return copy(page, blocks.last());
    };
    await site.visit(`${site.origin}operations/${operation.id}.html`, copyFrom, { permissions: CLIPBOARD });
  });
});

describe("the fields", () => {
  test("of a request are there with their limits, defaults and values", async () => {
    const schema = deref(
      site.contract.document,
      Object.values(chat().request!.content)[0]!.schema as SchemaObject,
    );
    await site.at(
      chat().route,
      async (page) => {
        const shown = lines(await seen(sectionOf(page, chat().route)));
        expect(shown).toEqual(expect.arrayContaining(Object.keys(schema.properties!)));
        expect(missingFacts(site.contract.document, schema, shown)).toEqual([]);
      },
      { whole: true },
    );
  });

  test("and all else that an operation is made of, a stream's events too, have every description of the contract", async () => {
    const { document } = site.contract;
    let streams = 0;
    for (const { route, entry, responses } of site.operations()) {
      await site.at(
        route,
        async (page) => {
          const section = sectionOf(page, route);
          const answers = section.locator('[data-testid="middle-panel"]:has(> [id$="/responses"])');
          const texts = [await section.evaluate(everyVariant)];
          const explored = new Set<string>();
          const statuses = await answers.getByRole("tablist").first().getByRole("tab").all();
          expect(statuses).toHaveLength(responses.length);
          for (const [index, status] of statuses.entries()) {
            await status.click();
            texts.push(await seen(answers));
            const content = Object.entries(responses[index]?.content ?? {});
            // The page shows the media type that was chosen last, if the answer has it.
            const menu = answers.getByRole("button", { name: "/" });
            for (const [type, { schema }] of content) {
              if (content.length > 1 && (await seen(menu)).trim() !== type) await choose(page, menu, type);
              // Errors have the same schema.
              if (explored.has(JSON.stringify(schema))) continue;
              explored.add(JSON.stringify(schema));
              const answer = await answers.evaluate(everyVariant);
              texts.push(answer);
              if (type !== "text/event-stream") continue;
              const { contentSchema } = deref(document, schema as SchemaObject);
              const fields = [...fieldPaths(document, contentSchema, "data")];
              expect(fields).not.toHaveLength(0);
              expect(lines(answer)).toEqual(expect.arrayContaining(fields));
              streams++;
            }
          }
          const text = bare(texts.join("\n"));
          const wanted = descriptions(document, [entry.operation, entry.parameters]);
          expect(wanted.size).toBeGreaterThan(10);
          expect([...wanted].filter((description) => !text.includes(description))).toEqual([]);
        },
        { whole: true },
      );
    }
    expect(streams).toBe(site.operations().filter(({ responses }) => responses.some(hasStream)).length);
  });
});

describe("what is where", () => {
  test("on a laptop: the first field within a screen of the title, and the sample beside it", async () => {
    await site.at(chat().route, async (page) => {
      const section = sectionOf(page, chat().route);
      const title = (await section.getByRole("heading", { name: chat().summary }).boundingBox())!;
      const field = (await section.locator(".schema-property-item").first().boundingBox())!;
      const sample = (await section.locator(".panel-request-samples").boundingBox())!;
      expect(field.y - title.y).toBeLessThan(LAPTOP.height);
      expect(sample.y - title.y).toBeLessThan(120);
      expect(sample.x).toBeGreaterThan(field.x + field.width);
      await section.locator(".panel-response-samples").getByText('"finish_reason"').first().waitFor();
      // A long table of values keeps the next field in reach, and the headers of an answer come after what it says.
      const values = page.getByRole("region", { name: "Values of model" });
      await expect.poll(async () => (await values.boundingBox())!.height, POLL).toBeLessThan(300);
      const place = async (path: string) =>
        (await page.locator(`[id$="path=${path}"]`).first().boundingBox())!.y;
      expect((await place("messages")) - title.y).toBeLessThan(1.2 * LAPTOP.height);
      expect(await place("choices")).toBeLessThan(await place("x-request-id"));
      const folds = page.getByRole("button", { name: "Collapse all" });
      expect(await folds.count()).toBeGreaterThan(0);
      await page.emulateMedia({ media: "print" });
      expect(await folds.filter({ visible: true }).count()).toBe(0);
      expect((await values.boundingBox())!.height).toBeGreaterThan(LAPTOP.height / 2);
      await page.emulateMedia({ media: null });
    });
  });

  test("on a phone: the sample before the fields, and the bar of the menu covers no text", async () => {
    await site.at(
      chat().route,
      async (page) => {
        const section = sectionOf(page, chat().route);
        const title = section.getByRole("heading", { name: chat().summary });
        const top = async () => (await title.boundingBox())?.y ?? -1;
        const sample = (await section.locator(".panel-request-samples").boundingBox())!;
        const field = (await section.locator(".schema-property-item").first().boundingBox())!;
        expect(sample.y).toBeLessThan(field.y);
        const { all, broken } = await addressesIn(section.locator(".panel-request-samples pre"));
        expect(all).not.toHaveLength(0);
        expect(broken).toEqual([]);
        // Values stand on one line each.
        const values = section.locator("td:first-child");
        expect(await values.count()).toBeGreaterThan(20);
        expect(await onSeveralLines(values)).toEqual([]);
        const bar = (await page.getByRole("button", { name: "Open navigation menu" }).boundingBox())!;
        expect(bar).toMatchObject({ x: 0, y: 0, width: PHONE.width });
        await title.scrollIntoViewIfNeeded();
        expect(await top()).toBeGreaterThanOrEqual(bar.height);
      },
      { viewport: PHONE },
    );
  });

  test("on an operation's plain page: the first field within two screens, one example of each kind unfolded", async () => {
    await site.visit(`${site.origin}operations/${chat().id}.html`, async (page) => {
      const field = page.getByRole("cell", { name: /^model \(required\)/ }).first();
      expect((await field.boundingBox())!.y).toBeLessThan(2 * LAPTOP.height);
      const streams = page.locator("pre").filter({ hasText: "data: [DONE]" });
      expect(await streams.count()).toBe(1);
      expect(await page.locator("main details").count()).toBeGreaterThan(5);
      expect(await page.locator("main details[open]").count()).toBe(0);
      for (const viewport of [LAPTOP, PHONE]) {
        await page.setViewportSize(viewport);
        const broken = await onSeveralLines(page.locator(".fields td:first-child code"));
        // A longer name has no room on a phone.
        expect(broken.filter((name) => name.length < 42)).toEqual([]);
        expect((await addressesIn(page.locator("main pre"))).broken).toEqual([]);
      }
    });
  });
});

describe("the plain pages", () => {
  test("have tabs for code in several languages, and the choice holds on the next page", async () => {
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
});

describe("everybody", () => {
  test("can read each kind of page on every screen, light and dark: axe finds nothing, and nothing is cut off or covered", async () => {
    await site.visit(`${site.origin}#${chat().route}`, async (page, complaints) => {
      const panel = sectionOf(page, chat().route).locator(".panel-request-samples");
      // The longest name of a language, in whose samples there are words of each colour.
      await choose(page, panel.getByRole("button", { name: "curl", exact: true }), "JavaScript (openai)");
      await drawTools(page);
      await look(page, chat().route);
      for (const route of ["/", "/page-guides-streaming", "/page-values"]) {
        await page.goto(`${site.origin}#${route}`);
        await sectionOf(page, route).locator(":scope:not(:empty)").waitFor();
        await look(page, route, `[data-section-id="${route}"]`);
      }
      for (const address of plainKinds(site)) {
        await page.goto(site.origin + address);
        await look(page, address);
      }
      expect(complaints.errors).toEqual([]);
    });
  });

  test("can use the search and a phone's menu: axe finds nothing in them", async () => {
    await site.at("/", async (page) => {
      await search(page, chat().summary);
      expect(await violations(page, { within: '[role="dialog"]' })).toEqual([]);
      await leaveSearch(page);
      await page.setViewportSize(PHONE);
      const bar = page.getByRole("button", { name: "Open navigation menu" });
      const { height } = (await bar.boundingBox())!;
      await bar.click();
      await sidebar(page).getByRole("link").first().waitFor();
      // The bar covers nothing of the menu.
      expect((await sidebar(page).getByTestId("logo").boundingBox())!.y).toBeGreaterThanOrEqual(height);
      expect(await violations(page, { within: ".menu-content" })).toEqual([]);
      await page.keyboard.press("Escape");
    });
  });
});

describe("Run, beside a sample", () => {
  test("sends the chosen example, shows a stream as it comes, and says what went wrong", async () => {
    await runDialog(site, chat(), async (page, dialog, status) => {
      const answer = dialog.getByLabel("Answer", { exact: true });
      expect(await violations(page, { within: "dialog" })).toEqual([]);
      await dialog.getByLabel("Example").selectOption("Streamed, with usage");
      await dialog.getByRole("button", { name: "Send" }).click();
      await expect.poll(() => seen(answer), POLL).toContain("data: [DONE]");
      await expect.poll(() => seen(status), POLL).toMatch(/^200 OK, \d+ ms$/);
      expect(site.mock.requests.at(-1)).toMatchObject({ status: 200 });

      await dialog.getByLabel(/^Body/).fill('{"model": "gpt-5.4", "messages": []}');
      await page.keyboard.press("Control+Enter");
      await expect.poll(() => seen(status), POLL).toMatch(/^400/);
      await expect.poll(() => seen(answer), POLL).toContain('"param": "messages"');
    });
  });

  test("stops a request, and reports one that found no server", async () => {
    await runDialog(site, chat(), async (page, dialog, status) => {
      const address = "**/v1/chat/completions";
      await page.route(address, () => {});
      await dialog.getByRole("button", { name: "Send" }).click();
      await dialog.getByRole("button", { name: "Stop" }).click();
      await expect.poll(() => seen(status), POLL).toMatch(/^Stopped, \d+ ms$/);
      await page.unroute(address);
      await page.route(address, (route) => route.abort());
      await dialog.getByRole("button", { name: "Send" }).click();
      const failure = /^The request failed \(.*\)\. Check the connection/;
      await expect.poll(() => seen(status), POLL).toMatch(failure);
      await page.unroute(address);
    });
  });

  test("copies the request as a curl line that has no token in it", async () => {
    await runDialog(site, chat(), async (page, dialog) => {
      await dialog.getByLabel(/^Body/).fill(`{"model": "it's"}`);
      await dialog.getByRole("button", { name: "Copy as curl" }).click();
      await dialog.getByRole("button", { name: "Copied" }).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toBe(
        [
          "curl -X POST 'https://api.routescope.ai/v1/chat/completions'",
          '-H "Authorization: Bearer $ROUTESCOPE_API_KEY"',
          "-H 'Content-Type: application/json'",
          `-d '{"model": "it'\\''s"}'`,
        ].join(" \\\n  "),
      );
    });
  });
});

test("everybody reaches the search, the colours and the layout by keyboard alone, and the plain pages keep the colours", async () => {
  // The last test of the page that tests share: it changes the colours and leaves the page.
  await site.at("/", async (page) => {
    const skip = page.getByRole("link", { name: "Skip to the text" });
    await skip.focus();
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

    await page.goto(`${site.origin}values.html`);
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await ground()).toBe(DARK_GROUND);
  });
});

test("Run is on the plain page of each operation as well, and on no other", async () => {
  await site.visit(`${site.origin}live/operations/${chat().id}.html`, async (page, complaints) => {
    const button = page.getByRole("button", { name: "Run" });
    expect(await button.count()).toBe(1);
    await button.press("Enter");
    const dialog = page.getByRole("dialog", { name: chat().summary });
    expect(await violations(page, { within: "dialog" })).toEqual([]);
    await dialog.getByLabel("Example").selectOption("Streamed, with usage");
    await page.keyboard.press("Control+Enter");
    await expect
      .poll(() => seen(dialog.getByLabel("Answer", { exact: true })), POLL)
      .toContain("data: [DONE]");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    for (const name of ["guides/streaming", "values"]) {
      await page.goto(`${site.origin}live/${name}.html`);
      expect(await page.getByRole("button", { name: "Run" }).count()).toBe(0);
    }
    expect(complaints.errors).toEqual([]);
  });
});

test("what is cut off, scrolls sideways or lies on other text is found", async () => {
  await site.visit(`${site.origin}404.html`, async (page) => {
    // A page without a policy.
    await page.goto("about:blank");
    const faultsOf = async (html: string) => {
      await page.setContent(`<main style="font: 16px sans-serif">${html}</main>`);
      return (await layoutFaults(page)).map((fault) => fault.replace(/:.*/, ""));
    };
    expect(await faultsOf("<p>All is well.</p><pre style='overflow: auto'>a wide line</pre>")).toEqual([]);
    expect(await faultsOf("<p><img width=2000 height=9 alt=''></p>")).toEqual(["the page scrolls sideways"]);
    expect(
      await faultsOf("<p style='width: 50px; overflow: hidden; white-space: nowrap'>much too long</p>"),
    ).toEqual(["cut off by what is around it"]);
    expect(await faultsOf("<p>one</p><p style='position: absolute; top: 16px; margin: 0'>two</p>")).toEqual([
      "on each other",
    ]);
    const button =
      "<button aria-label='Copy' style='position: absolute; top: 16px; width: 24px; height: 24px'></button>";
    expect(await faultsOf(`${button}<p>text</p>`)).toEqual(["on each other"]);
  });
});

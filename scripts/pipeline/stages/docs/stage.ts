/** Stage: the reference, `docs/`: static files that any host serves under any path, or that open from a disk. */
import { readFile } from "node:fs/promises";
import { firstParagraphLine } from "../../../shared/text.ts";
import type { Contract, Files } from "../../read/contract.ts";
import { bundle } from "../bundle.ts";
import { article } from "./article.ts";
import { dataUrl, PREVIEW, withScript } from "./html.ts";
import { apiCatalog, LLMS, llmsFull, llmsIndex } from "./llms.ts";
import { page } from "./page.ts";
import { linked, MISSING, type TextPage, textPages } from "./pages.ts";
import { preview } from "./preview.ts";
import { renderReference } from "./redoc.ts";
import { robots, sitemap } from "./search-engines.ts";
import { serverOf, tryItScript } from "./try-it/script.ts";
import { docsView, routes, sampleLanguages } from "./view.ts";

const BANNER = "<!-- Written by `npm run build` from the OpenAPI document. Do not edit it. -->\n";

export interface DocsOptions {
  /** Whether readers can send requests to the API from the page, with their token. */
  tryIt?: boolean | undefined;
  /** The address that the site will have, with a final slash. Only link previews, search engines and llms.txt need it. */
  site?: string | undefined;
}

/**
 * @returns `docs/index.html`, Redoc's page, which asks no host for anything; and beside it
 *   - the same without scripts, a page for each guide and operation and one for all, as HTML and as Markdown
 *   - the contract (`openapi.yaml`, `openapi.json`, as the stage `bundle` writes them)
 *   - for programs, `llms.txt`, `llms-full.txt` and `.well-known/api-catalog`
 *   - for search engines, where the site's address is known, `sitemap.xml` and `robots.txt`; and `404.html`
 *   - the picture for link previews
 */
export async function docs(contract: Contract, { site, tryIt }: DocsOptions = {}): Promise<Files> {
  const { document, changelog } = contract;
  const { title, version, summary, description } = document.info;
  const [
    downloads,
    mark,
    style,
    layout,
    articleStyle,
    tableStyle,
    codeStyle,
    tryItStyle,
    adjust,
    codeScript,
  ] = await Promise.all([
    bundle(contract),
    asset("mark.svg"),
    asset("style.css"),
    asset("layout.css"),
    asset("article.css"),
    asset("tables.css"),
    asset("code.css"),
    asset("try-it/try-it.css"),
    asset("adjust.js"),
    asset("code.js"),
  ]);
  const about = summary ?? (firstParagraphLine(description) || title);
  const icon = dataUrl(mark);
  const names = [...downloads.keys()];
  const pages = textPages(contract, [...names, ...Object.values(LLMS)]);
  const date = changelog?.dates.get(version);
  const edition = `Version ${version}${date ? `, ${date}` : ""}`;
  const changes = pages.find(({ kind }) => kind === "changelog");
  const preface = [
    changes ? `[${edition}](${changes.path}.md)` : edition,
    "[Plain pages](reference.md)",
    `[For language models](${LLMS.index})`,
  ].join(" · ");
  // Redocly works in another process: meanwhile this one makes the rest.
  const rendering = renderReference(docsView(document, pages, preface), {
    apiLogo: { imageUrl: icon, altText: title, href: "#/" },
    downloadUrls: names.map((name) => ({ title: name, url: name })),
    codeSamples: { languages: sampleLanguages(document) },
    // All values of an enumeration are shown, a catalogue of models included.
    maxDisplayedEnumValues: Number.MAX_SAFE_INTEGER,
    // Deep enough for all that an event of a stream carries. Unions stay folded at any level.
    schemasExpansionLevel: 6,
    jsonSamplesExpandLevel: 10,
    hideSchemaTitles: true,
  });
  // Its error is thrown where its result is used.
  rendering.catch(() => undefined);
  const picture = await preview({ title, description: about, foot: edition, mark });
  const server = tryIt ? serverOf(document) : "";
  const script = server && (await tryItScript(document, { server }));
  const runnable = (html: string) => (script ? withScript(html, script, new URL(server).origin) : html);
  const shown = routes(document, pages);
  const frame = {
    name: title,
    site,
    icon,
    style: ({ kind }: TextPage) =>
      articleStyle + tableStyle + codeStyle + (kind === "operation" ? tryItStyle : ""),
    scripts: [codeScript],
    edition,
    pages,
    route: ({ path }: TextPage) => shown.get(path),
  };
  const plain = (each: TextPage) => {
    const html = BANNER + article(each, frame);
    return each.kind === "operation" ? runnable(html) : html;
  };
  const texts = pages.flatMap((each): [string, string][] => [
    [`${each.path}.html`, plain(each)],
    [`${each.path}.md`, `${BANNER}\n${linked(each, "md")}\n`],
  ]);
  const index = page({
    title,
    name: title,
    description: about,
    icon,
    path: "index.html",
    site,
    style: style + layout + tableStyle + codeStyle + tryItStyle,
    scripts: [adjust, codeScript],
    reference: await rendering,
    plain: "reference.html",
  });
  const files: Files = new Map([
    ["index.html", BANNER + runnable(index)],
    ...texts,
    ["404.html", BANNER + article(MISSING, frame)],
    ...(site
      ? ([
          ["sitemap.xml", sitemap(pages, site)],
          ["robots.txt", robots(site)],
        ] as const)
      : []),
    [LLMS.index, `${llmsIndex(document, pages, names, site)}\n`],
    [LLMS.full, `${llmsFull(pages)}\n`],
    [".well-known/api-catalog", apiCatalog()],
    [PREVIEW.name, picture],
    ...downloads,
  ]);
  return new Map([...files].map(([name, content]) => [`docs/${name}`, content]));
}

function asset(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), "utf8");
}

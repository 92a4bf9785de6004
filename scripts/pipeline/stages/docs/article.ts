/** A page of text as static HTML: readable without scripts, on paper and on any screen. */
import { Marked, type Tokens } from "marked";
import { gfmHeadingId } from "marked-gfm-heading-id";
import { escapeHtml } from "../../../shared/html.ts";
import { htmlPage, scriptElement, VERSIONS } from "./html.ts";
import { relativeAddress } from "./links.ts";
import { linked, REFERENCE, type TextPage } from "./pages.ts";
import { linkedData } from "./search-engines.ts";

export interface ArticleFrame {
  /** The name of the site. */
  name: string;
  /** The address of the site's root, where it is known. */
  site?: string | undefined;
  /** The icon's address, a `data:` URL. */
  icon: string;
  /** The style sheet of a page. */
  style: (page: TextPage) => string;
  /** What readers with scripts get beyond the text. */
  scripts: readonly string[];
  /** `Version 0.1.0, 2026-11-23`. */
  edition: string;
  /** All pages, for the list beside each. */
  pages: readonly TextPage[];
  /** Where the interactive reference shows what a page is about, as its address's hash; undefined if it does not. */
  route: (page: TextPage) => string | undefined;
}

const markdown = new Marked(gfmHeadingId(), {
  // Markup is shown as text: our texts have none, and that of a foreign document is not to be trusted.
  renderer: {
    html: ({ text }) => escapeHtml(text),
    // Of an address that could run something, only the text is left.
    link({ href, tokens }) {
      return /^(?!https?:|mailto:)[^/?#]*:/i.test(href) ? this.parser.parseInline(tokens) : false;
    },
    // A fence with a title is one of many examples: folded.
    code: ({ text, lang }) => {
      const [language = "", ...title] = (lang ?? "").split(" ");
      const code = `<pre><code class="language-${escapeHtml(language)}">${escapeHtml(text)}\n</code></pre>\n`;
      return title.length === 0
        ? code
        : `<details><summary>${escapeHtml(title.join(" "))}</summary>\n${code}</details>\n`;
    },
    // On a phone the cells of a row stand below each other: see `tables.css`.
    table({ header, rows }) {
      const isOfFields = header.length > 2 && header.at(-1)?.text === "Description";
      const cell = (content: Tokens.TableCell, at: number) => {
        const html = this.tablecell(content);
        const column = header[at]?.text;
        if (isOfFields || at === 0 || !column || column === "Description") return html;
        return html.replace("<td>", () => `<td data-column="${escapeHtml(column)}">`);
      };
      const row = (cells: string[]) => `<tr>\n${cells.join("")}</tr>\n`;
      const head = row(header.map((content) => this.tablecell(content)));
      const body = rows.map((cells) => row(cells.map(cell))).join("");
      return `<table${isOfFields ? ' class="fields"' : ""}>\n<thead>\n${head}</thead>\n<tbody>${body}</tbody>\n</table>\n`;
    },
    // A cell of a table's head that holds nothing names nothing.
    tablecell(token) {
      const content = this.parser.parseInline(token.tokens);
      const tag = token.header && content !== "" ? "th" : "td";
      return `<${tag}>${content}</${tag}>\n`;
    },
  },
});

/** Markdown as HTML. What the parser cannot follow, such as a thousand quotations in each other, is shown as it is written. */
function htmlOf(text: string): string {
  try {
    return markdown.parse(text, { async: false });
  } catch {
    return `<pre>${escapeHtml(text)}</pre>\n`;
  }
}

const KINDS: [TextPage["kind"], string][] = [
  ["guide", "Guides"],
  ["operation", "Operations"],
];

/** Of more pages of a kind than this, those of the page's own tag stand beside it: a thousand lists of all would be 100 MB. */
const MOST_LISTED = 200;

function listedBeside(page: TextPage, all: readonly TextPage[]): readonly TextPage[] {
  const near = all.filter(({ kind, tag }) => kind === page.kind && tag === page.tag);
  return [all, near].find(({ length }) => length <= MOST_LISTED) ?? [page];
}

export function article(page: TextPage, frame: ArticleFrame): string {
  const { name, site, icon, style, scripts, edition, pages } = frame;
  const route = frame.route(page);
  // The page for missing addresses is shown under any of them.
  const to = (address: string) =>
    escapeHtml(
      page.kind === "missing" && site ? new URL(address, site).href : relativeAddress(page.path, address),
    );
  const link = (target: TextPage) =>
    `<li><a href="${to(`${target.path}.html`)}"${target === page ? ' aria-current="page"' : ""}>${escapeHtml(target.title)}</a></li>`;
  const list = (title: string, all: readonly TextPage[]) => {
    if (all.length === 0) return "";
    const links = listedBeside(page, all).map(link);
    if (links.length < all.length)
      links.push(`<li><a href="${to(`${REFERENCE}.html`)}">All ${all.length}</a></li>`);
    return `<p>${title}</p>\n<ul>\n${links.join("\n")}\n</ul>\n`;
  };
  const kinds = KINDS.map(([kind]) => kind);
  const lists = [
    ...KINDS.map(([kind, title]) =>
      list(
        title,
        pages.filter((each) => each.kind === kind),
      ),
    ),
    list(
      "More",
      pages.filter((each) => !kinds.includes(each.kind)),
    ),
  ];
  return htmlPage(
    {
      title: `${page.title} - ${name}`,
      name,
      description: page.summary,
      icon,
      path: `${page.path}.html`,
      site,
    },
    `${page.kind === "missing" ? "" : `<link rel="alternate" type="text/markdown" href="${to(`${page.path}.md`)}">`}
<style>
${style(page)}</style>
${scripts.map(scriptElement).join("\n")}
${page.kind === "missing" ? '<meta name="robots" content="noindex">' : site ? linkedData(page, name, site) : ""}`,
    `<a class="skip" href="#content">Skip to the text</a>
<header>
<a class="name" href="${to("index.html")}"><img src="${escapeHtml(icon)}" alt="" width="32" height="32">${escapeHtml(name)}</a>
<nav aria-label="This page"><a href="${to(`index.html${route ?? ""}`)}">Interactive reference</a>${page.kind === "missing" ? "" : ` · <a href="${to(`${page.path}.md`)}">Markdown</a>`}</nav>
${VERSIONS}
<details class="menu">
<summary>Pages</summary>
<nav class="pages" aria-label="Pages, folded">
${lists.join("")}</nav>
</details>
</header>
<div class="columns">
<nav class="pages" aria-label="Pages">
${lists.join("")}</nav>
<main id="content"${page.kind === "operation" && route ? ` data-route="${escapeHtml(route.slice(1))}"` : ""}>
${htmlOf(linked(page, "html"))}</main>
</div>
<footer>${escapeHtml(edition)}</footer>`,
  );
}

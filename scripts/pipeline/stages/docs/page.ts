/** The page around Redoc's reference: what it is called, what it may load, how it looks. */

import { escapeHtml } from "../../../shared/html.ts";
import { htmlPage, type PageHead, scriptElement, VERSIONS } from "./html.ts";
import type { Reference } from "./redoc.ts";
import { adjusted, withoutAbsent } from "./redoc-script.ts";

interface PageParts extends PageHead {
  reference: Reference;
  /** Our style sheet, which follows Redoc's own. */
  style: string;
  /** Our scripts, which run before Redoc's. */
  scripts: readonly string[];
  /** The address of the reference as a page without scripts. */
  plain: string;
}

/**
 * Redoc's page. Beyond what each page may do, styled-components makes an empty style sheet and fills it rule by rule,
 * the highlighter colours code by style attributes, and search runs in a worker made from a blob.
 * `connect-src 'none'` is what stops telemetry, should an option ever fail to.
 */
export function page({ reference, style, scripts, plain, ...head }: PageParts): string {
  return htmlPage(
    head,
    `${withoutAbsent(reference.styles)}
<style>
:root { --page-title: ${cssString(head.title)}; }
${style}</style>`,
    `${VERSIONS}
<noscript><p class="noscript">Fields, samples and search need JavaScript. Without it, read <a href="${escapeHtml(plain)}">the reference on plain pages</a>.</p></noscript>
${withHashLinks(reference.content)}
${scripts.map(scriptElement).join("\n")}
${adjusted(reference.script)}`,
    { sheets: [""], directives: ["style-src-attr 'unsafe-inline'", "font-src data:", "worker-src blob:"] },
  );
}

/**
 * Redoc's script routes by the address's hash, but the HTML that it was rendered to beforehand has paths (`/chat`)
 * from the root of the host: a server has no such pages, and React, which takes over that HTML, corrects no
 * attributes. Redoc has no option for it either.
 */
function withHashLinks(html: string): string {
  return html.replaceAll('href="/', 'href="#/');
}

/** A string of CSS, in the hex escapes of which no markup and no line break can stand. */
function cssString(text: string): string {
  return `"${text.replace(/[^\w .,:-]/gu, (character) => `\\${character.codePointAt(0)?.toString(16)} `)}"`;
}

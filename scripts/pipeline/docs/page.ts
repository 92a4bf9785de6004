/** The page around Redoc's reference: what it is called, what it may load, how it looks. */
import { createHash } from "node:crypto";
import type { Reference } from "./redoc.ts";

interface PageParts {
  title: string;
  /** One or two sentences, plain text. */
  description: string;
  /** The icon's address, a `data:` URL. */
  icon: string;
  reference: Reference;
  /** Our style sheet, which follows Redoc's own. */
  style: string;
  /** Our script, which mends Redoc's markup. */
  mend: string;
  /** The address of the Markdown reference, for a browser that runs no scripts. */
  markdown: string;
}

/** One HTML document that needs no other file and asks no other host for anything. */
export function page({ title, description, icon, reference, style, mend, markdown }: PageParts): string {
  const content = `<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(description)}">
<link rel="icon" href="${escapeHtml(icon)}">
${reference.styles}
<style>
:root { --page-title: ${cssString(title)}; }
${style}</style>
</head>
<body>
<noscript><p class="noscript">Fields, samples and search need JavaScript. Without it, read <a href="${escapeHtml(markdown)}">the reference as plain text</a>.</p></noscript>
${withHashLinks(reference.content)}
<script>
${mend}</script>
${withoutForeignLogo(reference.script)}
</body>
</html>
`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(content)}">
${content}`;
}

/**
 * Redoc's sidebar ends in Redocly's name, a picture from Redocly's server. The same name as text in a picture of
 * our own, so that opening the page tells nobody. Redoc has no option for it.
 */
function withoutForeignLogo(script: string): string {
  const name = `<svg xmlns="http://www.w3.org/2000/svg" width="52" height="16"><text y="12.5" font-family="system-ui,sans-serif" font-size="13" font-weight="600" fill="#555761">Redocly</text></svg>`;
  return script.replace(/https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g, dataUrl(name));
}

/**
 * Redoc's script routes by the address's hash, but the HTML that it was rendered to beforehand has paths (`/chat`)
 * from the root of the host: a server has no such pages, and React, which takes over that HTML, corrects no
 * attributes. Redoc has no option for it either.
 */
function withHashLinks(html: string): string {
  return html.replaceAll('href="/', 'href="#/');
}

/**
 * The strictest policy that the page works under: nothing is loaded but what the page itself carries, and nothing
 * in it runs but what the build put there, known by its hash.
 *
 * The empty style sheet is the one that styled-components makes and fills rule by rule; the highlighter colours
 * code by style attributes of its own. Search runs in a worker made from a blob. `connect-src 'none'` is what stops
 * telemetry, should an option ever fail to.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
function contentSecurityPolicy(html: string): string {
  const scripts = /(<script\b[^>]*>)(.*?)<\/script>/gs;
  // What looks like markup inside a script is text.
  const markup = html.replace(scripts, "$1</script>");
  const sheets = /(<style\b[^>]*>)(.*?)<\/style>/gs;
  const hashes = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([, , content]) => hash(content ?? ""));
  return [
    "default-src 'none'",
    `script-src ${unique(hashes(html, scripts))}`,
    `style-src-elem ${unique([hash(""), ...hashes(markup, sheets)])}`,
    "style-src-attr 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "worker-src blob:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function hash(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

function unique(words: string[]): string {
  return [...new Set(words)].join(" ");
}

/** An SVG picture as an address. */
export function dataUrl(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** A string of CSS, in the hex escapes of which no markup and no line break can stand. */
function cssString(text: string): string {
  return `"${text.replace(/[^\w .,:-]/gu, (character) => `\\${character.codePointAt(0)?.toString(16)} `)}"`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** What every page of the site is written with: escapes, and the policy that says what the page may load. */
import { createHash } from "node:crypto";
import { escapeHtml } from "../../../shared/html.ts";
import { relativeAddress } from "./links.ts";

/** Where `npm run publish-docs` puts the menu of versions; nothing, before there are any. */
export const VERSIONS = "<!-- versions --><!-- /versions -->";

/** The picture for link previews, of the size that the networks ask for, in pixels. */
export const PREVIEW = { name: "preview.png", width: 1200, height: 630 } as const;

/** A script in a page, which the page's policy lets run by its hash. */
export function scriptElement(script: string): string {
  return `<script>\n${script}</script>`;
}

/** An SVG picture as an address. */
export function dataUrl(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

export interface PageHead {
  title: string;
  /** The name of the site. */
  name: string;
  /** One or two sentences, plain text. */
  description: string;
  /** The icon's address, a `data:` URL. */
  icon: string;
  /** The page's own address relative to the site's root. */
  path: string;
  /** The address of the site's root, with a final slash; absent where it is not known yet. */
  site?: string | undefined;
}

/** What chats and social networks show beside a link to a page. They want whole addresses, where there are any. @see https://ogp.me */
function linkPreview({ title, name, description, path, site }: PageHead): string {
  const address = (file: string) => (site ? new URL(file, site).href : relativeAddress(path, file));
  const page = site && address(path.replace(/(^|\/)index\.html$/, "$1"));
  const properties: Record<string, string> = {
    "og:type": "website",
    "og:site_name": name,
    "og:title": title,
    "og:description": description,
    "og:image": address(PREVIEW.name),
    "og:image:alt": `${name}: ${description}`,
    "og:image:width": String(PREVIEW.width),
    "og:image:height": String(PREVIEW.height),
    ...(page && { "og:url": page }),
  };
  return [
    ...(page ? [`<link rel="canonical" href="${escapeHtml(page)}">`] : []),
    ...Object.entries(properties).map(
      ([property, content]) => `<meta property="${property}" content="${escapeHtml(content)}">`,
    ),
    '<meta name="twitter:card" content="summary_large_image">',
  ].join("\n");
}

/**
 * One HTML document that needs no other file.
 *
 * @param head what follows the usual elements of the head
 * @param allowed directives of the policy beyond scripts and style sheets by their hashes, and `data:` pictures
 */
export function htmlPage(
  page: PageHead,
  head: string,
  body: string,
  allowed: { directives?: readonly string[]; sheets?: readonly string[] } = {},
): string {
  const { title, description, icon } = page;
  const content = `<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(description)}">
<link rel="icon" href="${escapeHtml(icon)}">
${linkPreview(page)}
${head}
</head>
<body>
${body}
</body>
</html>
`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(content, allowed)}">
${content}`;
}

/**
 * The strictest policy that a page works under: nothing is loaded but what the page itself carries, and nothing in
 * it runs but what the build put there, known by its hash.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
function contentSecurityPolicy(
  html: string,
  { directives = [], sheets = [] }: { directives?: readonly string[]; sheets?: readonly string[] },
): string {
  const scripts = /(<script\b[^>]*>)(.*?)<\/script>/gs;
  // What looks like markup inside a script is text.
  const markup = html.replace(scripts, "$1</script>");
  const styles = /(<style\b[^>]*>)(.*?)<\/style>/gs;
  const hashes = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([, , content]) => hash(content ?? ""));
  return [
    "default-src 'none'",
    `script-src ${sources(hashes(html, scripts))}`,
    `style-src-elem ${sources([...sheets.map(hash), ...hashes(markup, styles)])}`,
    "img-src data:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    ...directives,
  ].join("; ");
}

/**
 * A page with one more script, which may send requests.
 *
 * @param connect where to: `'self'` for the server that the page comes from, or an origin
 */
export function withScript(html: string, script: string, connect = "'self'"): string {
  const end = html.lastIndexOf("</body>");
  const policy = html
    .slice(0, end)
    .replace(/script-src (?:'none')?/, `script-src ${hash(`\n${script}`)} `)
    .replace(/connect-src ([^;"]*)/, (_, now: string) =>
      now === "'none'" ? `connect-src ${connect}` : `connect-src ${now} ${connect}`,
    );
  return `${policy}${scriptElement(script)}\n${html.slice(end)}`;
}

function hash(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

function sources(words: string[]): string {
  return words.length === 0 ? "'none'" : [...new Set(words)].join(" ");
}

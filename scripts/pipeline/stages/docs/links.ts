/** Links in Markdown: from page to page of the site, as HTML and as Markdown, from any folder. */
import { posix } from "node:path";

/**
 * Changes a Markdown text, its code left alone.
 *
 * @param change is given what stands between fences and code spans, piece by piece
 */
export function outsideCode(markdown: string, change: (prose: string) => string): string {
  const code = /(^(?<fence>`{3,}).*?^\k<fence>`*[ \t]*$|(?<!`)(?<ticks>`+)(?!`).*?(?<!`)\k<ticks>(?!`))/gms;
  let done = 0;
  let text = "";
  for (const { 0: found, index } of markdown.matchAll(code)) {
    text += change(markdown.slice(done, index)) + found;
    done = index + found.length;
  }
  return text + change(markdown.slice(done));
}

/**
 * Puts each paragraph of a Markdown text on one line. Redoc leaves out the line breaks within paragraphs, and with them
 * the space between two words.
 */
export function unwrapped(markdown: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  let joins = false;
  for (const line of markdown.split("\n")) {
    const [mark] = /^\s*(`{3,}|~{3,})/.exec(line)?.slice(1) ?? [];
    const isText =
      fence === undefined && !mark && /^\s*[^\s>|#*+-]/.test(line) && !/^\s*\d+[.)]\s/.test(line);
    if (joins && isText) lines.push(`${lines.pop()} ${line.trim()}`);
    else lines.push(line);
    if (mark) fence = fence === undefined ? mark : line.trim() === fence ? undefined : fence;
    // What goes on in the next line: a paragraph, or an item of a list; two spaces at the end are a break on purpose.
    joins = fence === undefined && !mark && /^\s*[^\s#|].*\S ?$/.test(line);
  }
  return lines.join("\n");
}

/** A link to another page of the site. */
export interface SiteLink {
  /** The page's address relative to the site's root: `guides/errors.md`. */
  path: string;
  /** `#` and a part of the page, or nothing. */
  hash: string;
}

/**
 * Changes the links of a Markdown text that lead to other pages; those to other sites and to parts of the same page
 * stay.
 *
 * @param folder what the links are relative to: a folder of the site, `""` for its root
 * @param change gives the new address, or nothing to leave a link as it is
 */
export function mapLinks(
  markdown: string,
  folder: string,
  change: (link: SiteLink, offset: number) => string | undefined,
): string {
  // A link's text may hold code, so the text is changed as a whole, and links in code are recognized by their place.
  const code = outsideCode(markdown, (prose) => " ".repeat(prose.length));
  return markdown.replace(
    /(\]\()([^)\s]+)(?=[)\s])/g,
    (whole, start: string, address: string, offset: number) => {
      if (code[offset] !== " " || /^([a-z][a-z+.-]*:|\/|#|<)/i.test(address)) return whole;
      const [path = "", hash] = address.split("#");
      const link = { path: posix.join(folder, path), hash: hash === undefined ? "" : `#${hash}` };
      return start + (change(link, offset) ?? address);
    },
  );
}

/** The address of a page as a link on another one; both are relative to the site's root. */
export function relativeAddress(from: string, to: string): string {
  return posix.relative(posix.dirname(from), to);
}

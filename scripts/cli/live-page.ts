/** Pages that are changed as they are served. */
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";

/**
 * Makes a handler that answers for the pages of HTML in a folder.
 *
 * @param change gives what is sent of a page, by its name in the folder; undefined leaves the page to the next handler
 * @returns a handler that resolves to whether it has answered
 */
export function livePages(folder: string, change: (html: string, name: string) => string | undefined) {
  return async ({ method, url = "/" }: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if (method !== "GET") return false;
    const [path = ""] = url.split(/[?#]/);
    const name = path.endsWith("/") ? `${path}index.html` : path;
    if (!name.endsWith(".html") || name.includes("..")) return false;
    const html = await readFile(join(folder, name), "utf8").catch(() => undefined);
    const changed = html === undefined ? undefined : change(html, name.slice(1));
    if (changed === undefined) return false;
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" });
    response.end(changed);
    return true;
  };
}

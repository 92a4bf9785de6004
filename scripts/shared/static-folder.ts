/** A folder of static files over HTTP, as one part of a server. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename, extname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  // RFC 9512
  ".yaml": "application/yaml",
  // RFC 9727
  "api-catalog": "application/linkset+json",
};

/** The end of a compressed file's name. */
export const PACKED = ".br";

/**
 * Makes a handler that answers GET and HEAD requests for the files of a folder; `/` and `/sub/` stand for the
 * `index.html` there. Answers carry an `ETag`, and browsers are told to ask again each time, so that a rebuilt file
 * is seen at once and an unchanged one costs a 304 (RFC 9110, section 13.1.2). In place of a file there may be one
 * compressed by Brotli, with `PACKED` after its name: it is sent decompressed, since not every browser takes it from an
 * address without TLS.
 *
 * @param folder the absolute path of the folder; it may appear, change and vanish at any time
 * @returns a handler that resolves to `true` once it has answered, and to `false`, the response untouched, when the
 *   folder has no such file, so that another handler can answer
 */
export function staticFolder(folder: string) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    const name = fileName(request.url ?? "/");
    if (name === undefined) return false;
    const plain = join(folder, name);
    const found = (await fileAt(plain)) ?? (await fileAt(plain + PACKED));
    if (!found) return false;

    const etag = `W/"${found.size.toString(36)}-${found.mtimeMs.toString(36)}"`;
    const packed = found.file !== plain;
    response.setHeader("ETag", etag);
    response.setHeader("Cache-Control", "no-cache");
    if (matches(request.headers["if-none-match"], etag)) {
      response.writeHead(304).end();
      return true;
    }
    response.writeHead(200, {
      "Content-Type": TYPES[extname(name) || basename(name)] ?? "application/octet-stream",
      ...(!packed && { "Content-Length": found.size }),
      "X-Content-Type-Options": "nosniff",
    });
    if (request.method === "HEAD") response.end();
    // A client that closes the connection early is not an error of the server.
    else
      await pipeline([
        createReadStream(found.file),
        ...(packed ? [createBrotliDecompress()] : []),
        response,
      ]).catch(() => response.destroy());
    return true;
  };
}

async function fileAt(file: string): Promise<{ file: string; size: number; mtimeMs: number } | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? { file, size: found.size, mtimeMs: found.mtimeMs } : undefined;
}

/** The file that a request target names, relative to the folder and never outside it; undefined for none. */
function fileName(target: string): string | undefined {
  try {
    const path = decodeURIComponent(target.replace(/[?#].*/s, ""));
    // Decoded first: a dot segment may come as `%2e%2e`, a separator as `%2f` or, on Windows, as a backslash.
    if (path.split(/[/\\]/).includes("..")) return undefined;
    return path.endsWith("/") ? `${path}index.html` : path;
  } catch {
    return undefined;
  }
}

/** Whether `If-None-Match` lists a tag, compared weakly (RFC 9110, section 8.8.3.2). */
function matches(header: string | undefined, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return header?.split(",").some((tag) => tag.trim() === "*" || opaque(tag) === opaque(etag)) ?? false;
}

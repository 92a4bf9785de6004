/** Where an API is served: the paths of its servers, and what its own paths have in common. */
import type { Document, Server } from "./model.ts";
import { isExtension } from "./operations.ts";

/**
 * The path of a server, without a trailing slash: `/v1` of `https://host/v1/`. Its variables have their defaults.
 *
 * @param server its URL may be relative, or hold a placeholder that no URL may have, such as `https://<your-host>/v1`
 */
export function serverPath({ url, variables }: Server): string {
  const filled = url.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => variables?.[name]?.default ?? "");
  const local = filled.replace(/^([a-z][a-z\d+.-]*:)?\/\/[^/?#]*/i, "");
  return new URL(`/${local.replace(/^\/+/, "")}`, "http://localhost").pathname.replace(/\/+$/, "");
}

/** The whole segments that all paths begin with, short of any path itself: `/v1` of `/v1/chat` and `/v1/models`. */
export function sharedPrefix({ paths = {} }: Document): string {
  const all = Object.keys(paths)
    .filter((path) => !isExtension(path))
    .map((path) => path.split("/"));
  const [first = [], ...others] = all;
  let length = 1;
  const shared = () =>
    first[length] !== undefined &&
    !first[length]?.startsWith("{") &&
    others.every((path) => path[length] === first[length]) &&
    all.every((path) => path.length > length + 1);
  while (shared()) length++;
  return first.slice(0, length).join("/");
}

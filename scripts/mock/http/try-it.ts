/** What the command prints after the start: the address, and a request to try. */
import { serverPath, sharedPrefix } from "../../document/addresses.ts";
import type { Document } from "../../document/model.ts";
import { operations } from "../../document/operations.ts";

/** What SDKs take as their base URL: the mock's address with the path of the first server, and what all paths share. */
export function baseUrl(document: Document, url: string): string {
  const [server] = document.servers ?? [];
  return url + (server ? serverPath(server) : "") + sharedPrefix(document);
}

/**
 * A command to paste: the contract's first curl sample on one line, with the mock's address in place of the server's
 * and a token in place of the variable. Empty for a contract without such a sample.
 */
export function curlLine(document: Document, url: string): string {
  const samples = [...operations(document)].flatMap(({ operation }) => operation["x-codeSamples"] ?? []);
  const sample = samples.find(({ source }) => source.startsWith("curl "))?.source ?? "";
  const server = document.servers?.[0]?.url;
  const local = server === undefined ? sample : sample.replaceAll(server, url);
  return local
    .replaceAll(/\$\w+/g, "sk-mock")
    .replaceAll(/\s*\\?\n\s*/g, " ")
    .trim();
}

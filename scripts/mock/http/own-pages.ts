/** What the mock says of itself: what it serves, its contract, its journal. None of it is part of the API. */
import type { IncomingMessage } from "node:http";
import type { Document } from "../../document/model.ts";
import { operations } from "../../document/operations.ts";
import { escapeHtml } from "../../shared/html.ts";
import type { Json } from "../../shared/json.ts";
import { type Plan, wholePlan } from "../engine/plan.ts";
import type { Journal } from "./journal.ts";
import { baseUrl, curlLine } from "./try-it.ts";

const CONTRACT_PATH = "/__mock/openapi.json";
const JOURNAL_PATH = "/__mock/requests";

/**
 * The answer to `GET /`, `GET /__mock/openapi.json`, `GET /__mock/requests` and `DELETE /__mock/requests`, which also
 * forgets how often each request came.
 *
 * @returns undefined for a request that is none of these
 */
export function homePlan(
  { url = "/", method = "GET", headers }: IncomingMessage,
  { document, journal, reset }: { document: Document; journal: Journal; reset(): void },
): Plan | undefined {
  const path = url.split("?")[0];
  const reads = method === "GET" || method === "HEAD";
  const show = (body: Json, type = "application/json") =>
    wholePlan({ status: 200, headers: { "content-type": type, "cache-control": "no-store" } }, body);
  if (reads && path === "/" && !document.paths?.["/"]) {
    const origin = `http://${headers.host ?? "localhost"}`;
    return headers.accept?.includes("text/html")
      ? show(page(document, origin), "text/html; charset=utf-8")
      : show(overview(document, origin));
  }
  if (reads && path === CONTRACT_PATH) return show(document as unknown as Json);
  if (!journal.kept) return undefined;
  if (reads && path === JOURNAL_PATH) return show(journal.entries as unknown as Json);
  if (method !== "DELETE" || path !== JOURNAL_PATH) return undefined;
  reset();
  return wholePlan({ status: 204, headers: {} }, null);
}

function overview(document: Document, url: string): Json {
  return {
    title: `Mock of ${document.info.title}`,
    version: document.info.version,
    base_url: baseUrl(document, url),
    operations: [...operations(document)].map(({ method, path, operation }) => ({
      method: method.toUpperCase(),
      path,
      summary: operation.summary ?? null,
    })),
    contract: url + CONTRACT_PATH,
    requests: url + JOURNAL_PATH,
  };
}

function page(document: Document, url: string): string {
  const rows = [...operations(document)].map(
    ({ method, path, operation }) =>
      `<li><code>${method.toUpperCase()} ${escapeHtml(path)}</code> ${escapeHtml(operation.summary ?? "")}</li>`,
  );
  const title = escapeHtml(`Mock of ${document.info.title} ${document.info.version}`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif } body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem } pre { overflow: auto }</style>
<h1>${title}</h1>
<p>Base URL: <code>${escapeHtml(baseUrl(document, url))}</code></p>
<pre>${escapeHtml(curlLine(document, url))}</pre>
<ul>${rows.join("")}</ul>
<p><a href="${CONTRACT_PATH}">The contract</a> · <a href="${JOURNAL_PATH}">The last requests</a></p>
</html>
`;
}

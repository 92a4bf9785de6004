/** What the mock says of itself: what it serves, its contract, its journal. None of it is part of the API. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Document, type Json, operations } from "../pipeline/document.ts";
import { baseUrl, curlLine } from "./invitation.ts";
import type { Journal } from "./journal.ts";
import { wholePlan } from "./plan.ts";
import { corsHeaders } from "./write.ts";

const CONTRACT_PATH = "/__mock/openapi.json";
const JOURNAL_PATH = "/__mock/requests";

/**
 * Answers `GET /`, `GET /__mock/openapi.json`, `GET /__mock/requests` and `DELETE /__mock/requests`, which also
 * forgets how often each request came.
 *
 * @returns whether the request was one of these
 */
export function answerHome(
  request: IncomingMessage,
  response: ServerResponse,
  { document, journal, reset }: { document: Document; journal: Journal; reset(): void },
): boolean {
  const path = (request.url ?? "/").split("?")[0];
  const method = request.method === "HEAD" ? "GET" : request.method;
  const send = (type: string, body: Json) => {
    const { head, frames } = wholePlan({ status: 200, headers: { "content-type": type } }, body);
    const text = frames.join("");
    response.writeHead(head.status, {
      ...head.headers,
      ...corsHeaders(),
      "cache-control": "no-store",
      "content-length": String(Buffer.byteLength(text)),
    });
    response.end(text);
    return true;
  };
  if (method === "GET" && path === "/" && !document.paths?.["/"]) {
    const url = `http://${request.headers.host ?? "localhost"}`;
    return request.headers.accept?.includes("text/html")
      ? send("text/html; charset=utf-8", page(document, url))
      : send("application/json", overview(document, url));
  }
  if (method === "GET" && path === CONTRACT_PATH)
    return send("application/json", document as unknown as Json);
  if (!journal.kept) return false;
  if (method === "GET" && path === JOURNAL_PATH)
    return send("application/json", journal.entries as unknown as Json);
  if (method === "DELETE" && path === JOURNAL_PATH) {
    reset();
    response.writeHead(204, corsHeaders()).end();
    return true;
  }
  return false;
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
      `<li><code>${method.toUpperCase()} ${htmlOf(path)}</code> ${htmlOf(operation.summary ?? "")}</li>`,
  );
  const title = htmlOf(`Mock of ${document.info.title} ${document.info.version}`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif } body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem } pre { overflow: auto }</style>
<h1>${title}</h1>
<p>Base URL: <code>${htmlOf(baseUrl(document, url))}</code></p>
<pre>${htmlOf(curlLine(document, url))}</pre>
<ul>${rows.join("")}</ul>
<p><a href="${CONTRACT_PATH}">The contract</a> · <a href="${JOURNAL_PATH}">The last requests</a></p>
</html>
`;
}

function htmlOf(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

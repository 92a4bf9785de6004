/** The mock's own pages: overview, contract, journal, scenarios, health, metrics. None of it is part of the API. */
import type { IncomingMessage } from "node:http";
import type { Document } from "../../document/model.ts";
import { operations } from "../../document/operations.ts";
import { escapeHtml } from "../../shared/html.ts";
import { InputError } from "../../shared/input-error.ts";
import { isObject, type Json } from "../../shared/json.ts";
import { targetOf } from "../engine/exchange.ts";
import { type Reply, wholeReply } from "../engine/reply.ts";
import { RequestProblem } from "../engine/request-problem.ts";
import type { ScenarioForm } from "../scenarios/form.ts";
import { assertMayAdminister } from "./admin-access.ts";
import type { JournalEntry, JournalFilter } from "./journal.ts";
import { type Limits, readJson, readQuery } from "./read-body.ts";
import { baseUrl, curlLine } from "./try-it.ts";

const ROOT = "/__mock";
const PATHS = {
  contract: `${ROOT}/openapi.json`,
  requests: `${ROOT}/requests`,
  scenarios: `${ROOT}/scenarios`,
  health: `${ROOT}/health`,
  metrics: `${ROOT}/metrics`,
};

/** What the pages show and change. */
export interface Administered {
  readonly document: Document;
  limits: Limits;
  adminToken: string | undefined;
  /** False where several processes answer, none of which knows what the others did. */
  isAlone: boolean;
  /** Whether requests are kept. */
  hasJournal: boolean;
  requests(filter: JournalFilter): JournalEntry[];
  reset(session?: string): void;
  metrics(): string;
  /** The scenarios that are served. */
  scenarios(): readonly (string | ScenarioForm)[];
  /** Serves these in place of the ones that were served. */
  replaceScenarios(forms: readonly ScenarioForm[]): Promise<void>;
  /** Serves these too, and tries them first. */
  addScenarios(forms: readonly ScenarioForm[]): Promise<void>;
  /** Serves those again that the mock was started with. */
  restoreScenarios(): Promise<void>;
}

export interface AdminReply {
  reply: Reply;
  /** Whether pages of other origins may read it. */
  shared: boolean;
}

/** Whether a request may be for `/` or for what is below `/__mock`. */
export function isForAdmin(request: IncomingMessage, document: Document): boolean {
  const url = targetOf(request);
  if (url.startsWith(ROOT)) return true;
  return (url === "/" || url.startsWith("/?")) && !document.paths?.["/"];
}

/**
 * Answers the requests for `/` and below `/__mock`.
 *
 * @param request one that `isForAdmin` has found
 * @returns undefined for a request that is neither
 * @throws {RequestProblem} for one that is refused
 */
export async function adminReply(
  request: IncomingMessage,
  administered: Administered,
): Promise<AdminReply | undefined> {
  const { method = "GET", headers } = request;
  const url = targetOf(request);
  const [path = ""] = url.split("?", 1);
  const { document, adminToken } = administered;
  const isRead = method === "GET" || method === "HEAD";
  if (isRead && path === "/") {
    const origin = `http://${headers.host ?? "localhost"}`;
    const reply = headers.accept?.includes("text/html")
      ? show(page(document, origin), "text/html; charset=utf-8")
      : show(overview(document, origin));
    return { reply, shared: false };
  }
  if (path !== ROOT && !path.startsWith(`${ROOT}/`)) return undefined;
  if (isRead && path === PATHS.health)
    return {
      reply: show({ status: "ok", title: document.info.title, version: document.info.version }),
      shared: false,
    };
  // A preflight cannot carry a token.
  if (method === "OPTIONS" && adminToken !== undefined) return undefined;
  const shared = assertMayAdminister(request, adminToken);
  const query = url.slice(path.length + 1);
  return { reply: await answered(request, path, query, administered), shared };
}

async function answered(
  request: IncomingMessage,
  path: string,
  query: string,
  administered: Administered,
): Promise<Reply> {
  const { document, isAlone, hasJournal, reset } = administered;
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
  const parameters = readQuery(new URLSearchParams(query));
  if (path === PATHS.contract && method === "GET") return show(document as unknown as Json);
  if (!isAlone && Object.values(PATHS).includes(path))
    throw new RequestProblem(
      501,
      "off_with_workers",
      `${path} is off: with --workers each process would know its own requests only.`,
    );
  if (!hasJournal && path === PATHS.requests)
    throw new RequestProblem(
      501,
      "journal_off",
      `${path} is off: the mock was started with 'journal: false'.`,
    );
  switch (`${method} ${path}`) {
    case `GET ${PATHS.requests}`:
      return show(administered.requests(filterOf(parameters)) as unknown as Json);
    case `DELETE ${PATHS.requests}`:
      reset(textOf(parameters["session"]));
      return wholeReply({ status: 204, headers: {} }, null);
    case `GET ${PATHS.metrics}`:
      return show(administered.metrics(), "text/plain; version=0.0.4; charset=utf-8");
    case `GET ${PATHS.scenarios}`:
      return show(administered.scenarios().map(nameOf));
    case `PUT ${PATHS.scenarios}`:
    case `POST ${PATHS.scenarios}`: {
      const forms = await formsIn(request, administered.limits);
      await changed(() =>
        method === "PUT" ? administered.replaceScenarios(forms) : administered.addScenarios(forms),
      );
      return show({ scenarios: administered.scenarios().length });
    }
    case `DELETE ${PATHS.scenarios}`:
      await administered.restoreScenarios();
      return wholeReply({ status: 204, headers: {} }, null);
    default:
      throw new RequestProblem(
        404,
        "unknown_url",
        `There is no ${request.method} ${path}. There is ${Object.values(PATHS).join(", ")}.`,
      );
  }
}

/** The scenarios in a body: one, a list, or a list as the member `scenarios`. */
async function formsIn(request: IncomingMessage, limits: Limits): Promise<ScenarioForm[]> {
  const value = await readJson(request, limits);
  const content = isObject(value) && Array.isArray(value["scenarios"]) ? value["scenarios"] : value;
  const list = Array.isArray(content) ? content : [content];
  // A text would be the path of a file on this machine.
  if (!list.every((item) => isObject(item)))
    throw new RequestProblem(400, "invalid_scenario", "Send a scenario as a JSON object, or a list of them.");
  return list as unknown as ScenarioForm[];
}

/** @throws {RequestProblem} 400 that says what is wrong with a scenario */
async function changed(change: () => Promise<void>): Promise<void> {
  await change().catch((error: unknown) => {
    if (error instanceof InputError) throw new RequestProblem(400, "invalid_scenario", error.message);
    throw error;
  });
}

function nameOf(scenario: string | ScenarioForm): Json {
  if (typeof scenario === "string") return { file: scenario };
  return { name: scenario.name ?? null, operation: scenario.operation ?? null };
}

function filterOf(parameters: Record<string, string | string[]>): JournalFilter {
  const { session, operation, scenario, status } = parameters;
  if (status !== undefined && !/^\d{3}$/.test(String(status)))
    throw new RequestProblem(400, "invalid_value", `status=${status} is not an HTTP status.`, {
      field: "status",
    });
  return {
    ...(session !== undefined && { session: String(session) }),
    ...(operation !== undefined && { operation: String(operation) }),
    ...(scenario !== undefined && { scenario: String(scenario) }),
    ...(status !== undefined && { status: Number(status) }),
  };
}

function textOf(value: string | string[] | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function show(body: Json, type = "application/json"): Reply {
  return wholeReply({ status: 200, headers: { "content-type": type, "cache-control": "no-store" } }, body);
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
    contract: url + PATHS.contract,
    requests: url + PATHS.requests,
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
<p><a href="${PATHS.contract}">The contract</a> · <a href="${PATHS.requests}">The last requests</a></p>
</html>
`;
}

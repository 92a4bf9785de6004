/** One request while it is answered: what is known of it so far. */
import type { IncomingMessage } from "node:http";
import { digestOf } from "../../shared/digest.ts";
import type { Random } from "../../shared/random.ts";
import type { Fault } from "../faults/faults.ts";
import type { Pace } from "../http/pace.ts";
import { readQuery } from "../http/read-body.ts";
import type { Context, Subject } from "../scenarios/expression.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import type { Operation } from "./operation.ts";

/** Separates the counters and the journal of tests that share a mock. */
export const SESSION_HEADER = "x-mock-session";

/** Why a scenario of the user's did not answer a request. */
export interface Mismatch {
  scenario: string;
  reason: string;
}

export interface Exchange {
  readonly context: Context;
  /** The session that the request names, else a digest of its token. */
  readonly session: string;
  random: Random;
  /** The body's size in characters, where it was read. */
  size: number;
  /** The body as it came. */
  text: string;
  operation?: Operation;
  scenario?: Scenario;
  /** The scenarios of the user's that did not answer, the nearest first. */
  mismatches: Mismatch[];
  /** Whether there were scenarios of the user's, and none of them answered. */
  unmatched: boolean;
  faults: readonly Fault[];
  pace: Pace;
  /** How many times the same request has come; undefined until something depends on it. */
  attempt?: number;
  /** Headers that every answer to this request gets. */
  headers: Record<string, string>;
  /** To be called if the client goes away before it has its answer. */
  unanswered: (() => void)[];
}

/** Starts an exchange with what the head of a request says. */
export function openExchange(context: Context, random: Random, pace: Pace): Exchange {
  return new Opened(context, random, pace);
}

class Opened implements Exchange {
  readonly context: Context;
  random: Random;
  pace: Pace;
  size = 0;
  text = "";
  mismatches: Mismatch[] = [];
  unmatched = false;
  faults: readonly Fault[] = [];
  headers: Record<string, string> = {};
  unanswered: (() => void)[] = [];
  #session: string | undefined;

  constructor(context: Context, random: Random, pace: Pace) {
    this.context = context;
    this.random = random;
    this.pace = pace;
  }

  /** Computed when first asked for: few answers depend on the session, and a digest takes time. */
  get session(): string {
    this.#session ??= sessionOf(this.context.headers);
    return this.#session;
  }
}

/** The name of a session in the journal's filter, as exchanges know it: its header's value, or a digest of a token. */
export function sessionNames(name: string): string[] {
  return [name, digestOf(name)];
}

/** The session of a request with these headers: what `X-Mock-Session` says, else a digest of its token. */
export function sessionOf(headers: Context["headers"]): string {
  const named = headers[SESSION_HEADER];
  return named === undefined ? digestOf(tokenOf(headers)) : String(named);
}

function tokenOf(headers: Context["headers"]): string {
  return String(headers["authorization"] ?? headers["api-key"] ?? "")
    .replace(/^bearer +/i, "")
    .trim();
}

/** Path and query of a request. Its target may be a whole URL (RFC 9112, 3.2.2). */
export function targetOf({ url = "/" }: IncomingMessage): string {
  if (url.startsWith("/")) return url;
  const [, below] = /^https?:\/\/[^/?]+(.*)$/is.exec(url) ?? [];
  if (below === undefined) return url;
  return below.startsWith("/") ? below : `/${below}`;
}

/** The request's head, as expressions and conditions see it. */
export function contextOf(request: IncomingMessage): Context {
  const { method = "GET", headers } = request;
  const url = targetOf(request);
  const start = url.indexOf("?");
  const query = start < 0 ? "" : url.slice(start + 1);
  return {
    method,
    url,
    path: {},
    query: query === "" ? {} : readQuery(new URLSearchParams(query)),
    headers: headers as Context["headers"],
    body: undefined,
  };
}

/** What conditions are about. */
export function subjectOf({ path, query, headers, body }: Context): Subject {
  return { path, query, headers, ...(body !== undefined && { body }) };
}

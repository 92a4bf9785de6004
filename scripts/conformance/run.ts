/** Runs cases, several at once, and gathers what they find. */
import { messageOf } from "../shared/text.ts";
import type { Case } from "./cases/case.ts";
import { type CaseRequest, reasonOf } from "./exchange.ts";
import { type Finding, Findings, type Found, keyOf, type UnknownMember } from "./findings.ts";
import { OutOfRequests, type PoliteServer } from "./server-under-test.ts";

/** What a run found. */
export interface Report {
  summary: {
    /** How many requests were sent, those before the first case included. */
    requests: number;
    /** Cases without a break. */
    passed: number;
    breaks: number;
    undocumented: number;
    notes: number;
    /** Cases that did not run, since the run ended before. */
    skipped: number;
  };
  /** Each kind of finding once for each operation, with the first case that found it. */
  findings: Finding[];
  /** The cases that ran and were skipped, by name, for reports that list them. */
  cases: { operation: string; name: string; ms: number; skipped: boolean; findings: Finding[] }[];
  /** The members that the contract does not know, each with how often it came. */
  unknown: { member: UnknownMember; count: number }[];
}

export interface RunOptions {
  concurrency: number;
  signal: AbortSignal;
  /** The command that sends a request again. */
  curl: (request: CaseRequest) => string;
  onProgress?: (done: number, all: number) => void;
}

interface Ran {
  one: Case;
  found: Found[];
  curls: Map<Found, string>;
  ms: number;
  skipped: boolean;
}

/** Runs the cases; an aborted signal, or a server's limit of requests, skips the rest. */
export async function runCases(
  cases: readonly Case[],
  server: PoliteServer,
  options: RunOptions,
): Promise<Report> {
  const ran: Ran[] = [];
  const queue = cases.map((one, index) => ({ one, index }));
  const work = async (together: boolean) => {
    for (;;) {
      const next = queue[0];
      if (!next || (together && next.one.alone)) return;
      queue.shift();
      ran[next.index] = await runCase(next.one, server, options);
      options.onProgress?.(cases.length - queue.length, cases.length);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.concurrency) }, () => work(true)));
  await work(false);
  return reportOf(ran, server.requests);
}

async function runCase(one: Case, server: PoliteServer, options: RunOptions): Promise<Ran> {
  const started = performance.now();
  const kept: Found[] = [];
  const curls = new Map<Found, string>();
  const done = (skipped: boolean): Ran => ({
    one,
    found: kept,
    curls,
    ms: performance.now() - started,
    skipped,
  });
  for (let attempt = 1; ; attempt++) {
    if (options.signal.aborted) return done(true);
    const findings = new Findings();
    let last: CaseRequest | undefined;
    const mark = () => {
      for (const found of findings.list) if (last && !curls.has(found)) curls.set(found, options.curl(last));
    };
    try {
      await one.run((request) => {
        mark();
        last = request;
        return server.send(request);
      }, findings);
    } catch (error) {
      if (error instanceof OutOfRequests || options.signal.aborted) return done(true);
      findings.break("", `No answer came: ${reasonOf(error) || messageOf(error)}.`, "an answer", "none");
    }
    mark();
    const whims = findings.list.filter(({ whim }) => whim);
    const again = whims.length > 0 && attempt < (one.tries ?? 1);
    // What the model may have done by chance counts only where every try found something of that kind.
    kept.push(...findings.list.filter((found) => !found.whim || !again));
    if (!again) return done(false);
  }
}

function reportOf(ran: Ran[], requests: number): Report {
  const findings = new Map<string, Finding>();
  const unknown = new Map<string, { member: UnknownMember; count: number }>();
  const cases = ran.map(({ one, found, curls, ms, skipped }) => {
    const own = found.map((entry) => {
      const { kind, pointer, message, expected, actual, member } = entry;
      const { operation, name } = one;
      const finding = {
        kind,
        operation,
        case: name,
        pointer,
        message,
        expected,
        actual,
        curl: curls.get(entry) ?? "",
      };
      const key = keyOf(entry, operation);
      if (!findings.has(key)) findings.set(key, finding);
      if (member) {
        const known = `${member.schema}\n${member.name}`;
        unknown.set(known, { member, count: (unknown.get(known)?.count ?? 0) + 1 });
      }
      return finding;
    });
    return { operation: one.operation, name: one.name, ms, skipped, findings: own };
  });
  const list = [...findings.values()].toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const count = (kind: Finding["kind"]) => list.filter((finding) => finding.kind === kind).length;
  return {
    summary: {
      requests,
      passed: cases.filter((one) => !one.skipped && !one.findings.some(({ kind }) => kind === "break"))
        .length,
      breaks: count("break"),
      undocumented: count("undocumented"),
      notes: count("note"),
      skipped: cases.filter(({ skipped }) => skipped).length,
    },
    findings: list,
    cases,
    unknown: [...unknown.values()],
  };
}

const ORDER: Finding["kind"][] = ["break", "undocumented", "note"];

/**
 * The work beside the traffic: checks and recordings, in a thread, so that none of it holds an answer back. The module
 * is both ends: the proxy imports it, and the thread runs it.
 */
import { once } from "node:events";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { Contract } from "../conformance/compiled-contract.ts";
import type { Document } from "../document/model.ts";
import type { Json } from "../shared/json.ts";
import { messageOf } from "../shared/text.ts";
import { decode } from "./decode.ts";
import { type Drift, DriftReport } from "./drift.ts";
import { keysIn, withoutKeys } from "./mask.ts";
import type { PassedExchange } from "./passed-exchange.ts";
import type { ReadExchange } from "./recorded-scenario.ts";
import { Recorder } from "./recorder.ts";
import { operationFor } from "./route.ts";

const ROLE = "routescope proxy side";

export interface SideOptions {
  document: Document;
  /** The folder for recordings; undefined records nothing. */
  record?: string | undefined;
  mask: string[];
  pace: boolean;
}

/** What the thread did with an exchange. */
export interface SideNews {
  drifts: Drift[];
  recorded: string[];
  /** What went wrong with it, such as a full disk. */
  problem?: string;
}

type Reply = { id: number; news: SideNews } | { id: number; all: Drift[] };

/** The thread, as the proxy sees it. */
export class Side {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, (reply: Reply) => void>();
  private last = 0;

  constructor(options: SideOptions) {
    this.worker = new Worker(new URL(import.meta.url), { workerData: { role: ROLE, ...options } });
    this.worker.unref();
    this.worker.on("message", (reply: Reply) => {
      this.waiting.get(reply.id)?.(reply);
      this.waiting.delete(reply.id);
      if (this.waiting.size === 0) this.worker.unref();
    });
    this.worker.on("error", (error) => this.fail(error));
  }

  /** Hands an exchange to the thread. */
  async take(exchange: PassedExchange): Promise<SideNews> {
    const reply = await this.ask({ exchange });
    return "news" in reply ? reply.news : { drifts: [], recorded: [] };
  }

  /** Waits for everything that was handed over, and ends the thread. */
  async close(): Promise<Drift[]> {
    const ended = once(this.worker, "exit");
    const reply = await this.ask({ end: true });
    // The thread closes its port and ends by itself. Until then the process has to live.
    this.worker.ref();
    await ended;
    return "all" in reply ? reply.all : [];
  }

  private ask(message: object): Promise<Reply> {
    const id = ++this.last;
    // A process lives until its recordings are written.
    this.worker.ref();
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.worker.postMessage({ id, ...message });
    });
  }

  private fail(error: unknown): void {
    const news = { drifts: [], recorded: [], problem: messageOf(error) };
    for (const [id, resolve] of this.waiting) resolve({ id, news });
    this.waiting.clear();
  }
}

type Message = { id: number; exchange?: PassedExchange };

function work({ document, record, mask, pace }: SideOptions): void {
  const contract = new Contract(document);
  const report = new DriftReport();
  const recorder = record === undefined ? undefined : new Recorder(contract, record, { mask, pace });
  let queue = Promise.resolve();
  parentPort?.on("message", ({ id, exchange }: Message) => {
    queue = queue.then(async () => {
      if (!exchange) {
        parentPort?.postMessage({ id, all: report.all });
        parentPort?.close();
        return;
      }
      const news = await look(exchange, contract, report, recorder).catch(
        (error: unknown): SideNews => ({ drifts: [], recorded: [], problem: messageOf(error) }),
      );
      parentPort?.postMessage({ id, news });
    });
  });
}

async function look(
  exchange: PassedExchange,
  contract: Contract,
  report: DriftReport,
  recorder: Recorder | undefined,
): Promise<SideNews> {
  const operation = operationFor(contract, exchange.method, exchange.url);
  if (!operation) return { drifts: report.unknownRequest(exchange.method, exchange.url), recorded: [] };
  if (exchange.method === "HEAD" || exchange.status === 304) return { drifts: [], recorded: [] };
  const read = await readExchange(exchange, operation);
  if (!read)
    return { drifts: [], recorded: [], problem: "An answer's encoding is not known, so it was not checked." };
  const drifts = report.check(contract, read, exchange.time);
  return { drifts, recorded: (await recorder?.record(read)) ?? [] };
}

async function readExchange(
  exchange: PassedExchange,
  operation: ReadExchange["operation"],
): Promise<ReadExchange | undefined> {
  const { url, requestHeaders, request, status, headers, answer, end, first, last } = exchange;
  const asked = await decode(request, requestHeaders["content-encoding"]);
  const answered = await decode(answer, headers["content-encoding"]);
  if (!answered) return undefined;
  const keys = keysIn(requestHeaders, url);
  const text = (bytes: Uint8Array) =>
    withoutKeys(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), keys);
  return {
    operation,
    url,
    asked: asked && parse(text(asked)),
    status,
    headers,
    text: text(answered),
    keys,
    end,
    first,
    last,
  };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

if (!isMainThread && workerData?.role === ROLE) work(workerData as SideOptions);

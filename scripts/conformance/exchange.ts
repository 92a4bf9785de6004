/** One request and what came back, with all that a check may look at. */
import { lowerCaseNames } from "../shared/headers.ts";
import type { Json } from "../shared/json.ts";
import { messageOf } from "../shared/text.ts";

/** A request of a case. The base URL and the token are added when it is sent. */
export interface CaseRequest {
  method: string;
  /** The path of the contract, its parameters filled in: `/v1/models/gpt-5.4`. */
  path: string;
  /** Sent as JSON; a text is sent as it is. */
  body?: Json | undefined;
  /** The media type of the body; default `application/json`. */
  type?: string;
  /** The header that holds the key by itself, in place of the token in `authorization`. */
  keyHeader?: string;
  /** Beside `authorization` and `content-type`; an empty value leaves the header out. */
  headers?: Record<string, string>;
  /** `none` sends no token, `wrong` one that nobody has, `malformed` none of the right form. */
  token?: "none" | "wrong" | "malformed";
}

/** How the answer ended: whole, cut by the server, without another byte in time, or open after its last frame. */
export type End = "complete" | "cut" | "stalled" | "open";

export interface Exchange {
  request: CaseRequest;
  status: number;
  /** By lower-case name. */
  headers: Record<string, string>;
  text: string;
  /** False where the bytes are not UTF-8. */
  utf8: boolean;
  end: End;
  /** How the connection failed, where it did. */
  problem?: string;
  /** Milliseconds from the request to the first and to the last byte of the body. */
  first: number;
  last: number;
  /** How many reads the body came in. */
  reads: number;
}

/** Where requests go, and how long to wait for what comes back. */
export interface Server {
  /** The URL below which the paths of the contract are, without a slash at the end. */
  base: string;
  apiKey: string;
  signal: AbortSignal;
  /** Milliseconds for the first byte, and between bytes. */
  patience: { first: number; next: number };
}

/** The longest answer that is read, in bytes. */
const MAX_SIZE = 16 * 1024 * 1024;
/** How long, in milliseconds, a stream may stay open after `[DONE]`. */
const AFTER_DONE = 1500;
const WRONG_TOKEN = "sk-nobody-has-this-token-0000000000";

/**
 * Sends a request and reads the whole answer.
 *
 * @throws {Error} where no answer came at all: refused, reset or too slow; and when the signal aborts
 */
export async function send(request: CaseRequest, server: Server): Promise<Exchange> {
  const started = performance.now();
  const controller = new AbortController();
  const signal = AbortSignal.any([server.signal, controller.signal]);
  let whole = false;
  const timer = setTimeout(
    () => controller.abort(new Error(`no answer within ${server.patience.first} ms`)),
    server.patience.first,
  );
  try {
    const response = await fetch(server.base + request.path, {
      method: request.method,
      headers: headersOf(request, server.apiKey),
      redirect: "manual",
      signal,
      ...(request.body !== undefined && {
        body: typeof request.body === "string" ? request.body : JSON.stringify(request.body),
      }),
    });
    clearTimeout(timer);
    const body = await read(response, server, started);
    whole = body.end === "complete";
    return {
      request,
      status: response.status,
      headers: lowerCaseNames(Object.fromEntries(response.headers)),
      ...body,
    };
  } finally {
    clearTimeout(timer);
    // The connection of a whole answer serves the next request.
    if (!whole) controller.abort();
  }
}

function headersOf(request: CaseRequest, apiKey: string): Record<string, string> {
  const { headers = {}, token, body, type = "application/json", keyHeader } = request;
  const authorization = {
    none: "",
    wrong: `Bearer ${WRONG_TOKEN}`,
    malformed: "Basic c2stbW9jazpzay1tb2Nr",
  };
  const key = keyHeader
    ? { [keyHeader]: token ? { ...authorization, wrong: WRONG_TOKEN }[token] : apiKey }
    : { authorization: token ? authorization[token] : `Bearer ${apiKey}` };
  const all = {
    accept: "application/json",
    ...key,
    ...(body !== undefined && { "content-type": type }),
    ...headers,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}

type Body = Omit<Exchange, "request" | "status" | "headers">;

async function read(response: Response, { patience, signal }: Server, started: number): Promise<Body> {
  const parts: Uint8Array[] = [];
  let [size, first, last] = [0, 0, 0];
  let end: End = "complete";
  let problem: string | undefined;
  const reader = response.body?.getReader();
  for (;;) {
    const wait = endsWithDone(parts) ? AFTER_DONE : patience.next;
    const next = await within(
      wait,
      reader?.read() ?? Promise.resolve({ done: true as const, value: undefined }),
    ).catch((error: unknown) => {
      signal.throwIfAborted();
      problem = reasonOf(error);
      return "cut" as const;
    });
    if (next === "late") end = wait === AFTER_DONE ? "open" : "stalled";
    else if (next === "cut") end = "cut";
    if (next === "late" || next === "cut" || next.done || !next.value) break;
    last = performance.now() - started;
    if (parts.length === 0) first = last;
    parts.push(next.value);
    size += next.value.length;
    if (size > MAX_SIZE) {
      [end, problem] = ["cut", `the answer has more than ${MAX_SIZE} bytes`];
      break;
    }
  }
  const bytes = Buffer.concat(parts);
  return {
    text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
    utf8: isUtf8(bytes, end),
    end,
    ...(problem !== undefined && { problem }),
    first,
    last,
    reads: parts.length,
  };
}

/** A cut answer may end inside a character. */
function isUtf8(bytes: Uint8Array, end: End): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: end !== "complete" });
    return true;
  } catch {
    return false;
  }
}

function endsWithDone(parts: Uint8Array[]): boolean {
  const tail = Buffer.concat(parts.slice(-2)).subarray(-32).toString("latin1");
  return /data: ?\[DONE\]\s*$/.test(tail);
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, ms, "late");
  });
  // The promise may fail after it was given up.
  promise.catch(() => {});
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** What `fetch` says is in the error's cause. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return (
    messageOf(cause) || (cause instanceof Error && "code" in cause ? String(cause.code) : "no reason given")
  );
}

/** The name of the variable that stands for the API key in a printed command. */
export const KEY_VARIABLE = "ROUTESCOPE_API_KEY";

/** A curl command that sends a request again. The API key is a variable in it. */
export function curlLine(request: CaseRequest, base: string, variable = KEY_VARIABLE): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const headers = Object.entries(headersOf(request, `$${variable}`)).filter(([name]) => name !== "accept");
  const body = typeof request.body === "string" ? request.body : JSON.stringify(request.body);
  return [
    "curl -i",
    ...(request.method === "GET" ? [] : [`-X ${request.method}`]),
    quote(base + request.path),
    ...headers.map(([name, value]) =>
      // Only double quotes let the shell put the key in.
      value.includes(`$${variable}`) ? `-H "${name}: ${value}"` : `-H ${quote(`${name}: ${value}`)}`,
    ),
    ...(body === undefined ? [] : [`-d ${quote(body)}`]),
  ].join(" ");
}

/** What the tests of the mock share: one that runs over the real contract, and ways to talk to it. */
import { connect } from "node:net";
import OpenAI from "openai";
import { afterAll, expect } from "vitest";
import { type RunningMock, type StartOptions, startMock } from "../../scripts/mock/index.ts";
import { contract, validator } from "../openapi/validator.ts";
import { watch } from "./watch.ts";

export { contract };

export type Running = RunningMock;

/** Starts a mock of the real contract, or of the given one, on a free port. */
export function start(options: StartOptions = {}): Promise<RunningMock> {
  const onPurpose = new Set(
    options.scenarios?.map((one) => (typeof one === "object" && one.check === false ? one.name : undefined)),
  );
  return startMock({
    document: contract,
    ...options,
    log: (entry) => {
      if (!options.document && (!entry.scenario || !onPurpose.has(entry.scenario))) held.log(entry);
      options.log?.(entry);
    },
  });
}

/** Checks each answer of each mock of the contract against the contract. */
const held = watch();
afterAll(() => expect(held.problems).toEqual([]));

/** The unmodified SDK. */
export function sdk({ url }: Running, options: ConstructorParameters<typeof OpenAI>[0] = {}): OpenAI {
  return new OpenAI({ apiKey: "sk-test", baseURL: `${url}/v1`, maxRetries: 0, ...options });
}

export const question = { role: "user", content: "How warm is it in Oslo?" } as const;
export const plain = { model: "gpt-5.4", messages: [question] };

export const weather = {
  type: "function",
  function: {
    name: "get_current_weather",
    parameters: {
      type: "object",
      properties: {
        city: { type: "string", minLength: 2 },
        days: { type: "integer", minimum: 1, maximum: 7 },
      },
      required: ["city", "days"],
      additionalProperties: false,
    },
  },
} as const;
export const clock = {
  type: "function",
  function: {
    name: "get_time",
    parameters: { type: "object", properties: { zone: { enum: ["UTC", "CET"] } }, required: ["zone"] },
  },
} as const;

/** A chat request by `fetch`. */
export function ask(
  { url }: Running,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer sk-test", "content-type": "application/json", ...headers },
    body: typeof body === "string" || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
  });
}

export function get({ url }: Running, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url + path, { headers: { authorization: "Bearer sk-test", ...headers } });
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * Sends bytes as they are over a new connection, and reads until the other side ends it: put
 * `connection: close` into the last request.
 *
 * @returns the replies in order; bodies must have a `content-length`, or be the last
 */
export async function raw({ port }: Running, bytes: string | Uint8Array): Promise<Reply[]> {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part as Buffer);
  const replies: Reply[] = [];
  let text = Buffer.concat(parts).toString("latin1");
  while (text !== "") {
    const end = text.indexOf("\r\n\r\n");
    const [first = "", ...lines] = text.slice(0, end).split("\r\n");
    const headers = Object.fromEntries(
      lines.map((line) => [line.split(":")[0]!.toLowerCase(), line.replace(/^[^:]*:\s*/, "")]),
    );
    const length = headers["content-length"] === undefined ? text.length : Number(headers["content-length"]);
    const status = Number(first.split(" ")[1]);
    const bodyless = status < 200 || status === 204 || status === 304;
    const rest = text.slice(end + 4);
    const size = bodyless ? 0 : length;
    replies.push({ status, headers, body: Buffer.from(rest.slice(0, size), "latin1").toString() });
    text = rest.slice(size);
  }
  return replies;
}

const asError = validator("ErrorResponse");

export interface ErrorMembers {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
}

/** The `error` of a body in the contract's own shape, with all of its four members; fails for any other. */
export function errorIn(body: unknown): ErrorMembers {
  const problems = asError(body);
  const { error } = body as { error: ErrorMembers };
  const missing = ["message", "type", "param", "code"].filter((key) => !Object.hasOwn(error ?? {}, key));
  if (problems.length + missing.length > 0)
    throw new Error(
      `Not the contract's error: ${JSON.stringify(body)} ${[...problems, ...missing].join("; ")}`,
    );
  return error;
}

/** An error answer: its status, its headers and its `error`. */
export async function failure(response: Response | Promise<Response>) {
  const answer = await response;
  return { status: answer.status, headers: answer.headers, ...errorIn(await answer.json()) };
}

/** The data of each event of a stream, unparsed; fails unless every frame is `data: …` and an empty line. */
export function events(text: string): string[] {
  if (!text.endsWith("\n\n"))
    throw new Error(`The last frame has no empty line: ${JSON.stringify(text.slice(-40))}`);
  return text
    .slice(0, -2)
    .split("\n\n")
    .map((frame) => {
      const [, data] = /^(?:event: [^\n\r]+\n)?data: ([^\n\r]+)$/.exec(frame) ?? [];
      if (data === undefined) throw new Error(`Not a frame: ${JSON.stringify(frame)}`);
      return data;
    });
}

/**
 * Samples the JSON Schemas of requests without letting any of them hold up the others: a plain one is sampled at once,
 * any other in a worker that has a deadline and little memory.
 */
import { Worker } from "node:worker_threads";
import { digestOf } from "../../shared/digest.ts";
import { isObject, type Json } from "../../shared/json.ts";
import { RequestProblem } from "../engine/request-problem.ts";
import { SAMPLE_FILE, SAMPLER, type SampleRequest, type SampleResponse, sample } from "./sample.ts";

/** Milliseconds for one value, and for the start of a worker. */
const DEADLINE = 1000;
const START = 20_000;
/** Megabytes of a worker. */
const MEMORY = 256;
/** How many schemas may wait, and how many values are remembered. */
const QUEUE = 100;
const REMEMBERED = 500;

/** The parts and the depth of a schema that is surely sampled within a few milliseconds. */
const PLAIN_PARTS = 300;
const PLAIN_DEPTH = 12;
/** Keywords of such a schema; those with a number make a value that is at least so large. */
const PLAIN = new Set(
  "type properties required enum const title description default items additionalProperties minimum maximum examples".split(
    " ",
  ),
);
const SIZES: Record<string, number> = { minLength: 100, maxLength: 1e9, minItems: 3, maxItems: 1e9 };

/**
 * A value that is valid against a JSON Schema, the same one for the same seed.
 *
 * @param field where the request has the schema, for the message
 * @throws {RequestProblem} 400 when the schema is not one, no valid value could be found, or none in time
 */
export async function sampled(schema: Json, seed: number, field: string): Promise<Json> {
  if (isPlain(schema, { parts: PLAIN_PARTS }, 0)) return sample(schema, seed, field);
  const key = digestOf(JSON.stringify(schema), String(seed));
  const known = remembered.get(key) ?? inWorker({ schema, seed, field });
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(key, known);
  const made = await known.catch((error: unknown) => {
    remembered.delete(key);
    throw error;
  });
  if ("value" in made) return structuredClone(made.value);
  throw new RequestProblem(400, made.code, made.detail, { field });
}

const remembered = new Map<string, Promise<SampleResponse>>();

function isPlain(schema: unknown, left: { parts: number }, depth: number): boolean {
  left.parts -= 1;
  if (left.parts < 0 || depth > PLAIN_DEPTH) return false;
  if (typeof schema === "boolean") return true;
  if (!isObject(schema)) return false;
  return Object.entries(schema).every(([keyword, value]) => {
    if (Object.hasOwn(SIZES, keyword)) return typeof value === "number" && value <= (SIZES[keyword] ?? 0);
    if (!PLAIN.has(keyword)) return false;
    if (keyword === "properties")
      return isObject(value) && Object.values(value).every((part) => isPlain(part, left, depth + 1));
    if (keyword === "items" || keyword === "additionalProperties") return isPlain(value, left, depth + 1);
    return true;
  });
}

/** Requests wait for each other: there is one worker. */
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;
let running: Worker | undefined;

function inWorker(request: SampleRequest): Promise<SampleResponse> {
  if (waiting >= QUEUE)
    throw new RequestProblem(
      503,
      "sampler_busy",
      "Too many requests with JSON Schemas at once. Send it again.",
    );
  waiting += 1;
  const turn = last.then(() => askWorker(request));
  last = turn.catch(() => undefined);
  return turn.finally(() => {
    waiting -= 1;
  });
}

const TOO_MUCH: SampleResponse = {
  code: "unsupported_json_schema",
  detail: `The mock finds no value for this JSON Schema within ${DEADLINE} ms and ${MEMORY} MB. Simplify it, or give the answer by a scenario.`,
};

async function askWorker(request: SampleRequest): Promise<SampleResponse> {
  const worker = running ?? (await started());
  running = worker;
  worker.ref();
  const response = await answerOf(worker, request, DEADLINE);
  worker.unref();
  if (response !== TOO_MUCH) return response;
  running = undefined;
  await worker.terminate();
  return response;
}

/** A worker that has loaded what it needs. */
async function started(): Promise<Worker> {
  const worker = new Worker(SAMPLE_FILE, {
    workerData: SAMPLER,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  });
  // It may run out of memory at any time, even while it ends.
  worker.on("error", () => {});
  await answerOf(worker, { schema: true, seed: 0, field: "" }, START);
  return worker;
}

/** What a worker answers, or `TOO_MUCH` if it fails or does not answer in time. */
async function answerOf(worker: Worker, request: SampleRequest, deadline: number): Promise<SampleResponse> {
  const { promise, resolve } = Promise.withResolvers<SampleResponse>();
  const fail = () => resolve(TOO_MUCH);
  const timer = setTimeout(fail, deadline);
  worker.on("message", resolve).on("error", fail).on("exit", fail);
  worker.postMessage(request);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.off("message", resolve).off("error", fail).off("exit", fail);
  }
}

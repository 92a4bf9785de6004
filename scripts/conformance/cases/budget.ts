/** What requests cost: every chat request is held to few tokens, and the cost is known before the start. */
import { isObject, type Json } from "../../shared/json.ts";
import type { ContractOperation } from "../compiled-contract.ts";
import type { Setting } from "./case.ts";

/** Tokens for an answer in prose; enough for a documented answer, too few to cost anything. */
const PROSE = 64;
/** Tokens for an answer that has to be whole to be checked: JSON, or the arguments of a call. */
const WHOLE = 300;

/** A chat request that says how long its answer may be; any other request as it is. */
export function affordable(body: Json, { chat }: ContractOperation): Json {
  if (!chat || !isObject(body)) return body;
  if (body["max_tokens"] !== undefined || body["max_completion_tokens"] !== undefined) return body;
  const whole = body["tools"] !== undefined || body["response_format"] !== undefined;
  return { ...body, max_tokens: whole ? WHOLE : PROSE };
}

/** The tokens that a request costs at most: its text at three characters a token, and its answers. */
export function costOf(body: Json | undefined): number {
  if (!isObject(body)) return 0;
  const limit = Number(body["max_completion_tokens"] ?? body["max_tokens"] ?? 0);
  const n = typeof body["n"] === "number" ? body["n"] : 1;
  return Math.ceil(JSON.stringify(body).length / 3) + limit * n;
}

/**
 * The request with a model that the server has.
 *
 * @returns the body, and whether it has kept its own model
 */
export function withModel(
  body: Json,
  { chat }: ContractOperation,
  setting: Setting,
): [body: Json, own: boolean] {
  if (!chat || !isObject(body)) return [body, true];
  const own = body["model"];
  const known = [...setting.listed.values()].flat().map(({ id }) => id);
  const keep = !setting.onlyModel && (known.length === 0 || known.includes(own ?? ""));
  return keep ? [body, true] : [{ ...body, model: setting.model }, own === setting.model];
}

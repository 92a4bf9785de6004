/** A chat request with a check of its answer: the form of most chat cases. */
import { contentOf } from "../../openai/chunk.ts";
import { isObject, type Json, type Members, member } from "../../shared/json.ts";
import { type ContractOperation, isPassedThrough } from "../compiled-contract.ts";
import type { Exchange } from "../exchange.ts";
import type { Findings } from "../findings.ts";
import { costOf } from "./budget.ts";
import { type Case, requestOf, type Setting, single } from "./case.ts";
import { expectAnswer } from "./verdict.ts";

/** A request of one chat case. */
export interface Ask {
  name: string;
  /** Beside `model` and `messages`. */
  members: Members;
  messages: Json[];
  /** Checks the answer beyond what holds for any answer to such a request. */
  check?(answer: Json, found: Findings, exchange: Exchange): void;
}

export function user(content: string): Json {
  return { role: "user", content };
}

/** The first choice of an answer. */
export function choiceOf(answer: Json): Members | undefined {
  const choices = member(answer, "choices");
  const first = Array.isArray(choices) ? choices[0] : undefined;
  return isObject(first) ? first : undefined;
}

/** The request of an ask, whole and streamed, where the contract has all its members. */
export function bothForms(ask: Ask, operation: ContractOperation, setting: Setting): Case[] {
  const { contract } = setting;
  const fields = Object.keys(ask.members).map((name) => contract.field(operation, name));
  if (fields.includes(undefined)) return [];
  const optional = fields.some(isPassedThrough);
  return [false, true].map((stream) => {
    const body = bodyOf(ask, setting, stream);
    return single(
      operation,
      stream ? `${ask.name}, streamed` : ask.name,
      requestOf(operation, body),
      (exchange, found) => {
        const answer = expectAnswer(contract, operation, exchange, found, optional);
        if (answer !== undefined) ask.check?.(answer, found, exchange);
      },
      { tokens: costOf(body), tries: 3 },
    );
  });
}

export function bodyOf(
  { members, messages }: Omit<Ask, "name">,
  { model }: Setting,
  stream: boolean,
): Members {
  return { model, messages, ...members, ...(stream && { stream: true }) };
}

/** The text of an answer; empty where it has none. */
export function textOf(answer: Json | undefined): string {
  return contentOf(answer) ?? "";
}

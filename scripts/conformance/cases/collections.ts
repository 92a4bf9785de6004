/** Lists and their items: each item of a list is there by its ID, and the same there; an unknown one is not found. */
import { isDeepStrictEqual } from "node:util";
import { isObject, type Json, type Members, objectsIn } from "../../shared/json.ts";
import type { Contract, ContractOperation } from "../compiled-contract.ts";
import type { Findings } from "../findings.ts";
import { type Case, requestOf, type Setting, single } from "./case.ts";
import { expectAnswer, expectRefusal } from "./verdict.ts";

/** An operation that lists things, and the one that gets a single one: `/v1/models`, `/v1/models/{model}`. */
export interface Collection {
  list: ContractOperation;
  item: ContractOperation;
  /** The name of the parameter in the item's path. */
  parameter: string;
}

const UNKNOWN = "no-such-id-0000";

/** The collections of a contract: a path, and the same path with one parameter after it, both with GET. */
export function collections({ operations }: Contract): Collection[] {
  const gets = operations.filter(({ method }) => method === "get");
  return gets.flatMap((item) => {
    const [, path, parameter] = /^([^{}]+)\/\{([^{}]+)\}$/.exec(item.path) ?? [];
    const list = gets.find((one) => one.path === path);
    return list && parameter !== undefined ? [{ list, item, parameter }] : [];
  });
}

/** The items of a list's answer: the answer itself, or its `data`. */
export function itemsOf(answer: Json | undefined): Members[] {
  const list = isObject(answer) ? answer["data"] : answer;
  return objectsIn(list);
}

/** Cases for a collection. */
export function collectionCases({ list, item, parameter }: Collection, setting: Setting): Case[] {
  const { contract } = setting;
  const known = new Map((setting.listed.get(list.name) ?? []).map((one) => [String(one["id"]), one]));
  const get = (id: string) => requestOf(item, undefined, { [parameter]: id });
  return [
    single(list, "the list", requestOf(list), (exchange, found) => {
      const answer = expectAnswer(contract, list, exchange, found);
      if (answer !== undefined) checkList(answer, contract, list, found);
    }),
    // A contract that declares no 404 does not say what comes.
    ...(contract.answer(item, 404)?.declared === "404"
      ? [
          single(item, "an unknown ID", get(UNKNOWN), (exchange, found) =>
            expectRefusal(contract, item, exchange, { statuses: [404] }, found),
          ),
        ]
      : []),
    ...[...known].map(([id, listed]) =>
      single(item, `${parameter} ${id} of the list`, get(id), (exchange, found) => {
        const answer = expectAnswer(contract, item, exchange, found);
        if (!isObject(answer)) return;
        checkKind(answer, item, contract, found);
        checkSeconds(answer, "", found);
        checkSame(answer, listed, found);
      }),
    ),
  ];
}

function checkList(answer: Json, contract: Contract, list: ContractOperation, found: Findings): void {
  checkKind(answer, list, contract, found);
  const items = itemsOf(answer);
  if (items.length === 0)
    found.break(
      "/data",
      "The list is empty, although the token may call something.",
      "at least one entry",
      answer,
    );
  const ids = items.map((item) => item["id"]);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) found.break("/data/0/id", "An ID is listed twice.", "each ID once", twice);
  for (const [index, item] of items.entries()) {
    checkSeconds(item, `/data/${index}`, found);
    const first = exampleItem(list, contract)?.["object"];
    checkObject(item["object"], first, `/data/${index}/object`, found);
  }
}

/** `object` says what something is, in the word that the contract's example has. */
function checkKind(answer: Json, operation: ContractOperation, contract: Contract, found: Findings): void {
  const example = exampleOf(operation, contract);
  if (isObject(answer) && isObject(example))
    checkObject(answer["object"], example["object"], "/object", found);
}

function checkObject(
  actual: Json | undefined,
  expected: Json | undefined,
  at: string,
  found: Findings,
): void {
  if (typeof actual === "string" && typeof expected === "string" && actual !== expected)
    found.break(at, "object names another kind of thing.", expected, actual);
}

function checkSeconds({ created }: Members, at: string, found: Findings): void {
  if (typeof created === "number" && created > 1e11)
    found.break(`${at}/created`, "created is not in seconds.", "seconds since 1970", created);
}

function checkSame(answer: Members, listed: Members, found: Findings): void {
  if (answer["id"] !== listed["id"]) {
    found.break("/id", "Another thing comes than the one asked for.", listed["id"], answer["id"]);
    return;
  }
  // A list may tell more of its items than their own address, or less.
  for (const name of Object.keys(listed).filter((one) => one in answer)) {
    if (!isDeepStrictEqual(answer[name], listed[name]))
      found.break(
        `/${name}`,
        `${name} is another one than in the list.`,
        listed[name],
        answer[name] ?? "none",
      );
  }
}

function exampleOf(operation: ContractOperation, contract: Contract): Json | undefined {
  const [status = "200"] = contract.successes(operation);
  const content = contract.answer(operation, Number.parseInt(status, 10))?.response.content ?? {};
  const [media] = Object.values(content);
  const [first] = Object.values(media?.examples ?? {});
  return first && "value" in first ? first.value : media?.example;
}

function exampleItem(list: ContractOperation, contract: Contract): Members | undefined {
  return itemsOf(exampleOf(list, contract))[0];
}

/** The requests that the contract documents: each example and each curl sample, whole and streamed. */

import type { Example, RequestBody } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { isObject, type Json, type Members } from "../../shared/json.ts";
import { isJson } from "../../shared/media-types.ts";
import { parsed } from "../checks/tools.ts";
import { asStreamed, type Contract, type ContractOperation } from "../compiled-contract.ts";
import { affordable, costOf, withModel } from "./budget.ts";
import { type Case, requestOf, type Setting, single } from "./case.ts";
import { expectAnswer } from "./verdict.ts";

/** A documented request body with its name. */
interface Documented {
  name: string;
  body: Json;
}

/** Cases for the documented requests of an operation. */
export function documentedCases(operation: ContractOperation, setting: Setting): Case[] {
  const { contract } = setting;
  if (operation.body === undefined) {
    // A path with a parameter is asked for by its list, which knows what there is.
    if (operation.method !== "get" || operation.path.includes("{")) return [];
    const request = requestOf(operation);
    return [
      single(operation, "documented request", request, (exchange, found) => {
        expectAnswer(contract, operation, exchange, found);
      }),
    ];
  }
  return documentedBodies(contract, operation).flatMap(({ name, body }) => {
    const [asked, own] = withModel(body, operation, setting);
    return formsOf(affordable(asked, operation), operation).map(([form, sent]) =>
      single(
        operation,
        `documented request ${name}${form}`,
        requestOf(operation, sent),
        // With another model than the documented one, the model may not support it.
        (exchange, found) => void expectAnswer(contract, operation, exchange, found, !own),
        { tokens: costOf(sent), tries: 3 },
      ),
    );
  });
}

/** The request as it is and, where the operation streams and the request does not say, streamed. */
function formsOf(body: Json, operation: ContractOperation): [form: string, body: Json][] {
  const { chunk, streamedBy } = operation;
  if (!isObject(body) || chunk === undefined || body[streamedBy.name] !== undefined) return [["", body]];
  return [
    ["", body],
    [", streamed", asStreamed(operation, body)],
  ];
}

/** The bodies of an operation's request examples and of its curl samples, each different one once. */
export function documentedBodies({ document }: Contract, { operation }: ContractOperation): Documented[] {
  const request = operation.requestBody && deref<RequestBody>(document, operation.requestBody);
  const media = Object.entries(request?.content ?? {}).find(([type]) => isJson(type))?.[1];
  const named = Object.entries(media?.examples ?? {}).flatMap(([name, example]): Documented[] => {
    const { value } = deref<Example>(document, example);
    return value === undefined ? [] : [{ name, body: value }];
  });
  const plain = media?.example === undefined ? [] : [{ name: "example", body: media.example }];
  const samples = (operation["x-codeSamples"] ?? []).flatMap(({ label = "sample", source }): Documented[] => {
    const body = typeof source === "string" ? bodyOfCurl(source) : undefined;
    return body === undefined ? [] : [{ name: `of the sample ${label}`, body }];
  });
  const seen = new Set<string>();
  return [...named, ...plain, ...samples].filter(({ body }) => {
    const key = JSON.stringify(sorted(body));
    return !seen.has(key) && seen.add(key);
  });
}

/** The JSON that a curl command sends with `-d`; undefined for anything else. */
function bodyOfCurl(source: string): Members | undefined {
  const text = /\bcurl\b[\s\S]*\s(?:-d|--data(?:-raw)?)\s+'([\s\S]*?)'(?=\s|$)/.exec(source)?.[1];
  const body = text === undefined ? undefined : parsed(text);
  return isObject(body) ? body : undefined;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, held]): [string, Json] => [name, sorted(held)])
      .sort(),
  );
}

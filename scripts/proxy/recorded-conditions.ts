/** The conditions of a recording: what tells its request from others. */
import type { ContractOperation } from "../conformance/compiled-contract.ts";
import type { Schema } from "../document/model.ts";
import { isObject, type Json, type Members, objectsIn } from "../shared/json.ts";
import { escapeRegExp } from "../shared/text.ts";
import { holdsMask, isKeyParameter } from "./mask.ts";

export type Conditions = Record<string, Schema>;

/** Members that say how an answer is delivered, or who asks: the answer is the same. */
const DELIVERY = ["stream", "stream_options", "user"];
/** Longer texts are told by their start and their length, in characters. */
const LONG = 400;
const START = 60;

/**
 * The conditions in the form of a scenario's `when`: from a JSON Pointer into `{path, query, body}` to a JSON Schema.
 *
 * @param body the request's body, masked; a condition on a masked value could never hold, and is left out
 */
export function conditionsOf(operation: ContractOperation, url: string, body: Json | undefined): Conditions {
  return { ...pathConditions(operation, url), ...queryConditions(url), ...bodyConditions(body) };
}

function pathConditions({ path }: ContractOperation, url: string): Conditions {
  const template = path.split("/").filter((part) => part !== "");
  const segments = (url.split("?")[0] ?? "").split("/").filter((part) => part !== "");
  const end = segments.slice(-template.length);
  return Object.fromEntries(
    template.flatMap((part, index): [string, Schema][] => {
      const name = /^\{(.+)\}$/.exec(part)?.[1];
      return name === undefined ? [] : [[`/path/${name}`, { const: decoded(end[index] ?? "") }]];
    }),
  );
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function queryConditions(url: string): Conditions {
  const query = new URLSearchParams(url.split("?")[1] ?? "");
  return Object.fromEntries(
    [...query]
      .filter(([name]) => !isKeyParameter(name))
      .map(([name, value]) => [`/query/${name}`, { const: value }]),
  );
}

function bodyConditions(body: Json | undefined): Conditions {
  if (body === undefined) return {};
  if (!isObject(body)) return holdsMask(body) ? {} : { "/body": { const: body } };
  const { messages, ...others } = body;
  return {
    ...(Array.isArray(messages) && messageConditions(messages)),
    ...Object.assign({}, ...Object.entries(others).map(([name, value]) => memberConditions(name, value))),
    // What a request does not have tells it apart too.
    "/body": { propertyNames: { enum: [...new Set([...Object.keys(body), ...DELIVERY])] } },
  };
}

function messageConditions(messages: Json[]): Conditions {
  const entries = [...messages.entries()];
  const conditions = entries.toReversed().flatMap(([index, message]): [string, Schema][] => {
    const at = index === messages.length - 1 ? "/body/messages/-1" : `/body/messages/${index}`;
    if (!isObject(message)) return [];
    const { role, content } = message;
    return [
      ...(content === undefined || content === null || holdsMask(content)
        ? []
        : [[`${at}/content`, exactly(content)] as [string, Schema]]),
      ...(role === undefined || role === "user" ? [] : [[`${at}/role`, { const: role }] as [string, Schema]]),
    ];
  });
  return {
    ...Object.fromEntries(conditions),
    "/body/messages": { minItems: messages.length, maxItems: messages.length },
  };
}

function memberConditions(name: string, value: Json): Conditions {
  if (DELIVERY.includes(name) || holdsMask(value)) return {};
  const at = `/body/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  const named = namesOf(value);
  if (named === undefined) return { [at]: exactly(value) };
  // Tools are told by their names: their schemas are long, and say nothing more.
  return Object.fromEntries([
    ...named.map(([kind, tool], index) => [`${at}/${index}/${kind}/name`, { const: tool }]),
    [at, { minItems: named.length, maxItems: named.length }],
  ]);
}

/** The kind and name of each tool in a list; undefined for anything else. */
function namesOf(value: Json): [kind: string, name: string][] | undefined {
  const tools = objectsIn(value);
  if (tools.length === 0) return undefined;
  const names = tools.flatMap((tool) =>
    Object.entries(tool).flatMap(([kind, held]): [string, string][] => {
      const name = isObject(held) ? (held as Members)["name"] : undefined;
      return typeof name === "string" ? [[kind, name]] : [];
    }),
  );
  return names.length === tools.length ? names : undefined;
}

function exactly(value: Json): Schema {
  if (typeof value !== "string" || value.length <= LONG) return { const: value };
  const start = escapeRegExp(value.slice(0, START));
  const length = [...value].length;
  return { pattern: `^${start}`, minLength: length, maxLength: length };
}

/** Tool calls: only offered tools, only where they were allowed, with an ID and arguments that are valid. */
import { standalone } from "../../document/validation.ts";
import { isObject, type Json, type Members, member, objectsIn } from "../../shared/json.ts";
import type { Findings } from "../findings.ts";

/** What the request says about tools. */
interface Offer {
  /** From the name of each offered function to the JSON Schema of its arguments. */
  functions: Map<string, Json | undefined>;
  /** The names of all offered tools. */
  names: Set<string>;
  choice: Json | undefined;
  /** The names that `tool_choice` restricts the model to; undefined for all. */
  allowed: Set<string> | undefined;
  /** Whether the model must call a tool. */
  forced: boolean;
}

/** Reasons after which a call may be incomplete or absent. */
const CUT = ["length", "content_filter"];

/** Checks the tool calls of a message, and that there are some where the request forces one. */
export function checkToolCalls(
  message: Members,
  reason: Json | undefined,
  at: string,
  request: Members,
  found: Findings,
): void {
  const offer = offerOf(request);
  const list = message["tool_calls"];
  const calls = objectsIn(list);
  const where = `${at}/message/tool_calls`;
  if (calls.length === 0) {
    if (reason === "tool_calls")
      found.break(
        `${at}/finish_reason`,
        "finish_reason is tool_calls, but no tool is called.",
        "tool calls",
        "none",
      );
    else if (offer.forced && !CUT.includes(String(reason)) && !message["refusal"])
      found.whim(
        where,
        "No tool is called, although tool_choice demands it.",
        "a tool call",
        message["content"],
      );
    return;
  }
  if (offer.choice === "none")
    found.break(where, "A tool is called, although tool_choice is none.", "no call", calls);
  checkReason(reason, `${at}/finish_reason`, offer, found);
  if (request["parallel_tool_calls"] === false && calls.length > 1)
    found.whim(
      where,
      "Several tools are called, although parallel_tool_calls is false.",
      "one call",
      calls.length,
    );
  const ids = calls.map((call) => call["id"]).filter((id) => typeof id === "string" && id !== "");
  if (new Set(ids).size !== ids.length)
    found.break(`${where}/1/id`, "Two tool calls have the same id.", "an ID for each call", ids.join(", "));
  for (const [index, call] of calls.entries()) checkCall(call, `${where}/${index}`, reason, offer, found);
}

function checkReason(reason: Json | undefined, at: string, { choice }: Offer, found: Findings): void {
  if (reason === undefined || reason === null || reason === "tool_calls" || CUT.includes(String(reason)))
    return;
  const message = "Tools are called, but finish_reason is not tool_calls.";
  // OpenAI itself says "stop" where one function was named.
  if (reason === "stop" && isObject(choice)) found.note(at, message, "tool_calls", reason);
  else found.break(at, message, "tool_calls", reason);
}

function checkCall(call: Members, at: string, reason: Json | undefined, offer: Offer, found: Findings): void {
  if (call["id"] === "" || call["id"] === null)
    found.break(`${at}/id`, "A tool call has no ID.", "an ID", call["id"]);
  const kind = isObject(call["custom"]) ? "custom" : "function";
  const { name, arguments: text } = (isObject(call[kind]) ? call[kind] : {}) as Members;
  if (typeof name !== "string") return;
  if (!offer.names.has(name))
    found.whim(
      `${at}/${kind}/name`,
      "A tool is called that was not offered.",
      [...offer.names].join(" or "),
      name,
    );
  else if (offer.allowed && !offer.allowed.has(name))
    found.whim(
      `${at}/${kind}/name`,
      "Another tool is called than tool_choice names.",
      [...offer.allowed].join(" or "),
      name,
    );
  if (typeof text === "string" && !CUT.includes(String(reason)))
    checkArguments(text, offer.functions.get(name), `${at}/function/arguments`, found);
}

function checkArguments(text: string, schema: Json | undefined, at: string, found: Findings): void {
  const required = member(schema, "required");
  // A function without arguments is also called with an empty text.
  if (text === "" && !(Array.isArray(required) && required.length > 0)) return;
  const value = parsed(text);
  if (value === undefined) {
    found.whim(at, "The arguments are not JSON text.", "JSON", text);
    return;
  }
  if (!isObject(value)) {
    found.whim(at, "The arguments are not a JSON object.", "an object", text);
    return;
  }
  const [violation] = standalone(schema)?.(value) ?? [];
  if (violation)
    found.whim(
      at,
      `The arguments are not valid for the tool: ${violation.pointer} ${violation.message}.`,
      violation.expected,
      text,
    );
}

/** The value of a JSON text; undefined for any other text. */
export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function offerOf({ tools, functions, tool_choice: choice }: Members): Offer {
  const offered = objectsIn(tools);
  const schemas = new Map<string, Json | undefined>();
  const names = new Set<string>();
  for (const tool of [
    ...offered.map((one) => one["function"] ?? one["custom"]),
    ...[functions ?? []].flat(),
  ]) {
    const name = member(tool, "name");
    if (typeof name !== "string") continue;
    names.add(name);
    schemas.set(name, member(tool, "parameters"));
  }
  const named = member(member(choice, "function") ?? member(choice, "custom"), "name");
  const restricted = member(choice, "allowed_tools");
  const list = member(restricted, "tools");
  const allowed =
    typeof named === "string"
      ? [named]
      : Array.isArray(list)
        ? list.flatMap((tool) => String(member(member(tool, "function"), "name") ?? []))
        : undefined;
  return {
    functions: schemas,
    names,
    choice,
    allowed: allowed && new Set(allowed),
    forced: choice === "required" || typeof named === "string" || member(restricted, "mode") === "required",
  };
}

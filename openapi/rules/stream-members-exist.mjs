/**
 * `x-stream` names members of the events: a wrong one would make a client wait for an event that never comes. Failures may
 * be told by events that the contract does not describe.
 */
import { problemsOf } from "../extensions/problems.mjs";
import { parts, schemasAt } from "./functions/members.mjs";
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  return walk(document)
    .filter(({ node, kind }) => kind === "response media type" && node["x-stream"] !== undefined)
    .flatMap(({ node, path }) => {
      const here = [...path, "x-stream"];
      const misformed = problemsOf("x-stream", node["x-stream"]);
      const found = misformed.length > 0 ? misformed : problems(document, node);
      return found.map(({ message, path: below }) => ({ message, path: [...here, ...below] }));
    });
}

function problems(document, { schema, itemSchema, "x-stream": { name, end = [], result } }) {
  const event = schema?.contentSchema ?? itemSchema;
  if (event === undefined) return [];
  const leads = (pointer) => schemasAt(document, event, pointer).flatMap((one) => parts(document, one));
  const isMember = typeof name === "string" && name.startsWith("/");
  const named = isMember ? leads(name) : [];
  const found = [];
  if (isMember && named.length === 0)
    found.push({ message: `No event has a member at ${name}. Correct the pointer.`, path: ["name"] });
  const names = named.flatMap((one) => (one.const === undefined ? (one.enum ?? []) : [one.const]));
  // Names that some event leaves open may be any.
  const isKnown = (one) => names.length === 0 || names.includes(one) || named.some((part) => isOpen(part));
  const wrong = (one, ...path) => {
    if (!isKnown(one)) found.push({ message: `No event is called "${one}". Correct the name.`, path });
  };
  for (const [index, one] of end.entries()) wrong(one, "end", index);
  if (result?.event !== undefined) wrong(result.event, "result", "event");
  if (result?.pointer && leads(result.pointer).length === 0)
    found.push({
      message: `No event has a member at ${result.pointer}. Correct the pointer.`,
      path: ["result", "pointer"],
    });
  return found;
}

function isOpen(schema) {
  const closed = ["const", "enum", "anyOf", "oneOf", "allOf", "$ref"];
  return closed.every((keyword) => schema[keyword] === undefined);
}

export default rule("x-stream names what the events have.", check);

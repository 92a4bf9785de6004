/** The members of objects. */
import type { Schema, SchemaObject } from "../../document/model.ts";
import { below, type Difference } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { namesIn, normal } from "./normal.ts";

type Properties = Record<string, Schema>;

/** What differs in `properties`, `required` and `additionalProperties`. */
export function compareProperties(
  comparison: Comparison,
  old: SchemaObject,
  now: SchemaObject,
): Difference[] {
  const [was, is]: [Properties, Properties] = [old.properties ?? {}, now.properties ?? {}];
  const names = new Set([...namesIn(was, is), ...(old.required ?? []), ...(now.required ?? [])]);
  return [
    ...[...names].flatMap((name) => compareProperty(comparison, name, old, now)),
    ...below(
      comparison.compare(old["additionalProperties"] ?? true, now["additionalProperties"] ?? true),
      "additionalProperties",
    ),
  ];
}

function compareProperty(
  comparison: Comparison,
  name: string,
  old: SchemaObject,
  now: SchemaObject,
): Difference[] {
  const { pair } = comparison;
  const was = own(old.properties, name);
  const is = own(now.properties, name);
  const required = [old, now].map((schema) => schema.required?.includes(name) ?? false) as [boolean, boolean];
  const hidden = [isHidden(normal(pair.old, was)), isHidden(normal(pair.now, is))] as const;
  const path = ["properties", name];
  const note = (effect: Difference["effect"], message: string): Difference[] => [
    { effect, path, message, was, is },
  ];

  if (was === undefined && is === undefined) return requiredness();
  if (was === undefined) {
    if (hidden[1]) return note("added", `The property \`${name}\` is new.`);
    const beyond = old["additionalProperties"];
    // Of an object that was a map, the property was described already.
    const mapped = typeof beyond === "object" ? below(comparison.compare(beyond, is), ...path) : [];
    return [
      ...note(
        required[1] ? "narrowed" : "added",
        `The ${required[1] ? "required " : ""}property \`${name}\` is new.`,
      ),
      ...mapped.filter(({ effect }) => effect === "narrowed" || effect === "changed"),
    ];
  }
  if (is === undefined) return note(hidden[0] ? "noted" : "changed", `The property \`${name}\` is gone.`);
  if (hidden[0] && hidden[1]) {
    const differs = comparison.compare(was, is).length > 0 || required[0] !== required[1];
    return differs
      ? note("noted", `The property \`${name}\`, which is not sent here, is described differently.`)
      : [];
  }
  if (hidden[1])
    return pair.sender === "consumer"
      ? note("added", `The property \`${name}\` became read-only.`)
      : note("changed", `The property \`${name}\` became write-only, so that it no longer comes.`);
  if (hidden[0])
    return note(
      required[1] ? "narrowed" : "added",
      `The property \`${name}\` is no longer ${pair.sender === "consumer" ? "read-only" : "write-only"}.`,
    );
  return [...requiredness(), ...below(comparison.compare(was, is), ...path)];

  function isHidden(schema: SchemaObject): boolean {
    return schema[pair.sender === "consumer" ? "readOnly" : "writeOnly"] === true;
  }

  function requiredness(): Difference[] {
    if (required[0] === required[1]) return [];
    const message = `The property \`${name}\` is ${required[1] ? "now required" : "no longer required"}.`;
    const effect = required[1] ? "narrowed" : "widened";
    return [{ effect, path: ["required"], message, was: required[0], is: required[1] }];
  }
}

function own(properties: Properties | undefined, name: string): Schema | undefined {
  return properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

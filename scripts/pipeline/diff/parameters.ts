/** Parameters of requests, and headers of answers. */
import type { Document, Parameter } from "../../document/model.ts";
import { deref } from "../../document/operations.ts";
import { below, type Difference, notes, type Sender, shown } from "./change.ts";
import { LIFECYCLE, lifecycle, removal } from "./lifecycle.ts";
import { namesIn } from "./normal.ts";
import { type Documents, requiredness } from "./parts.ts";
import { compareValues } from "./serialization.ts";

/** Headers that OpenAPI describes elsewhere. @see https://spec.openapis.org/oas/v3.1.1.html#fixed-fields-for-use-with-schema */
const IGNORED = ["accept", "content-type", "authorization"];

/** Parameters by where they stand and what they are called. A path's are known by their order: their names are free. */
export function parametersOf(
  document: Document,
  path: string,
  ...lists: unknown[]
): Record<string, Record<string, unknown>> {
  const order = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
  const found: Record<string, Record<string, unknown>> = {};
  for (const item of lists.flatMap((list) => (Array.isArray(list) ? list : []))) {
    const parameter = deref<Parameter>(document, item);
    const { in: place, name } = parameter;
    if (place === "header" && IGNORED.includes(name.toLowerCase())) continue;
    const key = place === "path" ? order.indexOf(name) : place === "header" ? name.toLowerCase() : name;
    found[`${place} ${key}`] = parameter as unknown as Record<string, unknown>;
  }
  return found;
}

/** Compares the parameters that `parametersOf` found. */
export function compareParameters(
  documents: Documents,
  old: Record<string, Record<string, unknown>>,
  now: Record<string, Record<string, unknown>>,
  sender: Sender,
): Difference[] {
  return namesIn(old, now).flatMap((key) => {
    const [was, is] = [old[key], now[key]];
    const known = is ?? was ?? {};
    const path = [String(known["in"]), String(known["name"])];
    if (is === undefined) return below([removal("The parameter", was ?? {})], ...path);
    if (was === undefined) {
      const required = is["required"] === true;
      const message = `The ${required ? "required " : ""}parameter is new.`;
      return [{ effect: required ? "narrowed" : "added", path, message, is }];
    }
    const renamed: Difference[] =
      was["name"] === is["name"]
        ? []
        : [
            {
              effect: "added",
              path: ["name"],
              message: `The parameter was called ${shown(was["name"])}.`,
              was: was["name"],
              is: is["name"],
            },
          ];
    return below([...renamed, ...compareParameter(documents, was, is, sender)], ...path);
  });
}

/** Compares headers of an answer by their names, whatever the case. */
export function compareHeaders(
  documents: Documents,
  old: Record<string, unknown>,
  now: Record<string, unknown>,
  sender: Sender,
): Difference[] {
  const byName = (headers: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(headers)
        .map(([name, header]): [string, unknown] => [name.toLowerCase(), header])
        .filter(([name]) => name !== "content-type"),
    );
  const [before, after] = [byName(old), byName(now)];
  return namesIn(before, after).flatMap((name): Difference[] => {
    if (!Object.hasOwn(after, name))
      return [{ effect: "changed", path: [name], message: "The header is gone.", was: before[name] }];
    if (!Object.hasOwn(before, name))
      return [{ effect: "added", path: [name], message: "The header is new.", is: after[name] }];
    const [was, is] = documents.resolved(before[name], after[name]);
    return below(
      compareParameter(documents, { ...was, in: "header" }, { ...is, in: "header" }, sender),
      name,
    );
  });
}

function compareParameter(
  documents: Documents,
  old: Record<string, unknown>,
  now: Record<string, unknown>,
  sender: Sender,
): Difference[] {
  const required = old["required"] === true && now["required"] === true;
  const values = compareValues(documents, old, now, sender)
    // The default of what must be given is never used.
    .map(
      (one): Difference =>
        required && one.path.join() === "schema,default" ? { ...one, effect: "noted" } : one,
    );
  return [
    ...requiredness(old, now),
    ...values,
    ...lifecycle(old, now),
    ...notes(old, now, ["description", "example", "examples"], LIFECYCLE),
  ];
}

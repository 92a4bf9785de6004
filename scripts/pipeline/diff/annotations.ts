/** What a schema says beside what is valid: discriminators, defaults, descriptions. */
import { isDeepStrictEqual } from "node:util";
import type { SchemaObject } from "../../document/model.ts";
import { isObject } from "../../shared/json.ts";
import { type Difference, notes, rewritten, shown } from "./change.ts";
import { type Comparison, isSame, type SchemaPair } from "./comparison.ts";
import { LIFECYCLE, lifecycle } from "./lifecycle.ts";
import { ANNOTATIONS, membersOf, namesIn, within } from "./normal.ts";

const EXTENSIBLE = "x-extensible-enum";

/**
 * A discriminator restricts the values of one property to those of its mapping. It changes nothing about what is
 * valid, but readers of answers tell the variants apart by it.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#discriminator-object
 */
export function compareDiscriminators(
  comparison: Comparison,
  old: SchemaObject,
  now: SchemaObject,
): Difference[] {
  const [was, is] = [old["discriminator"], now["discriminator"]];
  if (was === undefined && is === undefined) return [];
  const path = ["discriminator"];
  if (!isObject(was) || !isObject(is)) {
    const message = `The discriminator ${isObject(is) ? "is new" : "is gone"}.`;
    return [{ effect: isObject(is) ? "added" : "widened", path, message, was, is }];
  }
  if (was["propertyName"] !== is["propertyName"])
    return [
      {
        effect: "changed",
        path: [...path, "propertyName"],
        message: `The discriminator is ${shown(is["propertyName"])}; it was ${shown(was["propertyName"])}.`,
        was: was["propertyName"],
        is: is["propertyName"],
      },
    ];
  const [before, after] = [membersOf(was, "mapping"), membersOf(is, "mapping")];
  return namesIn(before, after).flatMap((value): Difference[] => {
    const [target, other] = [before[value], after[value]];
    // What changed within a variant is told by the union, of which it is a branch.
    if (target !== undefined && other !== undefined && isSameVariant(comparison, target, other)) return [];
    const effect = target === undefined ? "widened" : other === undefined ? "narrowed" : "changed";
    const verb =
      target === undefined ? "is new" : other === undefined ? "is gone" : "leads to another schema";
    return [
      {
        effect,
        path: [...path, "mapping", value],
        message: `The discriminator's value ${shown(value)} ${verb}.`,
        was: target,
        is: other,
      },
    ];
  });
}

/**
 * Another default gives another meaning to requests that leave the value out. A parameter is rarely described in any
 * other way, so there a default that comes or goes counts as much.
 */
export function compareDefaults(
  old: SchemaObject,
  now: SchemaObject,
  { sender, text }: SchemaPair,
): Difference[] {
  const [was, is] = [old.default, now.default];
  if (isDeepStrictEqual(was, is)) return [];
  const both = was !== undefined && is !== undefined;
  const effect = sender === "consumer" && (both || text) ? "changed" : "added";
  const message = both
    ? `The default is ${shown(is)}; it was ${shown(was)}.`
    : was === undefined
      ? `The default ${shown(is)} is new.`
      : `The default is gone; it was ${shown(was)}.`;
  return [{ effect, path: ["default"], message, was, is }];
}

/** Descriptions, extensions and the like, and what was announced. */
export function compareNotes(old: SchemaObject, now: SchemaObject): Difference[] {
  return [
    ...notes(old, now, ANNOTATIONS, [...LIFECYCLE, EXTENSIBLE]),
    ...lifecycle(old, now),
    ...compareExtensibleEnums(old, now),
  ];
}

/**
 * `x-extensible-enum` lists the values of today: consumers must expect others in answers, and may send none but these.
 *
 * @see https://opensource.zalando.com/restful-api-guidelines/#112
 */
function compareExtensibleEnums(old: SchemaObject, now: SchemaObject): Difference[] {
  const [was, is] = [old[EXTENSIBLE], now[EXTENSIBLE]];
  if (isDeepStrictEqual(was, is)) return [];
  if (!Array.isArray(was) || !Array.isArray(is)) return [rewritten(EXTENSIBLE, was, is)];
  const [known, kept] = [within(was), within(is)];
  const path = [EXTENSIBLE];
  return [
    ...was
      .filter((value) => !kept(value))
      .map((value): Difference => {
        const message = `The value ${shown(value)} is no longer listed.`;
        return { effect: "narrowed", path, message, was: value };
      }),
    ...is
      .filter((value) => !known(value))
      .map((value): Difference => {
        return { effect: "added", path, message: `The value ${shown(value)} is new.`, is: value };
      }),
  ];
}

/** Whether two targets of a mapping mean the same: by name, or where a schema was renamed, by what it accepts. */
function isSameVariant(comparison: Comparison, was: unknown, is: unknown): boolean {
  if (schemaAt(was).$ref === schemaAt(is).$ref) return true;
  return isSame(comparison, schemaAt(was), schemaAt(is));
}

/** The target of a mapping: a reference, or the name of a component. */
function schemaAt(target: unknown): { $ref: string } {
  const name = String(target);
  return { $ref: name.includes("/") ? name : `#/components/schemas/${name}` };
}

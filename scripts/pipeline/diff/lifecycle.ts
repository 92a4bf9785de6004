/**
 * What was announced: `deprecated`, with `x-sunset`, the date (RFC 3339) from which on something may be gone, and
 * `x-stability-level`, by which draft and alpha operations may change as they like. The extensions are those of other
 * tools.
 */
import { type Difference, shown } from "./change.ts";

type Members = Record<string, unknown>;

/** From the least stable. An operation that says nothing is stable. */
const STABILITY = ["draft", "alpha", "beta", "stable"];

/**
 * The removal of an operation or a parameter. It is not a break where it was announced: what was deprecated may go, from
 * its `x-sunset` on where it has one.
 *
 * @param what names it: `The operation`
 */
export function removal(what: string, old: Members): Difference {
  const sunset = old["x-sunset"];
  const gone = { path: [], message: `${what} is gone.`, was: old };
  if (isUnstable(old)) return { ...gone, effect: "added" };
  if (old["deprecated"] !== true) return { ...gone, effect: "changed" };
  if (sunset === undefined || dateOf(sunset) <= Date.now())
    return { ...gone, effect: "added", message: `${what} is gone. It was deprecated.` };
  return {
    ...gone,
    effect: "changed",
    message: `${what} is gone before its \`x-sunset\`, ${shown(sunset)}.`,
  };
}

/** Whether something became deprecated, or no longer is; and a date of its end that is sooner than was announced. */
export function deprecation(old: Members, now: Members): Difference[] {
  const [was, is] = [old["deprecated"] === true, now["deprecated"] === true];
  if (was && is) return sunsetChange(old["x-sunset"], now["x-sunset"]);
  if (was === is) return [];
  const message = is ? "This is deprecated." : "This is no longer deprecated.";
  return [{ effect: "added", path: ["deprecated"], message, was, is }];
}

function sunsetChange(was: unknown, is: unknown): Difference[] {
  if (was === undefined || dateOf(was) <= Date.now()) return [];
  if (is !== undefined && dateOf(is) >= dateOf(was)) return [];
  const message =
    is === undefined
      ? `The \`x-sunset\` is gone, so that the end may come at any time; it was ${shown(was)}.`
      : `The end comes sooner than was announced: \`x-sunset\` is ${shown(is)}; it was ${shown(was)}.`;
  return [{ effect: "changed", path: ["x-sunset"], message, was, is }];
}

/** Whether an operation is less stable than it was. */
export function stabilityChange(old: Members, now: Members): Difference[] {
  const [was, is] = [stabilityOf(old), stabilityOf(now)];
  if (STABILITY.indexOf(is) >= STABILITY.indexOf(was)) return [];
  const message = `This is less stable: ${shown(is)}; it was ${shown(was)}.`;
  return [{ effect: "changed", path: ["x-stability-level"], message, was, is }];
}

/** Whether an operation may change in any way. */
export function isUnstable(operation: Members): boolean {
  return ["draft", "alpha"].includes(stabilityOf(operation));
}

function stabilityOf(operation: Members): string {
  const level = String(operation["x-stability-level"]);
  return STABILITY.includes(level) ? level : "stable";
}

/** Milliseconds since 1970; infinite for a value that is not a date. */
function dateOf(value: unknown): number {
  const date = /^\d{4}-\d\d-\d\d/.test(String(value)) ? Date.parse(String(value)) : Number.NaN;
  return Number.isNaN(date) ? Number.POSITIVE_INFINITY : date;
}

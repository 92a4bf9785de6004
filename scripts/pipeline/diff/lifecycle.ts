/**
 * What was announced: `deprecated`, with `x-sunset`, the date (RFC 3339) from which on something may be gone, and
 * `x-stability-level`, by which draft and alpha operations may change as they like. The extensions are those of other
 * tools.
 */
import { type Difference, rewritten, shown } from "./change.ts";

type Members = Record<string, unknown>;

/** The extensions that are compared here. */
export const LIFECYCLE = ["x-sunset", "x-stability-level"];

/** From the least stable. What says nothing is stable. */
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

/** What differs in all that was announced of a parameter, a header or a schema. */
export function lifecycle(old: Members, now: Members): Difference[] {
  return [...deprecation(old, now), ...stabilityChange(old, now)];
}

/** Whether something became deprecated, or no longer is, and the date of its end. */
export function deprecation(old: Members, now: Members): Difference[] {
  const [was, is] = [old["deprecated"] === true, now["deprecated"] === true];
  const sunset = sunsetChange(old["x-sunset"], now["x-sunset"], was && is);
  if (was === is) return sunset;
  const message = is ? "This is deprecated." : "This is no longer deprecated.";
  return [{ effect: "added", path: ["deprecated"], message, was, is }, ...sunset];
}

/** @param announced whether the old date stands: what is no longer deprecated does not end */
function sunsetChange(was: unknown, is: unknown, announced: boolean): Difference[] {
  if (was === is) return [];
  const said = (message: string): Difference[] => [
    { effect: "changed", path: ["x-sunset"], message, was, is },
  ];
  if (is !== undefined && dateOf(is) === NEVER)
    return said(`The end cannot be told: \`x-sunset\` is ${shown(is)}, and not a date such as 2030-12-31.`);
  const end = was === undefined ? NEVER : dateOf(was);
  if (!announced || end === NEVER || end <= Date.now()) return [rewritten("x-sunset", was, is)];
  if (is === undefined)
    return said(`The \`x-sunset\` is gone, so that the end may come at any time; it was ${shown(was)}.`);
  if (dateOf(is) >= end) return [rewritten("x-sunset", was, is)];
  return said(`The end comes sooner than was announced: \`x-sunset\` is ${shown(is)}; it was ${shown(was)}.`);
}

/** Whether something is less stable than it was, or a level is not one of the known ones. */
export function stabilityChange(old: Members, now: Members): Difference[] {
  const [was, is] = [stabilityOf(old), stabilityOf(now)];
  if (was === is) return [];
  const path = ["x-stability-level"];
  const unknown = [was, is].find((level) => !STABILITY.includes(level));
  if (unknown !== undefined) {
    const message = `The stability cannot be told: ${shown(unknown)} is not one of ${STABILITY.join(", ")}.`;
    return [{ effect: "changed", path, message, was, is }];
  }
  if (STABILITY.indexOf(is) > STABILITY.indexOf(was)) return [rewritten("x-stability-level", was, is)];
  const message = `This is less stable: ${shown(is)}; it was ${shown(was)}.`;
  return [{ effect: "changed", path, message, was, is }];
}

/** Whether an operation may change in any way. */
export function isUnstable(operation: Members): boolean {
  return ["draft", "alpha"].includes(stabilityOf(operation));
}

function stabilityOf(described: Members): string {
  return String(described["x-stability-level"] ?? "stable");
}

const NEVER = Number.POSITIVE_INFINITY;

/** Milliseconds since 1970; `NEVER` for a value that is not a date. */
function dateOf(value: unknown): number {
  const date = /^\d{4}-\d\d-\d\d/.test(String(value)) ? Date.parse(String(value)) : Number.NaN;
  return Number.isNaN(date) ? NEVER : date;
}

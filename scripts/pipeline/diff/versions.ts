/** Which version a contract must have after its changes. @see https://semver.org */
import type { Level } from "./change.ts";

/**
 * The lowest version that fits. Before 1.0.0 a breaking change moves the minor number, and any other the patch number.
 *
 * @param version the version before the changes, such as `1.4.2`
 * @returns undefined where the version before is not a semantic one
 */
export function nextVersion(version: string, level: Level): string | undefined {
  const numbers = numbersOf(version);
  if (!numbers) return undefined;
  const [major, minor, patch] = numbers;
  if (level === "none") return `${major}.${minor}.${patch}`;
  const severity = major === 0 ? { major: "minor", minor: "patch", patch: "patch" }[level] : level;
  if (severity === "major") return `${major + 1}.0.0`;
  return severity === "minor" ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/** Whether a version is at least another one, by its three numbers. */
export function isAtLeast(version: string, lowest: string): boolean {
  const [one, other] = [numbersOf(version), numbersOf(lowest)];
  if (!one || !other) return false;
  for (const index of [0, 1, 2] as const) if (one[index] !== other[index]) return one[index] > other[index];
  return true;
}

function numbersOf(version: string): [number, number, number] | undefined {
  const [, ...numbers] = /^(\d+)\.(\d+)\.(\d+)(?:[-+]|$)/.exec(version) ?? [];
  const [major, minor, patch] = numbers.map(Number);
  return major === undefined || minor === undefined || patch === undefined
    ? undefined
    : [major, minor, patch];
}

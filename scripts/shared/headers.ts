/** Header fields, whose names have no case (RFC 9110, 5.1). */

/** The fields by lower-case name, their values as text. */
export function lowerCaseNames(headers: Record<string, unknown> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

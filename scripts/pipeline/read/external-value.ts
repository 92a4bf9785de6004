/** Examples whose value is in another file (`externalValue`). */
import { isUtf8 } from "node:buffer";
import { extname } from "node:path";
import type { Problem } from "../../shared/input-error.ts";
import { Refusal } from "./files.ts";
import type { Sources } from "./sources.ts";

/**
 * Puts the content of a local file into the example that names it, so that the bundle needs no other file: JSON and text
 * as `value`, bytes as a `data:` URL (RFC 2397). An address on the web is left as it is and never fetched.
 *
 * @param example a copy of the Example Object, which may be changed
 * @param file the file that the example is written in
 * @returns the example, or what is wrong with its file
 */
export function externalExample(
  { externalValue, ...example }: Record<string, unknown>,
  sources: Sources,
  file: string,
): { example: Record<string, unknown>; warning?: undefined } | { warning: Problem } {
  if (externalValue === undefined) return { example };
  const unchanged = { example: { ...example, externalValue } };
  if (typeof externalValue !== "string" || URL.canParse(externalValue) || URL.canParse(file))
    return unchanged;
  const bytes = sources.bytesOf(sources.fileOf(file, externalValue));
  if (!bytes)
    return {
      warning: {
        message: `There is no file ${externalValue}. The example is left out.`,
        advice: "Correct the path, which is relative to the file that it is written in.",
      },
    };
  if (bytes instanceof Refusal) {
    const message = `${externalValue} ${bytes.message}. The example is left out.`;
    return { warning: { message, advice: bytes.advice } };
  }
  if (!isUtf8(bytes)) {
    const data = `data:application/octet-stream;base64,${Buffer.from(bytes).toString("base64")}`;
    return { example: { ...example, externalValue: data } };
  }
  const text = Buffer.from(bytes).toString("utf8");
  if (extname(externalValue) !== ".json") return { example: { ...example, value: text } };
  try {
    return { example: { ...example, value: JSON.parse(text) } };
  } catch {
    return {
      warning: {
        message: `${externalValue} is not JSON. The example is left out.`,
        advice: "Correct the file, or give it another extension if it is text.",
      },
    };
  }
}

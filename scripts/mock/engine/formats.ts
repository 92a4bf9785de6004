/** How the mock matches texts to a `pattern` or a `format`. They come from anyone, so that both have a bound. */
import type { FormatDefinition } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { schemaPattern } from "../scenarios/pattern.ts";

/**
 * What Ajv takes in place of `RegExp`. It asks a pattern for `test`, and tells patterns apart by `toString`.
 *
 * @param strict whether a pattern is refused that nothing bounds in time
 */
export function patterns(strict: boolean): (source: string, flags: string) => RegExp {
  return (source, flags) => {
    const { test, text } = schemaPattern(source, flags, strict);
    return { test, toString: () => text } as unknown as RegExp;
  };
}

type TextTest = (text: string) => boolean;
type KnownFormat = (typeof fullFormats)[keyof typeof fullFormats];

/** The expression of a format might run out of stack over a text of more characters. */
const FORMATTED = 100_000;
/** Formats of texts that may well be longer, such as an image in a `data:` URL. */
const LONG_FORMATS = ["byte", "uri", "uri-reference", "url"];

/** A format that is not asked about a longer text. */
function boundedFormat(name: string, format: KnownFormat): KnownFormat {
  const { validate = format, ...rest } = Object(format) as FormatDefinition<string>;
  if (validate === true || ("type" in rest && rest.type !== "string")) return format;
  const test = validate instanceof RegExp ? (text: string) => validate.test(text) : (validate as TextTest);
  const isLong = LONG_FORMATS.includes(name);
  return { ...rest, validate: (text: string) => (text.length > FORMATTED ? isLong : test(text)) };
}

/** The formats by their names. */
export const FORMATS = Object.fromEntries(
  Object.entries(fullFormats).map(([name, format]) => [name, boundedFormat(name, format)]),
);

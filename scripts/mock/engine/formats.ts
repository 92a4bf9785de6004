/** How the mock matches texts to a `format`. They come from anyone, so that a text has a bound. */
import type { FormatDefinition } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";

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

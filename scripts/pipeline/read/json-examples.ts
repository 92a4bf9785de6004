/** Examples of JSON that were written as text: many tools export them so. */
import type { Document, Schema } from "../../document/model.ts";
import { parts } from "../../document/schemas.ts";
import { isObject, parseJSON } from "../../shared/json.ts";
import { isJson } from "../../shared/media-types.ts";

/**
 * Reads the examples of a media type that are the text of an object or a list, where its schema describes no text. What
 * cannot be read is left out.
 *
 * @param media the Media Type Object, which is changed
 * @param type its media type
 * @returns the paths of what is left out, from the media type on
 */
export function readJsonExamples(
  document: Document,
  media: Record<string, unknown>,
  type: string,
): string[][] {
  if (!isJson(type) || mayBeText(document, media["schema"] as Schema | undefined)) return [];
  const { examples } = media;
  const named = Object.entries(isObject(examples) ? examples : {});
  const found = [
    { holder: media, name: "example", path: ["example"] },
    ...named.flatMap(([key, holder]) =>
      isObject(holder)
        ? [{ holder: holder as Record<string, unknown>, name: "value", path: ["examples", key] }]
        : [],
    ),
  ];
  return found.flatMap(({ holder, name, path }) => {
    const written = holder[name];
    if (typeof written !== "string" || !/^\s*[{[]/.test(written)) return [];
    holder[name] = parseJSON(written);
    if (holder[name] !== undefined) return [];
    if (path[0] === "example") delete media["example"];
    else delete (examples as Record<string, unknown>)[path[1] ?? ""];
    return [path];
  });
}

function mayBeText(document: Document, schema: Schema | undefined): boolean {
  return [...parts(document, schema)].some(
    ({ type, const: value, enum: values = [] }) =>
      [type].flat().includes("string") || [value, ...values].some((one) => typeof one === "string"),
  );
}

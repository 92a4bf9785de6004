/** How the values of parameters are written (OpenAPI 3.1, 4.8.12.2). */
import type { Parameter } from "./model.ts";

/**
 * The style of a parameter, with the defaults of what is not declared.
 *
 * @param usual the style of its place: `form` in a query or a cookie, `simple` in a path or a header
 * @returns the style, `json` where a media type stands in place of one; and whether each item stands by itself
 */
export function styleOf(
  { content, style, explode }: Pick<Parameter, "style" | "explode" | "content">,
  usual: "form" | "simple",
): { style: string; explode: boolean } {
  if (content) return { style: "json", explode: false };
  const written = style ?? usual;
  return { style: written, explode: explode ?? written === "form" };
}

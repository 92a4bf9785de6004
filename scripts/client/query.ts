/** Query parameters, in the styles that openapi-fetch applies to all parameters of a call alike. */
import { createQuerySerializer } from "openapi-fetch";

/** How a parameter is written (OpenAPI 3.1, 4.8.12.2). */
export interface Style {
  style: "form" | "spaceDelimited" | "pipeDelimited" | "deepObject";
  explode: boolean;
}

/** @param styles by the parameter's name, where it is not openapi-fetch's own */
export function querySerializer(styles: Record<string, Style>): (query: Record<string, unknown>) => string {
  return (query) =>
    Object.entries(query)
      .map(([name, value]) => {
        const style = styles[name];
        // openapi-fetch's types leave out styles that make no difference for the value at hand.
        const options =
          style && ({ array: style, object: style } as Parameters<typeof createQuerySerializer>[0]);
        return createQuerySerializer(options)({ [name]: value });
      })
      .filter(Boolean)
      .join("&");
}

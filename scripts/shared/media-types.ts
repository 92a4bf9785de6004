/** Media types (RFC 9110, 8.3.1). */

export const JSON_TYPE = "application/json";
export const STREAM_TYPE = "text/event-stream";

/** The type without its parameters, in lower case: `text/html` of `Text/HTML; charset=utf-8`. */
export function essence(mediaType: string): string {
  return (mediaType.split(";")[0] ?? "").trim().toLowerCase();
}

/** Whether a body of this type is JSON: `application/json`, or one with the suffix `+json` (RFC 6839, 3.1). */
export function isJson(mediaType: string): boolean {
  return /[/+]json$/.test(essence(mediaType));
}

/** Whether a body of this type is text: text, JSON, XML, YAML or a form. */
export function isTextType(mediaType: string): boolean {
  return /^text\/|[/+](json|xml|yaml)$|^application\/(x-www-form-urlencoded|javascript|.*(json|yaml)-?(seq|lines|l)?)$/.test(
    essence(mediaType),
  );
}

/** Whether a body of this type is bytes: neither text nor several parts. */
export function isBinaryType(mediaType: string): boolean {
  return !isTextType(mediaType) && !/^(multipart\/|\*)/.test(essence(mediaType));
}

/** Whether a body of this type is a list of JSON values that come one by one: JSON Lines, or JSON text sequences (RFC 7464). */
export function isJsonLines(mediaType: string): boolean {
  return /^application\/(x-)?(nd-?json|json-?lines|jsonl|json-seq)$|\+json-seq$/.test(essence(mediaType));
}

/** Whether a range (RFC 9110, 12.5.1) such as `text/*` covers a media type. Parameters do not count. */
export function covers(range: string, mediaType: string): boolean {
  const [type = "", subtype] = essence(range).split("/");
  const [otherType, otherSubtype] = essence(mediaType).split("/");
  return (type === "*" || type === otherType) && (subtype === "*" || subtype === otherSubtype);
}

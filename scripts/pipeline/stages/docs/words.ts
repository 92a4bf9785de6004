/** What the extensions of the contract say, in sentences. */
import type { MediaType, Pagination } from "../../../document/model.ts";
import { paginationOf } from "../../../document/pagination.ts";
import type { ResponseChoice } from "../../../document/response-choice.ts";
import { streamProtocol } from "../../../document/stream-shape.ts";
import { parsePointer } from "../../../shared/pointer.ts";

export { paginationOf };

/** What in a request asks for a media type; the empty text where nothing in it does, or more than a sentence can say. */
export function choiceWords({ condition }: ResponseChoice): string {
  if (!condition) return "";
  const { in: place, name, values } = condition;
  const where = { body: "", query: " in the query", headers: " among the headers", path: " in the path" }[
    place
  ];
  return `if \`${name}\`${where} is ${values.map((value) => `\`${JSON.stringify(value)}\``).join(" or ")}`;
}

/** How the events of a stream are read; the empty text for a stream that the contract does not describe. */
export function streamWords(media: MediaType): string {
  if (media["x-stream"] === undefined) return "";
  const { name, end, failure, done, result } = streamProtocol(media);
  const one = (names: readonly string[]) => names.map((each) => `\`${each}\``).join(" or ");
  return [
    name !== undefined &&
      (name === "event" ? "The line `event:` names an event." : `\`${member(name)}\` names an event.`),
    end.length > 0 && `${one(end)} ends the stream: one without it was cut off.`,
    failure.length > 0 && `${one(failure)} says that the answer failed.`,
    done && "`[DONE]` follows the last event.",
    result && "pointer" in result && `The whole answer is ${holder(result.pointer)} of \`${result.event}\`.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** How to ask for the next page. */
export function pageWords({ items, cursor, limit, more }: Pagination): string {
  return [
    `The answer is one page; its items are in \`${member(items)}\`.`,
    limit && `\`${limit}\` says how many a page has at most.`,
    `For the next page, send the \`${member(cursor.value)}\` of this one as \`${cursor.parameter}\`${more ? `, as long as \`${member(more)}\` is true` : ""}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

function holder(pointer: string): string {
  return pointer === "" ? "the data" : `\`${member(pointer)}\``;
}

/** `/data/-1/id` as `data[-1].id`. */
function member(pointer: string): string {
  return parsePointer(pointer).reduce(
    (text, token) => (/^-?\d+$/.test(token) ? `${text}[${token}]` : text === "" ? token : `${text}.${token}`),
    "",
  );
}

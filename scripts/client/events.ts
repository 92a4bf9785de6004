/**
 * Server-sent events (WHATWG HTML, 9.2.6), and the lines between them that are none. The standard says to skip such lines;
 * servers write their errors there, so they are handed out too.
 */

/** An event, or a line that is none. */
export interface ServerEvent {
  /** The event's type; empty if it has none. */
  name: string;
  data: string;
  /** Whether this is a line outside of any event: neither a field of an event nor a comment. */
  stray: boolean;
}

/** Text in, events out, one at a time, so that a large read is not taken apart before it is needed. */
export class EventReader {
  /** Complete lines that are not read yet, from `#at` on. */
  #text = "";
  #at = 0;
  /** The start of a line whose end has not come. Joined once, since a line may come in many reads. */
  #rest: string[] = [];
  #afterReturn = false;
  #name = "";
  #data: string | undefined;
  /** How many characters have come since the last event. */
  pending = 0;

  /** @param text the next part of the stream */
  feed(text: string): void {
    let lines = text;
    this.pending += text.length;
    // CR LF may come in two reads.
    if (this.#afterReturn && lines.startsWith("\n")) lines = lines.slice(1);
    if (lines !== "") this.#afterReturn = lines.endsWith("\r");
    if (lines.includes("\r")) lines = lines.replace(/\r\n?/g, "\n");
    const end = lines.lastIndexOf("\n") + 1;
    if (end > 0) {
      const unread = this.#text.slice(this.#at);
      const whole = end < lines.length ? lines.slice(0, end) : lines;
      this.#text = unread || this.#rest.length > 0 ? [unread, ...this.#rest, whole].join("") : whole;
      this.#at = 0;
      this.#rest = [];
    }
    if (end < lines.length) this.#rest.push(lines.slice(end));
  }

  /** Ends the last line and event: servers leave out what should end them. */
  end(): void {
    this.feed("\n\n");
  }

  /** @returns undefined until more is fed */
  next(): ServerEvent | undefined {
    for (;;) {
      const start = this.#at;
      const end = this.#text.indexOf("\n", start);
      if (end < 0) return undefined;
      this.#at = end + 1;
      if (end === start) {
        const data = this.#data;
        const name = this.#name;
        this.#name = "";
        this.#data = undefined;
        if (data === undefined) continue;
        this.pending = 0;
        return { name, data, stray: false };
      }
      // Nearly every line.
      if (this.#text.startsWith("data:", start)) {
        this.#add(this.#text.slice(start + (this.#text[start + 5] === " " ? 6 : 5), end));
        continue;
      }
      const stray = this.#line(this.#text.slice(start, end));
      if (stray !== undefined) return stray;
    }
  }

  #add(data: string): void {
    this.#data = this.#data === undefined ? data : `${this.#data}\n${data}`;
  }

  #line(line: string): ServerEvent | undefined {
    const colon = line.indexOf(":");
    if (colon === 0) return undefined;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + (line[colon + 1] === " " ? 2 : 1));
    if (field === "data") this.#add(value);
    else if (field === "event") this.#name = value;
    // llama.cpp names the field by what it holds.
    else if (field === "error" && value) return { name: "error", data: value, stray: false };
    else if (field !== "id" && field !== "retry" && line.trim() !== "") {
      // Without invisible characters: white space, NUL, byte order marks.
      const name = field.replace(/[\s\0\u200b]/g, "").toLowerCase();
      if (field !== name && /^(data|event|id|retry)$/.test(name)) return this.#line(`${name}:${value}`);
      // JSON over several lines, of which only the first is marked as data.
      if (!/^\s*[[{]\s*(\n|$)/.test(this.#data ?? "")) return { name: "", data: line, stray: true };
      this.#add(line);
    }
    return undefined;
  }
}

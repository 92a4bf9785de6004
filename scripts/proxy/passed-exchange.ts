/** One exchange that has passed, with as much of its bodies as was kept. */

export interface PassedExchange {
  method: string;
  /** Path and query, as the client sent them. */
  url: string;
  requestHeaders: Record<string, string>;
  request: Uint8Array;
  status: number;
  /** By lower-case name, several of one name joined by commas. */
  headers: Record<string, string>;
  answer: Uint8Array;
  /** `cut` by the upstream, `cancelled` by the client. */
  end: "complete" | "cut" | "cancelled";
  /** When the answer ended, in milliseconds since 1970-01-01. */
  time: number;
  /** Milliseconds from the request to the first byte of the answer's body, and to its last. */
  first: number;
  last: number;
}

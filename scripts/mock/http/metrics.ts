/** Counts for `GET /__mock/metrics`, in the text format of Prometheus. */

/** More combinations of labels are counted as one: names of scenarios may come from anyone who can add some. */
const SERIES = 1000;
const OTHER = "other\0other\0other";

interface Labels {
  operation?: string;
  status: number;
  scenario?: string;
}

export class Metrics {
  readonly #requests = new Map<string, number>();
  #streams = 0;
  #tokens = 0;

  /** Counts an answered request and the tokens that it sent. */
  count({ operation = "", status, scenario = "" }: Labels, tokens: number): void {
    const exact = `${operation}\0${status}\0${scenario}`;
    const known = this.#requests.get(exact);
    const key = known !== undefined || this.#requests.size < SERIES ? exact : OTHER;
    this.#requests.set(key, (known ?? this.#requests.get(key) ?? 0) + 1);
    this.#tokens += tokens;
  }

  /** Counts a stream as open. @returns counts it as closed */
  openStream(): () => void {
    this.#streams += 1;
    return () => {
      this.#streams -= 1;
    };
  }

  text(): string {
    const requests = [...this.#requests].map(([key, value]) => {
      const [operation = "", status = "", scenario = ""] = key.split("\0").map(escaped);
      return `mock_requests_total{operation="${operation}",status="${status}",scenario="${scenario}"} ${value}`;
    });
    return [
      "# HELP mock_requests_total Requests that were answered.",
      "# TYPE mock_requests_total counter",
      ...requests,
      "# HELP mock_streams_open Streams that are being written.",
      "# TYPE mock_streams_open gauge",
      `mock_streams_open ${this.#streams}`,
      "# HELP mock_tokens_sent_total Output tokens of all answers.",
      "# TYPE mock_tokens_sent_total counter",
      `mock_tokens_sent_total ${this.#tokens}`,
      "",
    ].join("\n");
  }
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

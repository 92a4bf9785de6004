/** The options of the mock's command, as they are written. */
import type { ParseArgsOptionsConfig } from "node:util";
import { DEFAULT_PORT } from "../../mock/default-port.ts";
import { LISTEN_OPTIONS, listenHelp } from "../listen-options.ts";

export const OPTIONS = {
  ...LISTEN_OPTIONS,
  input: { type: "string" },
  scenarios: { type: "string", multiple: true },
  models: { type: "string" },
  "api-key": { type: "string", multiple: true },
  seed: { type: "string" },
  ttft: { type: "string" },
  tps: { type: "string" },
  jitter: { type: "string" },
  heartbeat: { type: "string" },
  fault: { type: "string", multiple: true },
  chaos: { type: "string" },
  watch: { type: "boolean" },
  workers: { type: "string" },
  quiet: { type: "boolean" },
  json: { type: "boolean" },
} as const satisfies ParseArgsOptionsConfig;

type Names = keyof typeof OPTIONS;
type ValueOf<O> = O extends { type: "boolean" } ? boolean : O extends { multiple: true } ? string[] : string;
export type Values = { [Name in Names]?: ValueOf<(typeof OPTIONS)[Name]> | undefined };

export const HELP = `Usage: routescope mock [options], in the repository npm run mock -- [options]

Answers like the API that a contract describes.

Server
${listenHelp(DEFAULT_PORT)}
  --workers N       so many processes share the port; no journal then
  --watch           reads contract and scenarios again when they change
  --quiet           no line for each request
  --json            these lines as JSON

Answers
  --input FILE      another OpenAPI 3.1 document, YAML or JSON
  --scenarios PATH  your own scenarios, a file or a folder; may be repeated
  --models A,B      the models that the token may use; others are 404
  --api-key KEY     a token that is accepted; may be repeated. Default: any
  --seed TEXT       the same request gets the same bytes, IDs and times included

Streams
  --ttft MS         milliseconds before the first token
  --tps N           tokens a second; 0 for no delay. Default 200, more in a long stream
  --jitter SHARE    each wait is so much longer or shorter at most, 0 to 1
  --heartbeat MS    a comment after so much silence

Faults
  --fault NAME[:N]  what goes wrong with every answer, such as cut:3; may be repeated
  --chaos SHARE     a fault at random for so many of the requests, 0 to 1

Per request, the header Prefer chooses: "code=429", "example=tool_call", "fault=cut:3".
`;

/** The options of the mock's command, as they are written. */
import type { ParseArgsOptionsConfig } from "node:util";
import { DEFAULT_PORT } from "../../mock/default-port.ts";
import { ACCESS_HELP, ACCESS_OPTIONS } from "../input-options.ts";
import { LISTEN_OPTIONS, listenHelp } from "../listen-options.ts";

export const OPTIONS = {
  ...LISTEN_OPTIONS,
  input: { type: "string" },
  ...ACCESS_OPTIONS,
  scenarios: { type: "string", multiple: true },
  models: { type: "string" },
  "api-key": { type: "string", multiple: true },
  strict: { type: "boolean" },
  rpm: { type: "string" },
  tpm: { type: "string" },
  prefix: { type: "string" },
  azure: { type: "boolean" },
  "admin-token": { type: "string" },
  seed: { type: "string" },
  ttft: { type: "string" },
  tps: { type: "string" },
  jitter: { type: "string" },
  distribution: { type: "string" },
  pace: { type: "string", multiple: true },
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
  --prefix PATH     serves the API below a path too: /openai for /openai/v1/models
  --azure           serves Azure's addresses too, /openai/deployments/NAME/..., and takes the header api-key
  --workers N       the number of processes that share the port. Journal, counters and /__mock are off then
  --watch           reads contract and scenarios again when they change
  --admin-token T   /__mock needs this token, and then takes it from pages of any origin
  --quiet           no line for each request
  --json            JSON lines only: the address first, then one for each request

Answers
  --input FILE      another OpenAPI 3.1 document, YAML or JSON
${ACCESS_HELP}
  --scenarios PATH  your own scenarios, a file or a folder; may be repeated
  --strict          an error for a request that none of them matches
  --models A,B      the models that the token may use; others are 404
  --api-key KEY     a token that is accepted; may be repeated. Default: any
  --rpm N           requests per minute and token; more are 429. --tpm N: the same for tokens
  --seed TEXT       the same request gets the same bytes, IDs and times included

Pace
  --ttft MS         milliseconds before the first token
  --tps N           tokens a second; 0 for no delay. Default 200, more in a long stream
  --jitter SHARE    how much the waits differ, 0 to 1
  --distribution D  how they differ: uniform (default), normal, log-normal or fixed
  --pace MODEL=...  the same for one model: --pace o3=ttft:800,tps:30; may be repeated
  --heartbeat MS    milliseconds of silence after which a comment is sent

Faults
  --fault NAME[:N]  what goes wrong with every answer, such as cut:3; may be repeated
  --chaos SHARE     the share of requests that get a random fault, 0 to 1

Per request, the header Prefer chooses: "code=429", "example=tool_call", "fault=cut:3".
`;

/** `npm run mock`: the mock on a port. */
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { main, wholeNumber } from "../main.ts";
import type { Document } from "../pipeline/document.ts";
import { InputError } from "../pipeline/problem.ts";
import { createMock, DEFAULT_HOST, DEFAULT_PORT } from "./index.ts";
import { baseUrl, curlLine } from "./invitation.ts";

const CONTRACT = fileURLToPath(new URL("../../generated/openapi.json", import.meta.url));

const HELP = `Usage: npm run mock -- [options]

Answers like the API that a contract describes.

Options
  --port N         default ${DEFAULT_PORT}; 0 picks a free one
  --host HOST      default ${DEFAULT_HOST}
  --contract FILE  OpenAPI in one JSON file (default: generated/openapi.json)
  --seed TEXT      the same request gets the same bytes, IDs and times included
  --pace MS        milliseconds between the frames of a stream (default 5, less in a long one)
  --help           this text

Per request, the header "Prefer: code=429" or "Prefer: example=tool_call" chooses the answer.
`;

await main(async () => {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: String(DEFAULT_PORT) },
      host: { type: "string", default: DEFAULT_HOST },
      contract: { type: "string", default: CONTRACT },
      seed: { type: "string" },
      pace: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const document = await readDocument(values.contract);
  const mock = await createMock({
    document,
    ...(values.pace !== undefined && { pace: wholeNumber("pace", values.pace, 60_000) }),
    ...(values.seed !== undefined && { seed: values.seed }),
  });
  const { url } = await mock.listen({ port: wholeNumber("port", values.port, 65_535), host: values.host });
  process.stdout.write(
    `The mock of ${document.info.title} listens at ${baseUrl(document, url)}\n\n${curlLine(document, url)}\n`,
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void mock.close());
});

async function readDocument(file: string): Promise<Document> {
  const place = { file };
  const advice = `\`npm run build\` writes ${relative("", CONTRACT)}.`;
  const text = await readFile(file, "utf8").catch(() => {
    throw new InputError({ place, message: "There is no such file.", advice });
  });
  try {
    return JSON.parse(text) as Document;
  } catch {
    throw new InputError({
      place,
      message: "This is not JSON.",
      advice: `It must be OpenAPI in one JSON file. ${advice}`,
    });
  }
}

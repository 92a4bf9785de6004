/** `npm run mutate`: whether every constraint of the contract is missed when it goes. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { formatScore, mutate } from "../pipeline/mutate/mutate.ts";
import { shorten } from "../shared/input-error.ts";
import { oneOf } from "./choices.ts";
import { main } from "./main.ts";

const HELP = `Usage: npm run mutate -- [options]

Drops or weakens each constraint of the contract in turn, and rates the result as \`npm run diff\` does. A mutant that
has no level survives: nobody would notice that change.

Options
  --input FILE   the document (default: openapi/openapi.yaml)
  --only GLOB    the mutants at these paths, such as "components/schemas/Model/**"
  --format NAME  text or json (default: text)
  --help         this text
`;

await main(async () => {
  const { values } = parseArgs({
    options: {
      input: {
        type: "string",
        default: fileURLToPath(new URL("../../openapi/openapi.yaml", import.meta.url)),
      },
      only: { type: "string" },
      format: { type: "string", default: "text" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const format = oneOf("format", values.format, ["text", "json"]);
  const score = await mutate(resolve(values.input), values.only);
  const survivors = score.survivors.map(({ place, ...one }) => ({
    ...one,
    ...place,
    file: shorten(place.file),
  }));
  process.stdout.write(
    format === "json" ? `${JSON.stringify({ ...score, survivors }, null, 2)}\n` : formatScore(score),
  );
  if (score.survivors.length > 0) process.exitCode = 1;
});

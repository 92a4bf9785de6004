/**
 * `npm run mutate`: changes each constraint of the contract, and reports the changes that no check notices. It runs the
 * checks of the tests, so it belongs to this repository and is in no package.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { checks } from "../../test/openapi/checks/index.ts";
import { type Excuse, formatScore, mutate } from "../pipeline/mutate/mutate.ts";
import { ruleGroups } from "../pipeline/mutate/rules.ts";
import { typesGroup } from "../pipeline/mutate/types.ts";
import { readContract } from "../pipeline/read/contract.ts";
import { shorten } from "../shared/input-error.ts";
import { oneOf } from "./choices.ts";
import { main } from "./main.ts";

const HELP = `Usage: npm run mutate -- [options]

Drops or weakens each constraint of the contract in turn, and runs the checks that can notice it: the house rules,
those of test/openapi/checks/, and a consumer's program, which must compile against the types. A mutant that none of
them notices survives; each that may is in test/openapi/survivors.yaml with its reason.

Options
  --only GLOB    the mutants at these paths, such as "components/schemas/Model/**"
  --format NAME  text or json (default: text)
  --help         this text
`;

const own = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

await main(async () => {
  const { values } = parseArgs({
    options: {
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
  const { quick, slow } = ruleGroups();
  const contract = await readContract(own("openapi/openapi.yaml"));
  const score = await mutate(contract, [...checks, quick, slow, typesGroup(own(""), contract)], {
    ...(values.only !== undefined && { only: values.only }),
    excuses: parse(await readFile(own("test/openapi/survivors.yaml"), "utf8")) as Excuse[],
  });
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

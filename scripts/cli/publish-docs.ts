/** `npm run publish-docs`: adds the built docs to a site that keeps those of every version. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { publish } from "../pipeline/publish-docs.ts";
import { InputError } from "../shared/input-error.ts";
import { counted } from "../shared/text.ts";
import { main } from "./main.ts";

const HELP = `Usage: npm run publish-docs -- FOLDER [options]

Adds the built docs to a folder of published ones: as v/<version>/, and at its root if no version there is newer.
Every page gets a menu of the versions. Anything else in the folder's root is replaced, but for .git and CNAME.

Options
  --from DIR  the built docs (default: generated/docs)
  --tag NAME  fail unless this is the name of the contract's version, as in v1.2.3
  --help      this text
`;

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: "string", default: fileURLToPath(new URL("../../generated/docs", import.meta.url)) },
      tag: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [to, ...more] = positionals;
  if (to === undefined || more.length > 0)
    throw new InputError({ message: "Name one folder to publish into. See --help." });
  const versions = await publish(resolve(values.from), resolve(to), values.tag);
  process.stdout.write(`${counted(versions.length, "version")} published: ${versions.join(", ")}\n`);
});

/** `npm run publish-docs`: adds the built docs to a site that has the docs of every version. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { publish } from "../pipeline/publish-docs.ts";
import { InputError } from "../shared/input-error.ts";
import { counted } from "../shared/text.ts";
import { main } from "./main.ts";

const HELP = `Usage: npm run publish-docs -- FOLDER [options]

Adds the built docs to a folder with the docs of all versions. They go into v/VERSION/, and also into the root if no
published version is newer. Every page gets a menu of versions. Everything else in the root is replaced, except .git
and CNAME.

Options
  --from DIR  the built docs (default: generated/docs)
  --tag NAME  fail if NAME is not the tag of the contract's version, such as v1.2.3
  --help      print this text
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

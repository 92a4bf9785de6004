/** `npm run package`: makes the npm packages. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeApi, makeTesting, OUT } from "../package/make.ts";
import { main } from "./main.ts";
import { progress } from "./progress.ts";

const HELP = `Usage: npm run package

Makes the npm packages @routescope/api in dist/api and @routescope/testing in dist/testing, for npm pack and
npm publish. Files that are there are removed.

Options
  --help  print this text
`;

await main(async () => {
  const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  await makeApi(join(OUT, "api"), undefined, progress);
  await makeTesting(join(OUT, "testing"), undefined, progress);
});

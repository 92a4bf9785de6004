/** `npm run package`: makes the npm package. */
import { parseArgs } from "node:util";
import { makePackage, OUT } from "../package/make.ts";
import { main } from "./main.ts";
import { progress } from "./progress.ts";

const HELP = `Usage: npm run package

Makes the npm package in dist/, for npm pack and npm publish. What is there is removed.
`;

await main(async () => {
  const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
  if (values.help) process.stdout.write(HELP);
  else await makePackage(OUT, undefined, progress);
});

#!/usr/bin/env node
/** `routescope`: the command of the package `@routescope/testing`. */
import { readFileSync } from "node:fs";
import { InputError } from "../shared/input-error.ts";
import { main } from "./main.ts";

const HELP = `Usage: routescope <command> [options]

Commands
  mock         serve a mock of the API
  docs         serve the API reference
  diff         print what changed between two contracts, and whom it breaks
  conformance  check a running server against the contract
  proxy        pass requests on to a server, check and record them

Options
  --version  print the version of this package, which is the version of the contract
  --help     print this text; after a command, print the command's options
`;

/** Each command is loaded when it is called, because some load much code. */
const COMMANDS = new Map([
  ["mock", async () => (await import("./mock.ts")).mockCommand],
  ["docs", async () => (await import("./serve-docs.ts")).docsCommand],
  ["diff", async () => (await import("./diff.ts")).diffCommand],
  ["conformance", async () => (await import("./conformance.ts")).conformanceCommand],
  ["proxy", async () => (await import("./proxy.ts")).proxyCommand],
]);

await main(async () => {
  const [name = "--help", ...args] = process.argv.slice(2);
  if (name === "--help" || name === "-h") process.stdout.write(HELP);
  else if (name === "--version" || name === "-v") process.stdout.write(`${version()}\n`);
  else {
    const load = COMMANDS.get(name);
    if (!load)
      throw new InputError({
        message: `There is no command "${name}".`,
        advice: `Name one of ${[...COMMANDS.keys()].join(", ")}, or see --help.`,
      });
    const command = await load();
    await command(args);
  }
});

function version(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;
}

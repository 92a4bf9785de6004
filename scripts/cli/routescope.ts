#!/usr/bin/env node
import { manifest, missingPeers } from "../package/peers.ts";
import { InputError } from "../shared/input-error.ts";
/** `routescope`: what the package can do beside being imported. */
import { main } from "./main.ts";

const HELP = `Usage: routescope <command> [options]

Commands
  mock         a server that answers as the API does
  conformance  asks a living server all that the contract says
  proxy        passes requests on to a server, checks and records them
  docs         the reference, in a browser

Options
  --version  the version of this package, which is the contract's
  --help     this text, or after a command its options
`;

/** Loaded when they are asked for: the mock brings much. */
const COMMANDS = new Map([
  ["mock", async () => (await import("./mock.ts")).mockCommand],
  ["conformance", async () => (await import("./conformance.ts")).conformanceCommand],
  ["proxy", async () => (await import("./proxy.ts")).proxyCommand],
  ["docs", async () => (await import("./serve-docs.ts")).docsCommand],
]);

await main(async () => {
  const [name = "--help", ...args] = process.argv.slice(2);
  if (name === "--help" || name === "-h") process.stdout.write(HELP);
  else if (name === "--version" || name === "-v") process.stdout.write(`${manifest().version}\n`);
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
}, missingPeers);

/** `npm run diff`: `routescope diff`, where the last release and our contract need not be named. */
import { fileURLToPath } from "node:url";
import { diffSinceRelease } from "../pipeline/diff/release.ts";
import { diffCommand } from "./diff.ts";
import { main } from "./main.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

await main(() =>
  diffCommand(process.argv.slice(2), {
    now: fileURLToPath(new URL("../../openapi/openapi.yaml", import.meta.url)),
    sinceRelease: (now) => diffSinceRelease(repository, now),
  }),
);

/** The docs of the contract, built and served, for what looks at them in a browser. */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "../pipeline/build.ts";
import { DEFAULT_HOST, listen } from "../shared/listen.ts";
import { staticFolder } from "../shared/static-folder.ts";

/** Where the build puts them. */
export const DOCS = fileURLToPath(new URL("../../generated/docs", import.meta.url));

/** @returns the address of the site's root, with a final slash, and what ends the server */
export async function serveDocs(): Promise<{ origin: string; close: () => void }> {
  await build({ stage: "docs" });
  const handle = staticFolder(DOCS);
  const server = createServer(async (request, response) => {
    if (!(await handle(request, response))) response.writeHead(404).end();
  });
  const { url } = await listen(server, { port: 0, host: DEFAULT_HOST });
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `${url}/`, close };
}

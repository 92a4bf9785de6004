/** Workers that start fast and do little, under the supervisor of `routescope mock --workers`. */
import cluster from "node:cluster";
import { createServer } from "node:http";
import { END, superviseWorkers } from "../../scripts/cli/mock/workers.ts";

const [, , how, , port] = process.argv;

if (cluster.isPrimary) await superviseWorkers(2, { port: 0, host: "127.0.0.1" });
else {
  const server = createServer().listen(Number(port), "127.0.0.1", () => {
    process.stdout.write(`${process.pid} listens\n`);
    if (how === "dying") setTimeout(() => process.exit(7), 50);
  });
  process.on("message", (message) => {
    if (message === END) server.close(() => process.exit());
  });
}

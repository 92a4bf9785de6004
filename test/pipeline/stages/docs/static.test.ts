import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { staticFolder } from "../../../../scripts/shared/static-folder.ts";

let outer: string;
let server: Server;

beforeAll(async () => {
  outer = await mkdtemp(join(tmpdir(), "static-"));
  const site = join(outer, "site");
  await mkdir(join(site, "sub"), { recursive: true });
  await writeFile(join(outer, "secret.txt"), "secret");
  await writeFile(join(site, "index.html"), "<p>é</p>");
  await writeFile(join(site, "sub/index.html"), "sub");
  await writeFile(join(site, "two words.txt"), "two");
  for (const name of ["api-catalog", "a.md", "a.json", "a.yaml", "a.svg", "a.unknown"])
    await writeFile(join(site, name), name);
  const handle = staticFolder(site);
  server = createServer(async (incoming, response) => {
    const handled = await handle(incoming, response);
    if (handled) return;
    // What the next handler finds must be untouched.
    response.writeHead(418, { "x-untouched": String(response.getHeaderNames().length === 0) }).end("next");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(outer, { recursive: true, force: true });
});

/** A request whose target goes out exactly as it is written: `fetch` would resolve dot segments first. */
function send(path: string, { method = "GET", headers = {} } = {}) {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      request({ port, path, method, headers, host: "127.0.0.1" }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        });
      })
        .on("error", reject)
        .end();
    },
  );
}

test.each([
  ["/", "text/html; charset=utf-8"],
  ["/?a=b", "text/html; charset=utf-8"],
  ["/sub/", "text/html; charset=utf-8"],
  ["/two%20words.txt", "text/plain; charset=utf-8"],
  ["/a.md", "text/markdown; charset=utf-8"],
  ["/a.json", "application/json"],
  ["/a.yaml", "application/yaml"],
  ["/a.svg", "image/svg+xml"],
  ["/api-catalog", "application/linkset+json"],
  ["/a.unknown", "application/octet-stream"],
])("serves %s as %s", async (path, type) => {
  const answer = await send(path);
  expect(answer.status).toBe(200);
  expect(answer.headers).toMatchObject({ "content-type": type, "x-content-type-options": "nosniff" });
  expect(Number(answer.headers["content-length"])).toBe(Buffer.byteLength(answer.body));
});

test("answers HEAD with the headers of GET alone", async () => {
  const { date: _, ...got } = (await send("/")).headers;
  const head = await send("/", { method: "HEAD" });
  expect(head).toMatchObject({ status: 200, headers: got, body: "" });
});

test("answers 304 to who has the file already, until it changes", async () => {
  const file = join(outer, "site", "changing.txt");
  await writeFile(file, "old");
  const { etag } = (await send("/changing.txt")).headers as { etag: string };
  for (const known of [etag, `"other", ${etag}`, etag.replace("W/", ""), "*"]) {
    const answer = await send("/changing.txt", { headers: { "if-none-match": known } });
    expect(answer).toMatchObject({ status: 304, body: "", headers: { etag } });
  }
  await writeFile(file, "newer");
  const answer = await send("/changing.txt", { headers: { "if-none-match": etag } });
  expect(answer).toMatchObject({ status: 200, body: "newer" });
});

test.each([
  ["a file that is not there", "/none.html"],
  ["a folder without its slash", "/sub"],
  ["a file outside", "/../secret.txt"],
  ["a file outside, encoded", "/%2e%2e/secret.txt"],
  ["a file outside, the separator encoded", "/..%2fsecret.txt"],
  ["a file outside, with backslashes", "/sub\\..\\..\\secret.txt"],
  ["a name that does not decode", "/%ZZ"],
  ["a name with a zero byte", "/index.html%00"],
  ["an absolute target", "http://127.0.0.1/index.html"],
])("leaves %s to the next handler", async (_, path) => {
  expect(await send(path)).toMatchObject({ status: 418, headers: { "x-untouched": "true" }, body: "next" });
});

test("leaves other methods to the next handler", async () => {
  expect(await send("/", { method: "POST" })).toMatchObject({
    status: 418,
    headers: { "x-untouched": "true" },
  });
});

test("goes on serving after a reader has gone away in the middle", async () => {
  await writeFile(join(outer, "site", "large.bin"), Buffer.alloc(8 << 20));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    const aborted = request({ port, path: "/large.bin", host: "127.0.0.1" }, (response) => {
      response.once("data", () => response.destroy());
      response.once("close", () => resolve());
    });
    aborted.end();
  });
  expect(await send("/")).toMatchObject({ status: 200 });
});

test("gives a compressed file under its own name, as it was, and again only if it has changed", async () => {
  await writeFile(join(outer, "site", "packed.md.br"), brotliCompressSync("# Packed"));
  const answer = await send("/packed.md");
  expect(answer).toMatchObject({ status: 200, body: "# Packed" });
  expect(answer.headers).toMatchObject({ "content-type": "text/markdown; charset=utf-8" });
  expect(answer.headers).not.toHaveProperty("content-encoding");
  const again = { "if-none-match": String(answer.headers["etag"]) };
  expect(await send("/packed.md", { headers: again })).toMatchObject({ status: 304, body: "" });
  expect(await send("/packed.md", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
});

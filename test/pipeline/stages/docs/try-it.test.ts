/** "Run" beside the samples, against the mock as `npm start` serves it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { livePages } from "../../../../scripts/cli/live-page.ts";
import { createMock, type Mock } from "../../../../scripts/mock/index.ts";
import { withScript } from "../../../../scripts/pipeline/stages/docs/html.ts";
import { docs } from "../../../../scripts/pipeline/stages/docs/stage.ts";
import { tryItScript } from "../../../../scripts/pipeline/stages/docs/try-it/script.ts";
import { staticFolder } from "../../../../scripts/shared/static-folder.ts";
import { contractOf, fixture } from "./fixture.ts";
import { open, POLL, ready, Site, seen } from "./site.ts";

const site = new Site();
let mock: Mock;
let url: string;
beforeAll(async () => {
  await site.open();
  const { document } = site.contract;
  const script = await tryItScript(document, { server: "", token: "sk-test" });
  const pages = livePages(site.folder, (html) => withScript(html, script));
  const files = staticFolder(site.folder);
  mock = await createMock({
    document,
    first: async (request, response) => (await pages(request, response)) || files(request, response),
  });
  ({ url } = await mock.listen({ port: 0 }));
});
afterAll(async () => {
  await site.close();
  await mock.close();
});

const dialogOf = (page: Page) => page.getByRole("dialog", { name: "Create a chat completion" });

/** Opens the dialog of the operation that has a body. */
async function run(page: Page) {
  await ready(page);
  const section = await open(page, site.operations().find(({ request }) => request)!);
  await section.getByRole("button", { name: "Run" }).click();
  return dialogOf(page);
}

test("sends the chosen example, shows a stream as it comes, and says what went wrong", async () => {
  await site.visit(`${url}/`, async (page, complaints) => {
    const dialog = await run(page);
    const answer = dialog.getByLabel("Answer", { exact: true });
    const status = dialog.getByRole("status");
    await dialog.getByLabel("Example").selectOption("Streamed, with usage");
    await dialog.getByRole("button", { name: "Send" }).click();
    await expect.poll(() => seen(answer), POLL).toContain("data: [DONE]");
    expect(await seen(status)).toMatch(/^200 OK, \d+ ms$/);
    expect(mock.requests.at(-1)).toMatchObject({ status: 200 });

    await dialog.getByLabel(/^Body/).fill('{"model": "gpt-5.4", "messages": []}');
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => seen(status), POLL).toMatch(/^400/);
    expect(await seen(answer)).toContain('"param": "messages"');

    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(complaints.foreign).toEqual([]);
  });
});

test("stops a request, and reports one that found no server", async () => {
  await site.visit(`${url}/`, async (page) => {
    const dialog = await run(page);
    const status = dialog.getByRole("status");
    await page.route("**/v1/chat/completions", () => {});
    await dialog.getByRole("button", { name: "Send" }).click();
    await dialog.getByRole("button", { name: "Stop" }).click();
    await expect.poll(() => seen(status), POLL).toMatch(/^Stopped, \d+ ms$/);
    await page.unroute("**/v1/chat/completions");
    await page.route("**/v1/chat/completions", (route) => route.abort());
    await dialog.getByRole("button", { name: "Send" }).click();
    await expect.poll(() => seen(status), POLL).toMatch(/^The request failed \(.*\)\. Check the connection/);
  });
});

test("copies the request as a curl line that has no token in it", async () => {
  await site.visit(
    `${url}/`,
    async (page) => {
      const dialog = await run(page);
      await dialog.getByLabel(/^Body/).fill(`{"model": "it's"}`);
      await dialog.getByRole("button", { name: "Copy as curl" }).click();
      await dialog.getByRole("button", { name: "Copied" }).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toBe(
        [
          "curl -X POST 'https://api.routescope.ai/v1/chat/completions'",
          '-H "Authorization: Bearer $ROUTESCOPE_API_KEY"',
          "-H 'Content-Type: application/json'",
          `-d '{"model": "it'\\''s"}'`,
        ].join(" \\\n  "),
      );
    },
    { permissions: ["clipboard-read", "clipboard-write"] },
  );
});

test("is in a published page only if the publisher asks, which then may connect to the API alone", async () => {
  const page = await readFile(join(site.folder, "index.html"), "utf8");
  expect(page).not.toContain("TRY_IT");
  expect(page).toContain("connect-src 'none'");
  const document = { ...fixture(), servers: [{ url: "https://api.example.com/base" }] };
  const built = await docs(contractOf(document), { tryIt: true });
  const published = String(built.get("docs/index.html"));
  expect(published).toContain("connect-src https://api.example.com;");
  expect(published).toContain('globalThis.TRY_IT = {"server":"https://api.example.com/base","token":null');
  // A token that a reader types is nowhere stored.
  expect(published.slice(published.indexOf("TRY_IT"))).not.toMatch(/localStorage|sessionStorage|cookie/);
});

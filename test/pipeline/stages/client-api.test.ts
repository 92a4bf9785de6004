import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import * as client from "../../../generated/client.ts";
import { operations } from "../../../scripts/document/operations.ts";
import { apiPage } from "../../../scripts/pipeline/stages/client/api-index.ts";
import { contract } from "../../openapi/validator.ts";

/** `generated/api.md` names all that there is, and says of each thing what it is. */
const page = await readFile(new URL("../../../generated/api.md", import.meta.url), "utf8");

describe("api.md", () => {
  it("has every method, with its signature", () => {
    for (const { operation } of operations(contract)) {
      const name = operation["x-sdk-method"] ?? operation.operationId;
      expect(page).toMatch(
        new RegExp(`^client\\.${name?.replaceAll(".", "\\.")}\\(.*\\): (API|Page)Promise<.+>$`, "m"),
      );
    }
  });

  it("has every export, with a sentence about it", () => {
    const values = Object.keys(client).filter((name) => name !== "Routescope");
    const types = ["ClientOptions", "HeadersLike", "RequestOptions", "StreamEvents"];
    for (const name of [...values, ...types])
      expect(page).toMatch(new RegExp(`^## ${name}\\n\\n[A-Z0-9].+\\.$`, "m"));
    expect(page).toContain("- `idempotencyKey?: string | undefined`: Sent as");
    expect(page).toMatch(/^- `finalContent\(\): Promise<string \| null>`: /m);
  });

  it("has the types that pages and named events bring along", async () => {
    const code =
      'export * from "../scripts/client/index.ts";\nexport type { Page, PagePromise } from "../scripts/client/pages.ts";\nexport type { EventStream } from "../scripts/client/event-stream.ts";\nexport class Pets {}\n';
    const page = await apiPage(code, "First");
    for (const name of ["Page", "PagePromise", "EventStream"])
      expect(page).toMatch(new RegExp(`^## ${name}\\n\\n[A-Z].+\\.$`, "m"));
  });

  it("has every type of the contract", () => {
    for (const name of Object.keys(contract.components?.["schemas"] ?? {}))
      expect(page).toContain(`\n- \`${name}\` `);
  });
});

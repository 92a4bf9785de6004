import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import * as client from "../../../generated/client.ts";
import { operations } from "../../../scripts/document/operations.ts";
import { declarationsIn } from "../../../scripts/pipeline/stages/client/runtime.ts";
import { TYPES } from "../../../scripts/pipeline/stages/client/writing.ts";
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

  it("has a sentence about each type that pages and named events bring along", async () => {
    for (const [file, names] of Object.entries(TYPES)) {
      const found = await declarationsIn(file, names);
      expect(found).toMatchObject(
        names.map((name) => ({ name, summary: expect.stringMatching(/^[A-Z].+\.$/) })),
      );
    }
  });

  it("has each signature that callers see, and neither private nor protected members", async () => {
    expect(page.match(/^client\.chat\.completions\.create\(/gm)).toHaveLength(3);
    const [stream] = await declarationsIn("stream.ts", ["Stream"]);
    expect(stream?.members.map(({ signature }) => signature)).toEqual(
      expect.arrayContaining([
        "controller: AbortController",
        "off<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): this",
      ]),
    );
    expect(page).not.toMatch(/^- `(#|protected|constructor|\[)/m);
  });

  it("has every type of the contract", () => {
    for (const name of Object.keys(contract.components?.["schemas"] ?? {}))
      expect(page).toContain(`\n- \`${name}\` `);
  });
});

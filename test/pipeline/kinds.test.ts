/** Any document: each generated method is called once against the mock of the same document, and gets what it says. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { responsesOf } from "../../scripts/document/examples.ts";
import { operations } from "../../scripts/document/operations.ts";
import { validation } from "../../scripts/document/validation.ts";
import { startMock } from "../../scripts/mock/index.ts";
import { isJson } from "../../scripts/shared/media-types.ts";
import { answers, kindsDocument } from "./kinds-document.ts";
import { compile, generate, prepare } from "./stages/client-support.ts";

/** Enough for a document of the size of OpenAI's. */
const COPIES = 13;

it("a document with each kind of request and answer is typed, called and answered as it says", async () => {
  const document = kindsDocument(COPIES);
  const { contract } = await prepare(document);
  expect(contract.warnings).toEqual([]);
  const { folder, warnings } = await generate(document);
  expect(warnings).toEqual([]);
  expect(await compile(join(folder, "client.ts"))).toBe("");
  await writeFile(join(folder, "openapi.json"), JSON.stringify(contract.document));
  const { Kinds } = await import(pathToFileURL(join(folder, "client.ts")).href);
  await using mock = await startMock({ document: contract.document });
  const client = new Kinds({ baseURL: mock.url, maxRetries: 0 });
  const check = validation(contract.document);
  const entries = new Map(
    [...operations(contract.document)].map((entry) => [entry.operation.operationId, entry]),
  );
  for await (const { operationId, answer, isDescribed, comes } of answers(client, COPIES)) {
    const [first] = responsesOf(contract.document, entries.get(operationId)?.operation.responses);
    const media = Object.entries(first?.response.content ?? {}).find(([type]) => isJson(type))?.[1];
    if (isDescribed) expect(check(media?.schema ?? false)(answer), operationId).toEqual([]);
    else expect(answer, operationId).toEqual(comes);
  }
});

/** The script of "Run": what a reader can send from the page, and where to. */
import { readFile } from "node:fs/promises";
import type { Document, Example, OperationEntry, RequestBody } from "../../../../document/model.ts";
import { deref, operations } from "../../../../document/operations.ts";
import { JSON_TYPE } from "../../../../shared/media-types.ts";
import { titleOf } from "../markdown/operations.ts";
import { keyOf } from "../pages.ts";
import { tokenVariable } from "../samples/index.ts";
import { json } from "../samples/literals.ts";
import { exampleValue } from "../samples/request.ts";
import { operationRoutes } from "../view.ts";

export interface TryItTarget {
  /** The address before each path: the API's, or the empty text for the server that the page comes from. */
  server: string;
  /** The token that every request has; absent if the reader types one. */
  token?: string;
}

/** @returns the code of a script for Redoc's page */
export async function tryItScript(document: Document, { server, token }: TryItTarget): Promise<string> {
  const routes = operationRoutes(document);
  const config = {
    server,
    token: token ?? null,
    variable: tokenVariable(document),
    shownServer: server || serverOf(document),
    operations: Object.fromEntries(
      [...operations(document)].map((entry) => [
        routes.get(keyOf(entry))?.replace(/^#/, ""),
        described(document, entry),
      ]),
    ),
  };
  const code = await readFile(new URL("try-it.js", import.meta.url), "utf8");
  // No markup can stand in it.
  return `globalThis.TRY_IT = ${JSON.stringify(config).replaceAll("<", "\\u003c")};\n${code}`;
}

/** The address of the document's first server, without a final slash; empty if it is not a whole address. */
export function serverOf({ servers }: Document): string {
  const url = servers?.[0]?.url ?? "";
  return URL.canParse(url) ? url.replace(/\/$/, "") : "";
}

function described(document: Document, entry: OperationEntry) {
  const { method, path, operation, parameters } = entry;
  const body = operation.requestBody && deref<RequestBody>(document, operation.requestBody);
  const examples = Object.entries(body?.content[JSON_TYPE]?.examples ?? {}).map(([name, reference]) => {
    const { summary = name, value } = deref<Example>(document, reference);
    return [summary, value === undefined ? "" : json(value)];
  });
  return {
    title: titleOf(entry),
    method: method.toUpperCase(),
    path,
    parameters: parameters.map((parameter) => ({
      name: parameter.name,
      in: parameter.in,
      required: parameter.required ?? false,
      value: parameter.required ? String(exampleValue(document, parameter)) : "",
    })),
    examples: Object.fromEntries(examples),
    mediaType: Object.keys(body?.content ?? {})[0] ?? null,
  };
}

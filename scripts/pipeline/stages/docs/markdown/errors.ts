/** The errors of an operation in a table. */
import type { DeclaredResponse } from "../../../../document/examples.ts";
import type { Document, Example, Header, Response } from "../../../../document/model.ts";
import { deref } from "../../../../document/operations.ts";
import { code, sections, table } from "./blocks.ts";

/** The address of the page of values and errors. */
const VALUES = "values.md";

/** A row for each error, which leads to its body, and the headers of all of them. */
export function errorTable(document: Document, errors: DeclaredResponse[]): string {
  const headers = new Map<string, { description: string | undefined; statuses: string[] }>();
  for (const { status, response } of errors)
    for (const [name, reference] of Object.entries(response.headers ?? {})) {
      const { description } = deref<Header>(document, reference);
      const header = headers.get(name) ?? { description, statuses: [] };
      headers.set(name, header);
      header.statuses.push(status);
    }
  const withStatuses = (statuses: string[]) =>
    statuses.length === errors.length ? "all" : statuses.join(", ");
  return sections(
    table(
      ["Status", "Code", "Description"],
      errors.map(({ status, response }) => [
        `[${status}](${VALUES}#${status.toLowerCase()})`,
        codesIn(document, response).map(code).join(", "),
        response.description,
      ]),
    ),
    table(
      ["Header", "With", "Description"],
      [...headers].map(([name, { description, statuses }]) => [
        code(name),
        withStatuses(statuses),
        description,
      ]),
    ),
  );
}

/** The `code` of each error that a response has an example of. */
function codesIn(document: Document, { content = {} }: Response): string[] {
  const examples = Object.values(content).flatMap(({ examples = {} }) => Object.values(examples));
  const found = examples.flatMap((example) => {
    const [, name] = /"code":"([^"]+)"/.exec(JSON.stringify(deref<Example>(document, example).value)) ?? [];
    return name ? [name] : [];
  });
  return [...new Set(found)];
}

/** The type of the items of a list that comes page by page. */
import { responsesOf } from "../../../document/examples.ts";
import type { OperationEntry, Pagination } from "../../../document/model.ts";
import { parts, schemasAt } from "../../../document/schemas.ts";
import { JSON_TYPE } from "../../../shared/media-types.ts";
import { parsePointer } from "../../../shared/pointer.ts";
import type { Answer, Source } from "./answer-types.ts";
import { componentType } from "./type-names.ts";

/** The name of the items' schema, else the type of the list's items within the answer. */
export function itemType(
  { document, exported }: Source,
  { operation }: OperationEntry,
  answer: Answer,
  { items }: Pagination,
): string {
  const path = parsePointer(items);
  const [response] = responsesOf(document, operation.responses).filter(({ status }) => /^2/.test(status));
  const schema = response?.response.content?.[JSON_TYPE]?.schema;
  const lists = schemasAt(document, schema, path);
  const names = lists.flatMap((list) =>
    [...parts(document, list)].flatMap((part) => componentType(part.items, exported) ?? []),
  );
  return (
    names[0] ??
    `${path.reduce((type, name) => `NonNullable<${type}[${JSON.stringify(name)}]>`, answer.type)}[number]`
  );
}

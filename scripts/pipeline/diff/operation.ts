/** Two versions of one operation. */
import { below, type Difference, notes, type Sender, shown } from "./change.ts";
import { compareContent } from "./content.ts";
import { deprecation, isUnstable, LIFECYCLE, stabilityChange } from "./lifecycle.ts";
import { namesIn } from "./normal.ts";
import { compareHeaders, compareParameters, parametersOf } from "./parameters.ts";
import { type Documents, part, requiredness, type Sent } from "./parts.ts";
import { compareSecurity } from "./security.ts";

type Members = Record<string, unknown>;

export interface OperationPair {
  /** The paths, with the names of their parameters. */
  paths: [string, string];
  /** The path items, which may hold parameters as well. */
  items: [Members, Members];
  operations: [Members, Members];
  /** Who calls: of a webhook or a callback it is the server. */
  caller: Sender;
}

const OTHER: Record<Sender, Sender> = { consumer: "server", server: "consumer" };
const TEXTS = ["summary", "description", "tags", "externalDocs"];

/** What differs, with who sends the values that it is about. */
export function compareOperations(
  documents: Documents,
  { paths, items, operations, caller }: OperationPair,
): Sent[] {
  const [old, now] = operations;
  const parameters = compareParameters(
    documents,
    parametersOf(documents.old, paths[0], items[0]["parameters"], old["parameters"]),
    parametersOf(documents.now, paths[1], items[1]["parameters"], now["parameters"]),
    caller,
  );
  const security = (document: Members, operation: Members) => operation["security"] ?? document["security"];
  const request = [
    ...below(parameters, "parameters"),
    ...below(compareBodies(documents, old["requestBody"], now["requestBody"], caller), "requestBody"),
    ...compareSecurity(
      documents,
      security(documents.old as unknown as Members, old),
      security(documents.now as unknown as Members, now),
    ),
    ...compareNames(old, now),
    ...deprecation(old, now),
    ...notes(old, now, TEXTS, [...LIFECYCLE, "x-sdk-method"]),
  ];
  const answers = below(
    compareResponses(documents, part(old, "responses"), part(now, "responses"), caller),
    "responses",
  );
  const found = [
    { sender: caller, differences: request },
    { sender: OTHER[caller], differences: answers },
  ];
  const stability: Sent = { sender: caller, differences: stabilityChange(old, now) };
  return [...(isUnstable(old) ? found.map(withoutBreaks) : found), stability];
}

/** The differences of an operation that may change in any way: none of them is a break. */
function withoutBreaks({ sender, differences }: Sent): Sent {
  return {
    sender,
    differences: differences.map((one) => (one.effect === "noted" ? one : { ...one, effect: "added" })),
  };
}

/** A client's methods are named by `x-sdk-method`, else by the operation's ID. */
function compareNames(old: Members, now: Members): Difference[] {
  const [was, is] = [old["x-sdk-method"] ?? old["operationId"], now["x-sdk-method"] ?? now["operationId"]];
  const named = old["x-sdk-method"] !== undefined || now["x-sdk-method"] !== undefined;
  const found: Difference[] =
    named && was !== is
      ? [
          {
            effect: "changed",
            path: ["x-sdk-method"],
            message: `The client's method is ${shown(is)}; it was ${shown(was)}.`,
            was,
            is,
          },
        ]
      : [];
  if (old["operationId"] === now["operationId"]) return found;
  const message = `The operation's ID is ${shown(now["operationId"])}; it was ${shown(old["operationId"])}.`;
  return [
    ...found,
    { effect: "added", path: ["operationId"], message, was: old["operationId"], is: now["operationId"] },
  ];
}

function compareBodies(documents: Documents, was: unknown, is: unknown, sender: Sender): Difference[] {
  const [old, now] = documents.resolved(was, is);
  if (was === undefined || is === undefined) {
    if (was === is) return [];
    if (is === undefined) return [{ effect: "changed", path: [], message: "The body is gone.", was }];
    const required = now["required"] === true;
    const message = `A ${required ? "required " : ""}body is new.`;
    return [{ effect: required ? "narrowed" : "added", path: [], message, is }];
  }
  return [
    ...requiredness(old, now),
    ...below(
      compareContent(documents, part(old, "content"), part(now, "content"), { sender, negotiated: false }),
      "content",
    ),
    ...notes(old, now, ["description"]),
  ];
}

function compareResponses(documents: Documents, old: Members, now: Members, caller: Sender): Difference[] {
  const statuses = namesIn(old, now).filter((status) => !status.startsWith("x-"));
  const succeeds = (status: string) =>
    /^[23]/.test(status) || (status === "default" && !Object.keys(old).some((other) => /^2/.test(other)));
  // Consumers read the statuses of an API; those of a webhook they choose.
  const reads = caller === "consumer";
  const sender = OTHER[caller];
  return statuses.flatMap((status): Difference[] => {
    if (!Object.hasOwn(now, status)) {
      const effect = !reads ? "narrowed" : succeeds(status) ? "changed" : "added";
      return [{ effect, path: [status], message: "The status is gone.", was: old[status] }];
    }
    if (!Object.hasOwn(old, status))
      return [{ effect: "added", path: [status], message: "The status is new.", is: now[status] }];
    const [was, is] = documents.resolved(old[status], now[status]);
    return below(
      [
        ...below(compareHeaders(documents, part(was, "headers"), part(is, "headers"), sender), "headers"),
        ...below(
          compareContent(documents, part(was, "content"), part(is, "content"), { sender, negotiated: reads }),
          "content",
        ),
        ...notes(was, is, ["description", "summary", "links"]),
      ],
      status,
    );
  });
}

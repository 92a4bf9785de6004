/** Requests that are wrong whatever they ask for: tokens, bodies, media types, paths, methods. */
import type { METHODS } from "../../document/model.ts";
import { escapeRegExp } from "../../shared/text.ts";
import type { Contract, ContractOperation } from "../compiled-contract.ts";
import type { CaseRequest } from "../exchange.ts";
import { type Case, requestOf, type Setting, single } from "./case.ts";
import { documentedBodies } from "./documented.ts";
import { expectRefusal } from "./verdict.ts";

/** Methods that a path without them must refuse; none that would change or delete something. */
const OTHER_METHODS = ["PATCH", "PUT"];

/** Cases for requests that an operation must refuse before it looks at their fields. */
export function protocolCases(operation: ContractOperation, setting: Setting): Case[] {
  return [...tokenCases(operation, setting), ...bodyCases(operation, setting)];
}

function tokenCases(operation: ContractOperation, { contract, keyed, mock, listed }: Setting): Case[] {
  if (!operation.secured) return [];
  const id = [...listed.values()][0]?.[0]?.["id"];
  const [, parameter] = /\{([^}]+)\}/.exec(operation.path) ?? [];
  const request = requestOf(
    operation,
    documentedBodies(contract, operation)[0]?.body,
    parameter !== undefined && typeof id === "string" ? { [parameter]: id } : {},
  );
  const kinds: [name: string, token: NonNullable<CaseRequest["token"]>][] = [
    ["no token", "none"],
    // A key by itself has no form.
    ...(operation.keyHeader ? [] : [["a malformed token", "malformed"] as [string, "malformed"]]),
    ...(mock || !keyed ? [] : [["a wrong token", "wrong"] as [string, "wrong"]]),
  ];
  return kinds.map(([name, token]) =>
    single(operation, name, { ...request, token }, (exchange, found) =>
      // A server for tests may take any token; nothing tells it from one that is open by mistake.
      expectRefusal(contract, operation, exchange, { statuses: [401], mayAccept: token === "wrong" }, found),
    ),
  );
}

function bodyCases(operation: ContractOperation, { contract }: Setting): Case[] {
  if (operation.body === undefined) return [];
  const body = documentedBodies(contract, operation)[0]?.body ?? {};
  const text = JSON.stringify(body);
  const { bodyType = "application/json" } = operation;
  const wrong: [name: string, request: Partial<CaseRequest>, statuses: number[]][] = [
    ["a body that breaks off", { body: text.slice(0, -2) }, [400]],
    ["a body that is not JSON", { body: "model=gpt" }, [400]],
    ["a body that is a list", { body: "[]" }, [400]],
    ["a body of another media type", { body: text, headers: { "content-type": "text/plain" } }, [415, 400]],
    ...(operation.bodyRequired
      ? [["no body", { headers: { "content-type": bodyType } }, [400]] as [string, object, number[]]]
      : []),
  ];
  return wrong.map(([name, request, statuses]) =>
    single(operation, name, merged(requestOf(operation), request), (exchange, found) =>
      expectRefusal(contract, operation, exchange, { statuses }, found),
    ),
  );
}

/** A request with other parts; its headers stay, those of the parts beside them. */
function merged(request: CaseRequest, parts: Partial<CaseRequest>): CaseRequest {
  return { ...request, ...parts, headers: { ...request.headers, ...parts.headers } };
}

/** Cases for paths and methods that the contract does not have. They are told of the operation nearest to them. */
export function routeCases({ contract }: Setting): Case[] {
  const nowhere = ({ path }: ContractOperation) => path.replace(/[^/]*$/, "no-such-path");
  // Beside `/pets/{id}` there is no unknown path: any name is an ID.
  const near = contract.operations.find((operation) => !isKnown(contract, nowhere(operation)));
  if (!near) return methodCases(contract);
  const request = { method: "GET", path: nowhere(near) };
  const unknown = single(near, "an unknown path", request, (exchange, found) =>
    expectRefusal(contract, near, exchange, { statuses: [404] }, found),
  );
  return [unknown, ...methodCases(contract)];
}

function isKnown({ operations }: Contract, path: string): boolean {
  return operations.some((one) => {
    const texts = one.path.split(/\{[^{}]+\}/).map(escapeRegExp);
    return new RegExp(`^${texts.join("[^/]+")}$`).test(path);
  });
}

function methodCases(contract: Contract): Case[] {
  const paths = new Map(contract.operations.map((operation) => [operation.path, operation]));
  return [...paths.values()].flatMap((operation) => {
    const declared = contract.operations
      .filter(({ path }) => path === operation.path)
      .map(({ method }) => method);
    const method = OTHER_METHODS.find(
      (one) => !declared.includes(one.toLowerCase() as (typeof METHODS)[number]),
    );
    if (method === undefined) return [];
    const request = { ...requestOf(operation), method, body: {} };
    return [
      single(operation, `the method ${method}`, request, (exchange, found) => {
        // Some servers know no path by a method that it does not have.
        expectRefusal(contract, operation, exchange, { statuses: [405, 404] }, found);
        const { status, headers } = exchange;
        if (status === 405 && headers["allow"] === undefined)
          found.note("", "A 405 has no Allow header (RFC 9110, 15.5.6).", "the methods of the path", "none");
      }),
    ];
  });
}

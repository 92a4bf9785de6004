/** Which operation of the contract a request that passes means. */
import type { Contract, ContractOperation } from "../conformance/compiled-contract.ts";

/**
 * Finds the operation by method and path. The path may stand below others, and lack
 * the first part of the contract's paths: `/openai/v1/models` and `/compat/models` both mean `/v1/models`.
 * Literal segments win over parameters (OpenAPI 3.1, Paths Object).
 *
 * @returns undefined for a request that the contract does not have
 */
export function operationFor(
  { operations, prefix }: Contract,
  method: string,
  url: string,
): ContractOperation | undefined {
  const segments = (url.split("?")[0] ?? "").split("/").filter((part) => part !== "");
  const matching = operations.filter(
    (operation) =>
      operation.method.toUpperCase() === (method === "HEAD" ? "GET" : method) &&
      (matches(operation.path, segments) || matches(operation.path.slice(prefix.length), segments)),
  );
  return matching.toSorted((a, b) => parameters(a.path) - parameters(b.path))[0];
}

function matches(template: string, segments: string[]): boolean {
  const parts = template.split("/").filter((part) => part !== "");
  if (parts.length > segments.length) return false;
  const end = segments.slice(-parts.length);
  return parts.every((part, index) => part.startsWith("{") || part === end[index]);
}

function parameters(path: string): number {
  return path.split("{").length - 1;
}

/** Which operation a request means, and what its path says. */
import type { Document, OperationEntry } from "../../document/model.ts";
import { RequestProblem } from "./request-problem.ts";

export interface Route<Operation> {
  operation: Operation;
  /** The path's parameters, decoded. */
  params: Record<string, string>;
}

/**
 * Makes a router for operations. Their paths are found as they are written, and below the path of any server
 * (`https://host/v1` + `/models`). Literal segments win over parameters (OpenAPI 3.1, Paths Object).
 *
 * @returns a function from method and raw path to the route; it throws 400 for a path that does not decode, 404 for
 *   one that the document does not have, and 405 with `Allow` for a method that the path does not have
 */
export function router<Operation extends { entry: OperationEntry }>(
  servers: Document["servers"] = [],
  operations: readonly Operation[],
): (method: string, path: string) => Route<Operation> {
  const known = operations.toSorted((a, b) => literals(b.entry.path) - literals(a.entry.path));
  const templates = known.map((operation) => ({ operation, parts: parsed(operation.entry.path) }));
  const bases = [...new Set(["", ...servers.map(({ url }) => basePath(url))])].map((base) =>
    base.split("/").slice(1),
  );

  return (method, path) => {
    const segments = decode(path);
    const found: Route<Operation>[] = [];
    for (const base of bases) {
      if (!base.every((part, i) => part === segments[i])) continue;
      const rest = segments.slice(base.length);
      for (const { operation, parts } of templates) {
        const params = match(parts, rest);
        if (params) found.push({ operation, params });
      }
    }
    const wanted = method === "HEAD" ? "GET" : method;
    const route = found.find(({ operation }) => methodOf(operation) === wanted);
    if (route) return route;
    const allowed = [...new Set(found.map(({ operation }) => methodOf(operation)))];
    if (allowed.length > 0) {
      const allow = [...allowed, "OPTIONS"].join(", ");
      throw new RequestProblem(
        405,
        "method_not_allowed",
        `${method} is not allowed here. Use ${allowed.join(" or ")}.`,
        {
          headers: { allow },
        },
      );
    }
    const some = known.slice(0, 10).map((operation) => `${methodOf(operation)} ${operation.entry.path}`);
    throw new RequestProblem(
      404,
      "unknown_url",
      `There is no ${method} ${path}. There is ${some.join(", ")}.`,
    );
  };
}

function methodOf({ entry }: { entry: OperationEntry }): string {
  return entry.method.toUpperCase();
}

function decode(path: string): string[] {
  try {
    return path.split("/").slice(1).map(decodeURIComponent);
  } catch {
    throw new RequestProblem(400, "invalid_url", `The path ${path} is not percent-encoded correctly.`);
  }
}

/** A segment of a path template: a literal, or the name of a parameter. */
type Part = { literal: string } | { name: string };

function parsed(template: string): Part[] {
  return template
    .split("/")
    .slice(1)
    .map((part) => {
      const name = /^\{(.+)\}$/.exec(part)?.[1];
      return name === undefined ? { literal: part } : { name };
    });
}

function match(parts: Part[], segments: string[]): Record<string, string> | undefined {
  if (parts.length !== segments.length) return undefined;
  const params: [string, string][] = [];
  for (const [i, part] of parts.entries()) {
    const segment = segments[i] ?? "";
    if ("literal" in part ? part.literal !== segment : segment === "") return undefined;
    if ("name" in part) params.push([part.name, segment]);
  }
  return Object.fromEntries(params);
}

function literals(path: string): number {
  return path.split("/").filter((part) => !part.startsWith("{")).length;
}

/** The path of a server's URL, which may be relative; none where it holds variables. */
function basePath(url: string): string {
  if (url.includes("{")) return "";
  return new URL(url, "http://localhost").pathname.replace(/\/$/, "");
}

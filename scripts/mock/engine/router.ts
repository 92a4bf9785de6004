/** Which operation a request means, and what its path says. */
import { serverPath } from "../../document/addresses.ts";
import type { OperationEntry } from "../../document/model.ts";
import { memoize } from "../../shared/memoize.ts";
import { RequestProblem } from "./request-problem.ts";

export interface Route<Operation> {
  operation: Operation;
  /** The path's parameters, decoded. */
  params: Record<string, string>;
}

/** The query of a request, by name. */
type Query = Readonly<Record<string, string | string[]>>;

/** An operation with its path taken apart. */
interface Known<Operation> {
  operation: Operation;
  method: string;
  segments: Segment[];
  /** What a path such as `/ships?beta=true` demands of the query. */
  query: [name: string, value: string][];
}

/** One segment of a path template: literal texts with parameters between them, `{Sid}.json` or `{id}:start`. */
interface Segment {
  names: string[];
  /** One more than there are names: what stands before, between and after the parameters. */
  literals: string[];
}

/**
 * Makes a router for operations. Their paths are found as they are written, and below the path of any of their servers
 * (`https://host/v1` + `/models`). Literal segments win over parameters (OpenAPI 3.1, Paths Object). Of operations at
 * the same address the one is meant whose required query parameters came.
 *
 * @returns a function from method, raw path and query to the route; it throws 400 for a path that does not decode, 404
 *   for one that the document does not have, and 405 with `Allow` for a method that the path does not have
 */
export function router<Operation extends { entry: OperationEntry }>(
  operations: readonly Operation[],
): (method: string, path: string, query: Query) => Route<Operation> {
  const known = operations.map(knownOf).toSorted((a, b) => weight(b) - weight(a));
  const servers = operations.flatMap(({ entry }) => entry.servers);
  const bases = [...new Set(["", ...servers.map(serverPath)])].map((base) => base.split("/").slice(1));

  /** The operations of a path, whatever the method and the query are. */
  const at = memoize((path) => {
    const segments = decode(path);
    return bases.flatMap((base) => {
      const rest = below(segments, base);
      return known.flatMap((one) => {
        const params = rest && match(one.segments, rest);
        return params ? [{ ...one, params }] : [];
      });
    });
  });

  return (method, path, query) => {
    const found = at(path).filter((one) => one.query.every(([name, value]) => query[name] === value));
    const fitting = found.filter((one) => one.method === method);
    // HEAD is GET without its body (RFC 9110, 9.3.2), unless the document has a HEAD for itself.
    const meant =
      fitting.length === 0 && method === "HEAD" ? found.filter((one) => one.method === "GET") : fitting;
    const route = meant.find(({ operation }) => hasRequired(operation.entry, query)) ?? meant[0];
    if (route) return { operation: route.operation, params: route.params };
    const allowed = [...new Set(found.map((one) => one.method))];
    if (allowed.length > 0) {
      const implied = allowed.includes("GET") ? ["HEAD", "OPTIONS"] : ["OPTIONS"];
      const allow = [...new Set([...allowed, ...implied])].join(", ");
      throw new RequestProblem(
        405,
        "method_not_allowed",
        `${method} is not allowed here. Use ${allowed.join(" or ")}.`,
        {
          headers: { allow },
        },
      );
    }
    const some = known.slice(0, 10).map((one) => `${one.method} ${one.operation.entry.path}`);
    throw new RequestProblem(
      404,
      "unknown_url",
      `There is no ${method} ${path}. There is ${some.join(", ")}.`,
    );
  };
}

function knownOf<Operation extends { entry: OperationEntry }>(operation: Operation): Known<Operation> {
  const { method, path } = operation.entry;
  // A path must not have a query or a fragment, but some documents tell operations apart by them.
  const [, pathname = "", query = ""] = /^([^?#]*)(?:\?([^#]*))?/.exec(path) ?? [];
  return {
    operation,
    method: method.toUpperCase(),
    segments: pathname.split("/").slice(1).map(segmentOf),
    query: [...new URLSearchParams(query)],
  };
}

function segmentOf(text: string): Segment {
  const parts = text.split(/\{([^{}]+)\}/);
  return {
    names: parts.filter((_, index) => index % 2 === 1),
    literals: parts.filter((_, index) => index % 2 === 0),
  };
}

function decode(path: string): string[] {
  try {
    const segments = path.split("/").slice(1);
    return path.includes("%") ? segments.map(decodeURIComponent) : segments;
  } catch {
    throw new RequestProblem(400, "invalid_url", `The path ${path} is not percent-encoded correctly.`);
  }
}

function match(template: Segment[], segments: string[]): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  return template.every((part, index) => matchSegment(part, segments[index] ?? "", params))
    ? params
    : undefined;
}

/** Takes the parameters out of a segment. Each has one character at least, and ends where the next literal begins. */
function matchSegment(
  { names, literals }: Segment,
  segment: string,
  params: Record<string, string>,
): boolean {
  const [first = ""] = literals;
  if (names.length === 0) return segment === first;
  if (!segment.startsWith(first)) return false;
  let from = first.length;
  for (const [index, name] of names.entries()) {
    const literal = literals[index + 1] ?? "";
    const isLast = index === names.length - 1;
    const to = isLast ? segment.length - literal.length : segment.indexOf(literal, from + 1);
    if (to <= from || !segment.startsWith(literal, to)) return false;
    params[name] = segment.slice(from, to);
    from = to + literal.length;
  }
  return from === segment.length;
}

function below(segments: string[], base: string[]): string[] | undefined {
  if (base.length === 0) return segments;
  return base.every((part, i) => part === segments[i]) ? segments.slice(base.length) : undefined;
}

/** The more of an address is written out, the earlier it is tried. */
function weight({ segments, query }: Known<unknown>): number {
  const whole = segments.filter(({ names }) => names.length === 0).length;
  const partly = segments.filter(({ names, literals }) => names.length > 0 && literals.some((text) => text));
  return whole * 10_000 + partly.length * 100 + query.length;
}

function hasRequired({ parameters }: OperationEntry, query: Query): boolean {
  return parameters.every(
    ({ in: place, name, required }) => place !== "query" || !required || Object.hasOwn(query, name),
  );
}

/** The tokens of requests: `--api-key` names those that are accepted, and none is ever shown. */
import type { Document } from "../../document/model.ts";
import { securitySchemes } from "../../document/security.ts";
import type { Context } from "../scenarios/expression.ts";
import type { Operation } from "./operation.ts";
import { unauthorized } from "./request-problem.ts";

const MASK = "***";

/** Where the keys of a document are. */
export interface Keys {
  /**
   * Compares a request's key with the accepted ones, for an operation that asks for one.
   *
   * @throws {RequestProblem} 401
   */
  check(operation: Operation, request: Context): void;
  /** The headers without the keys in them. */
  maskHeaders(headers: Context["headers"]): Context["headers"];
  /** A target without the keys in its query. */
  maskUrl(url: string): string;
}

/** @param accepted every key that is; undefined for any */
export function keys(document: Document, accepted: readonly string[] | undefined): Keys {
  const schemes = securitySchemes(document);
  const inHeaders = schemes.flatMap(({ in: place, name }) =>
    place === "header" && name ? [name.toLowerCase()] : [],
  );
  const inQuery = schemes.flatMap(({ in: place, name }) => (place === "query" && name ? [name] : []));
  // Clients of other vendors send these beside their token.
  const secret = new Set([
    "authorization",
    "proxy-authorization",
    "cookie",
    "api-key",
    "x-api-key",
    ...inHeaders,
  ]);

  return {
    check: ({ entry }, request) => {
      const required = entry.operation.security ?? document.security ?? [];
      if (!accepted || required.length === 0 || required.some((one) => Object.keys(one).length === 0)) return;
      const sent = [
        String(request.headers["authorization"] ?? "")
          .replace(/^\S+ +/, "")
          .trim(),
        ...inHeaders.map((name) => request.headers[name]),
        ...inQuery.map((name) => request.query[name]),
      ];
      if (!sent.flat().some((key) => key !== undefined && accepted.includes(key))) throw unauthorized();
    },
    maskHeaders: (headers) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name,
          secret.has(name) ? String(value).replace(/^((?:bearer|basic) +)?.*$/is, `$1${MASK}`) : value,
        ]),
      ),
    maskUrl: (url) => {
      if (inQuery.length === 0) return url;
      const [path = "", query] = url.split(/\?(.*)/s);
      if (query === undefined) return url;
      const parameters = new URLSearchParams(query);
      for (const name of inQuery) if (parameters.has(name)) parameters.set(name, MASK);
      return `${path}?${parameters}`;
    },
  };
}

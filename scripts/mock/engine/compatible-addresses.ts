/** Addresses at which an API of this protocol is served beside its own: below a prefix, and as Azure does. */
import type { Context } from "../scenarios/expression.ts";

interface Addresses {
  prefix?: string;
  azure?: boolean;
  /** What the paths of the contract share: `/v1`. */
  shared: string;
}

/** What a request means by its address. */
interface Address {
  /** The path in the contract. */
  path: string;
  /** Those that came, with the token where the contract has it. */
  headers: Context["headers"];
  /** The model, where the address names one. */
  model?: string;
}

const DEPLOYMENT = /^\/openai\/deployments\/([^/]+)\/(.*)$/s;

/** @param options which addresses there are beside the contract's own */
export function addresses({
  prefix = "",
  azure = false,
  shared,
}: Addresses): (request: Pick<Context, "url" | "headers">) => Address {
  const base = prefix.replace(/^\/*|\/+$/g, "");
  return ({ url, headers }) => {
    const end = url.indexOf("?");
    const whole = end < 0 ? url : url.slice(0, end);
    const below = base !== "" && whole.startsWith(`/${base}/`) ? whole.slice(base.length + 1) : whole;
    return azure ? azureAddress(whole, below, headers, shared) : { path: below, headers };
  };
}

function azureAddress(whole: string, below: string, headers: Context["headers"], shared: string): Address {
  const { "api-key": key, ...rest } = headers;
  // Azure takes the token in the header api-key, or as a Bearer token.
  const named =
    key === undefined || headers["authorization"] ? headers : { ...rest, authorization: `Bearer ${key}` };
  const [, deployment, operation = ""] = DEPLOYMENT.exec(whole) ?? DEPLOYMENT.exec(below) ?? [];
  if (deployment !== undefined)
    return { path: `${shared}/${operation}`, headers: named, model: decoded(deployment) };
  const path = below.replace(/^\/openai\/(?:v1\/)?/, `${shared}/`);
  return { path, headers: named };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

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
export function addressOf(
  { url, headers }: Context,
  { prefix = "", azure = false, shared }: Addresses,
): Address {
  const whole = url.split("?")[0] ?? "/";
  const base = prefix.replace(/^\/*|\/+$/g, "");
  const below = base !== "" && whole.startsWith(`/${base}/`) ? whole.slice(base.length + 1) : whole;
  if (!azure) return { path: below, headers };
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

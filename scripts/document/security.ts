/** The security schemes of a document (OpenAPI 3.1, Security Scheme Object). */
import type { Document, Reference } from "./model.ts";
import { deref } from "./operations.ts";

/** The part of a scheme that says how credentials are sent. */
export interface SecurityScheme {
  type?: string;
  /** Of the type `http`: `bearer`, `basic`. */
  scheme?: string;
  /** Of the type `apiKey`. */
  in?: "query" | "header" | "cookie";
  name?: string;
  /** Of the type `openIdConnect`. */
  openIdConnectUrl?: string;
}

/** Security Requirement Objects: one of them has to be met. */
export type Requirements = readonly Record<string, string[]>[];

function declared({ components }: Document): Record<string, SecurityScheme | Reference> {
  return (components?.["securitySchemes"] ?? {}) as Record<string, SecurityScheme | Reference>;
}

/** Every scheme of a document. */
export function securitySchemes(document: Document): SecurityScheme[] {
  return Object.values(declared(document)).map((scheme) => deref<SecurityScheme>(document, scheme));
}

/** The schemes that requirements name, in their order; a name without a scheme gives an empty one. */
export function requiredSchemes(document: Document, requirements: Requirements): SecurityScheme[] {
  const schemes = declared(document);
  return requirements
    .flatMap((requirement) => Object.keys(requirement))
    .map((name) => deref<SecurityScheme>(document, schemes[name] ?? {}));
}

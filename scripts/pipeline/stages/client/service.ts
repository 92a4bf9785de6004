/** What the generated client knows of the service as a whole: its name, its address and its key. */
import { sharedPrefix } from "../../../document/addresses.ts";
import type { Document, Reference, Server } from "../../../document/model.ts";
import { deref, operations } from "../../../document/operations.ts";
import { pascal, upperSnake } from "./names.ts";

/** The runtime's `Service`; `auth` as code, by member. */
export interface ServiceFacts {
  name: string;
  env: string;
  baseURL?: string;
  prefix: string;
  auth?: Record<string, string>;
}

/** What the document says about the service as a whole. */
export function serviceOf(document: Document, taken: Set<string>): ServiceFacts {
  const title = document.info.title.replace(/\s+API$/i, "");
  let name = /^[A-Z]/.test(pascal(title)) ? pascal(title) : `Client${pascal(title)}`;
  while (taken.has(name)) name += "Client";
  taken.add(name);
  const env = /^[A-Z]/.test(upperSnake(title))
    ? upperSnake(title)
    : `CLIENT_${upperSnake(title)}`.replace(/_$/, "");
  const baseURL = serverURL(document.servers);
  const auth = authOf(document);
  return { name, env, ...(baseURL && { baseURL }), prefix: sharedPrefix(document), ...(auth && { auth }) };
}

/** The first server, its variables at their defaults; undefined if it depends on where the document is served. */
export function serverURL(servers: readonly Server[] | undefined): string | undefined {
  const [server] = servers ?? [];
  const url = server?.url.replace(
    /\{([^{}]+)\}/g,
    (_, name: string) => server.variables?.[name]?.default ?? "",
  );
  return url && URL.canParse(url) ? url : undefined;
}

interface Scheme {
  type?: string;
  scheme?: string;
  in?: string;
  name?: string;
}

/**
 * How the key is sent, as code: by the first security scheme that the document, or else one of its operations, asks for. A
 * scheme that a header can carry goes before the others, since addresses are logged, and pages cannot set cookies.
 */
function authOf(document: Document): Record<string, string> | undefined {
  const schemes = (document.components?.["securitySchemes"] ?? {}) as Record<string, Scheme | Reference>;
  const ofOperations = () => [...operations(document)].flatMap(({ operation }) => operation.security ?? []);
  const requirements = document.security ?? ofOperations();
  // A requirement of nothing, beside others, makes those optional.
  const optional = requirements.some((requirement) => Object.keys(requirement).length === 0);
  const asked = requirements
    .flatMap((requirement) => Object.keys(requirement))
    .map((name) => deref<Scheme>(document, schemes[name] ?? {}));
  for (const carry of [inHeader, inCookie, inQuery])
    for (const scheme of asked) {
      const found = carry(scheme);
      if (found) return { ...found, ...(optional && { optional: "true" }) };
    }
  return undefined;
}

function inHeader({ type, scheme = "", in: place, name }: Scheme): Record<string, string> | undefined {
  if (type === "apiKey" && place === "header" && name) return { header: JSON.stringify(name), scheme: '""' };
  const header = '"Authorization"';
  if (type === "http" && /^basic$/i.test(scheme))
    return { header, scheme: '"Basic "', encode: "basicCredentials" };
  return type === "http" || type === "oauth2" || type === "openIdConnect"
    ? { header, scheme: '"Bearer "' }
    : undefined;
}

function inCookie({ type, in: place, name }: Scheme): Record<string, string> | undefined {
  if (type !== "apiKey" || place !== "cookie" || !name) return undefined;
  return { header: '"Cookie"', scheme: JSON.stringify(`${name}=`), encode: "encodeURIComponent" };
}

function inQuery({ type, in: place, name }: Scheme): Record<string, string> | undefined {
  if (type !== "apiKey" || place !== "query" || !name) return undefined;
  return { header: '""', scheme: '""', place: `keyInQuery(${JSON.stringify(name)})` };
}

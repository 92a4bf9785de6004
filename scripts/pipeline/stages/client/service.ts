/** What the generated client knows of the service as a whole: its name, its address and its key. */
import { sharedPrefix } from "../../../document/addresses.ts";
import type { Document, OperationEntry, Server } from "../../../document/model.ts";
import { operations } from "../../../document/operations.ts";
import { type Requirements, requiredSchemes, type SecurityScheme } from "../../../document/security.ts";
import { memoizeIn } from "../../../shared/memoize.ts";
import { objectLiteral, pascal, upperSnake } from "./names.ts";

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

const ofOperations = memoizeIn(
  new WeakMap<Document, Requirements>(),
  (document): Requirements => [...operations(document)].flatMap(({ operation }) => operation.security ?? []),
);

/** Where the key goes in an operation that asks for it in another place than the service as a whole, as code. */
export function operationAuth(document: Document, { operation }: OperationEntry): string | undefined {
  const { security } = operation;
  if (!security || security.length === 0) return undefined;
  const [own, all] = [authOf(document, security), authOf(document)];
  const place = (auth: Record<string, string> | undefined) => [
    auth?.["header"],
    auth?.["scheme"],
    auth?.["place"],
  ];
  return own && String(place(own)) !== String(place(all)) ? objectLiteral(own) : undefined;
}

/** The keys beside the one that `apiKey` is, where the service asks for several at once: the headers that carry them. */
export function otherKeys(document: Document): string[] {
  const asked = requiredSchemes(document, (document.security ?? []).slice(0, 1));
  const headers = asked.flatMap(({ type, in: place, name }) =>
    type === "apiKey" && place === "header" && name ? [name] : [],
  );
  const sent = authOf(document)?.["header"];
  return asked.length > 1 ? headers.filter((name) => JSON.stringify(name) !== sent) : [];
}

/** The variables of the first server, as the options of the client that set them: their types, defaults and the address. */
export function serverOptions({ servers }: Document): { type: string; address: string } | undefined {
  const [server] = servers ?? [];
  const variables = Object.entries(server?.variables ?? {}).filter(([name]) =>
    server?.url.includes(`{${name}}`),
  );
  if (!server || variables.length === 0 || serverURL(servers) === undefined) return undefined;
  const members = variables.map(([name, { enum: values }]) => {
    const type = values?.map((value) => JSON.stringify(value)).join(" | ") || "string";
    return `${JSON.stringify(name)}?: ${type} | undefined`;
  });
  const parts = server.url.split(/\{([^{}]+)\}/).map((part, index) => {
    if (index % 2 === 0) return JSON.stringify(part);
    return `(options[${JSON.stringify(part)}] ?? ${JSON.stringify(server.variables?.[part]?.default ?? "")})`;
  });
  return { type: `{ ${members.join("; ")} }`, address: parts.filter((part) => part !== '""').join(" + ") };
}

/**
 * How the key is sent, as code: by the first security scheme that the document, or else one of its operations, asks for. A
 * scheme that a header can carry goes before the others, since addresses are logged, and pages cannot set cookies.
 */
function authOf(
  document: Document,
  requirements: Requirements = document.security ?? ofOperations(document),
): Record<string, string> | undefined {
  // A requirement of nothing, beside others, makes those optional.
  const optional = requirements.some((requirement) => Object.keys(requirement).length === 0);
  const asked = requiredSchemes(document, requirements);
  for (const carry of [inHeader, inCookie, inQuery])
    for (const scheme of asked) {
      const found = carry(scheme);
      if (found) return { ...found, ...(optional && { optional: "true" }) };
    }
  return undefined;
}

function inHeader({
  type,
  scheme = "",
  in: place,
  name,
}: SecurityScheme): Record<string, string> | undefined {
  if (type === "apiKey" && place === "header" && name) return { header: JSON.stringify(name), scheme: '""' };
  const header = '"Authorization"';
  if (type === "http" && /^basic$/i.test(scheme))
    return { header, scheme: '"Basic "', encode: "basicCredentials" };
  return type === "http" || type === "oauth2" || type === "openIdConnect"
    ? { header, scheme: '"Bearer "' }
    : undefined;
}

function inCookie({ type, in: place, name }: SecurityScheme): Record<string, string> | undefined {
  if (type !== "apiKey" || place !== "cookie" || !name) return undefined;
  return { header: '"Cookie"', scheme: JSON.stringify(`${name}=`), encode: "encodeURIComponent" };
}

function inQuery({ type, in: place, name }: SecurityScheme): Record<string, string> | undefined {
  if (type !== "apiKey" || place !== "query" || !name) return undefined;
  return { header: '""', scheme: '""', place: `keyInQuery(${JSON.stringify(name)})` };
}

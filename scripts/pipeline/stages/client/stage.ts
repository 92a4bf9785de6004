/**
 * Stage: the client, `client.ts`: a class named after the document, in which every operation is a method, and the
 * names of the component schemas. What the methods share is in `scripts/client/`.
 */
import { readFile } from "node:fs/promises";
import ts from "typescript";
import type { Service } from "../../../client/options.ts";
import { sharedPrefix } from "../../../document/addresses.ts";
import type { Document, OperationEntry, Reference } from "../../../document/model.ts";
import { deref, operations } from "../../../document/operations.ts";
import { InputError } from "../../../shared/input-error.ts";
import { firstParagraph } from "../../../shared/text.ts";
import type { Contract, Files } from "../../read/contract.ts";
import { banner } from "../banner.ts";
import type { Source } from "./answer.ts";
import { apiPage } from "./api-index.ts";
import { comment, sentence } from "./comment.ts";
import { bodyVariants, methods, streamMethodName } from "./method.ts";
import { camel, isIdentifier, pascal, upperSnake } from "./names.ts";
import { exportedSchemas } from "./type-names.ts";

/** What the generated file itself uses. */
const USED = [
  ...["paths", "components", "operations", "Service", "Transport"],
  ...["Promise", "NonNullable", "RequestInit", "FormData", "Blob"],
];

/** Methods by name; a group is a property that has methods. */
interface Group {
  /** The names that lead here, from the client on. */
  names: string[];
  className: string;
  methods: Map<string, OperationEntry>;
  groups: Map<string, Group>;
}

/**
 * @param runtime where `scripts/client/` is, as the generated file is to import it
 * @throws {InputError} when two operations would have the same name
 */
export async function client(contract: Contract, runtime = "../scripts/client"): Promise<Files> {
  const { document } = contract;
  const taken = new Set([...USED, ...(await runtimeExports())]);
  const service = serviceOf(document, taken);
  const root = tree(contract);
  for (const group of groupsOf(root)) {
    while (taken.has(group.className)) group.className += "_";
    taken.add(group.className);
  }
  const exported = exportedSchemas(contract, taken);
  const source: Source = { document, exported, taken: new Set([...taken, ...exported.keys()]) };

  const code = [
    ...groupsOf(root).map((group) => groupClass(source, group)),
    rootClass(source, root, service),
    ...[...source.exported].map(([name, { title, description }]) => {
      const doc = comment("", [sentence(firstParagraph(description)) ?? sentence(title)]);
      return `${doc}export type ${name} = components["schemas"]["${name}"];\n`;
    }),
    ...[...bodyVariants(source, [...operations(document)])].map(
      ([name, type]) => `/** A body that says how the answer comes. */\nexport type ${name} = ${type};\n`,
    ),
  ].join("\n");
  // A document may have no streams, no component schemas, not even operations.
  const uses = (name: string, as: string) => (code.includes(as) ? [name] : []);
  const options = [
    ...uses("APIPromise", "APIPromise<"),
    "ClientOptions",
    ...uses("RequestOptions", "?: RequestOptions"),
  ];
  const streams = [
    ...uses("ChatCompletionStream", "stream: ChatCompletionStream"),
    ...uses("Stream", "stream: Stream"),
  ];
  const values = streams.length > 0 ? `import { ${streams.join(", ")} } from "${runtime}/index.ts";\n` : "";
  const head = `import type { ${options.join(", ")} } from "${runtime}/index.ts";
${values}import type { Service } from "${runtime}/options.ts";
import { Transport } from "${runtime}/transport.ts";
import type { ${[...uses("components", "components["), "paths"].join(", ")} } from "./schema.ts";

export * from "${runtime}/index.ts";
export type { components, operations, paths } from "./schema.ts";

const service: Service = {
${Object.entries(service)
  .map(([name, value]) => `  ${name}: ${literal(value)},`)
  .join("\n")}
};
`;
  const whole = `${banner(contract, "//")}${head}\n${code}`;
  return new Map([
    ["client.ts", whole],
    ["api.md", await apiPage(whole, banner(contract, "<!--").trimEnd())],
  ]);
}

/** What the document says about the service as a whole. */
export function serviceOf(document: Document, taken: Set<string>): Service {
  const title = document.info.title.replace(/\s+API$/i, "");
  let name = /^[A-Z]/.test(pascal(title)) ? pascal(title) : `Client${pascal(title)}`;
  while (taken.has(name)) name += "Client";
  taken.add(name);
  const env = /^[A-Z]/.test(upperSnake(title))
    ? upperSnake(title)
    : `CLIENT_${upperSnake(title)}`.replace(/_$/, "");
  const baseURL = serverURL(document);
  const auth = authOf(document);
  return { name, env, ...(baseURL && { baseURL }), prefix: sharedPrefix(document), ...(auth && { auth }) };
}

/** The first server, its variables at their defaults; undefined if it depends on where the document is served. */
function serverURL({ servers }: Document): string | undefined {
  const [server] = (servers ?? []) as { url: string; variables?: Record<string, { default: string }> }[];
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
 * How the key is sent, by the first security scheme that the document, or else one of its operations, asks for and
 * a header can carry.
 */
function authOf(document: Document): Service["auth"] {
  const schemes = (document.components?.["securitySchemes"] ?? {}) as Record<string, Scheme | Reference>;
  const ofOperations = () => [...operations(document)].flatMap(({ operation }) => operation.security ?? []);
  const requirements = document.security ?? ofOperations();
  // A requirement of nothing, beside others, makes those optional.
  const optional = requirements.some((requirement) => Object.keys(requirement).length === 0);
  const use = (header: string, scheme: string) => ({ header, scheme, ...(optional && { optional }) });
  for (const name of requirements.flatMap((requirement) => Object.keys(requirement))) {
    const { type, scheme = "", in: place, name: header } = deref<Scheme>(document, schemes[name] ?? {});
    if (type === "apiKey" && place === "header" && header) return use(header, "");
    if (type === "http" && /^basic$/i.test(scheme)) return use("Authorization", "Basic ");
    if (type === "http" || type === "oauth2" || type === "openIdConnect")
      return use("Authorization", "Bearer ");
  }
  return undefined;
}

/** Sorts the operations by their names. */
function tree(contract: Contract): Group {
  const root = newGroup([]);
  for (const entry of operations(contract.document)) {
    const { operation, path, method } = entry;
    const dotted = operation["x-sdk-method"] ?? camel(operation.operationId ?? `${method} ${path}`);
    const names = dotted.split(".");
    if (!names.every(isIdentifier))
      throw new InputError({
        place: contract.locate(["paths", path, method, "x-sdk-method"]),
        message: `The client cannot have a method ${JSON.stringify(dotted)}.`,
        advice: "Write x-sdk-method as names joined by dots, such as `chat.completions.create`.",
      });
    const last = names.pop() ?? "";
    const clash = () =>
      new InputError({
        place: contract.locate(["paths", path, method]),
        message: `The client cannot have a method ${dotted} for this operation: the name is taken.`,
        advice:
          "Give the operation an x-sdk-method that no other has, that is not part of another, and that is not `http`, `then` or `constructor`.",
      });
    let group = root;
    for (const name of names) {
      if (group.methods.has(name) || isReserved(group, name)) throw clash();
      const next: Group = group.groups.get(name) ?? newGroup([...group.names, name]);
      group.groups.set(name, next);
      group = next;
    }
    if (group.methods.has(last) || group.groups.has(last) || isReserved(group, last)) throw clash();
    group.methods.set(last, entry);
  }
  return root;
}

function newGroup(names: string[]): Group {
  const className = `${names.map(pascal).join("")}Resource`;
  return { names, className, methods: new Map(), groups: new Map() };
}

/** Names with a special meaning: an object with a method `then` cannot be awaited. */
function isReserved(group: Group, name: string): boolean {
  return name === "constructor" || name === "then" || (group.names.length === 0 && name === "http");
}

/** The groups below one, those first that others are made of. */
function groupsOf(group: Group): Group[] {
  return [...group.groups.values()].flatMap((child) => [...groupsOf(child), child]);
}

function groupClass(source: Source, group: Group): string {
  const doc = comment("", [`The methods of \`client.${group.names.join(".")}\`.`]);
  return `${doc}class ${group.className} {
${members(group)}
  constructor(api: Transport<paths>) {
${assignments(group)}  }
${methodsOf(source, group)}}
`;
}

function rootClass(source: Source, root: Group, service: Service): string {
  const { info } = source.document;
  const { name, env, baseURL, auth } = service;
  const doc = comment("", [
    `The client of the ${sentence(info.title)} ${sentence(info.summary) ?? ""}`,
    auth && `Without \`apiKey\`, the environment variable \`${env}_API_KEY\` is read.`,
    `Without \`baseURL\`, \`${env}_BASE_URL\` is read${baseURL ? `, and without that it is ${baseURL}` : ""}.`,
  ]);
  return `${doc}export class ${name} {
  /** The openapi-fetch client underneath: \`http.use()\` adds middleware. */
  readonly http: Transport<paths>["http"];
${members(root)}
  /** @throws {TypeError} if the key or the base URL is missing or cannot be used */
  constructor(options: ClientOptions = {}) {
    const api = new Transport<paths>(options, service);
    this.http = api.http;
${assignments(root)}  }
${methodsOf(source, root)}}
`;
}

function members(group: Group): string {
  const groups = [...group.groups].map(([name, child]) => `  readonly ${name}: ${child.className};\n`);
  return (group.methods.size > 0 ? "  readonly #api: Transport<paths>;\n" : "") + groups.join("");
}

function assignments(group: Group): string {
  const groups = [...group.groups].map(
    ([name, child]) => `    this.${name} = new ${child.className}(api);\n`,
  );
  return (group.methods.size > 0 ? "    this.#api = api;\n" : "") + groups.join("");
}

function methodsOf(source: Source, group: Group): string {
  const names = new Set([...group.methods.keys(), ...group.groups.keys()]);
  return [...group.methods]
    .map(([name, entry]) => {
      const streamed = streamMethodName(name);
      const free = !names.has(streamed) && !isReserved(group, streamed);
      names.add(streamed);
      return `\n${methods(source, entry, name, free ? streamed : undefined)}`;
    })
    .join("");
}

/** A value as code, as a person would write it. */
function literal(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, member]) => `${name}: ${literal(member)}`)
    .join(", ")} }`;
}

/** What the runtime exports, types too: component schemas of these names keep to `components["schemas"]`. */
async function runtimeExports(): Promise<string[]> {
  const file = new URL("../../../client/index.ts", import.meta.url);
  const { statements } = ts.createSourceFile(
    "index.ts",
    await readFile(file, "utf8"),
    ts.ScriptTarget.Latest,
  );
  return statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map(({ name }) => name.text)
      : [],
  );
}

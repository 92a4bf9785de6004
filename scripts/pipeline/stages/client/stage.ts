/**
 * Stage: the client, `client.ts`: a class named after the document, in which every operation is a method, and the
 * names of the component schemas. What the methods share is in `scripts/client/`.
 */
import { operations } from "../../../document/operations.ts";
import type { Warn } from "../../../shared/input-error.ts";
import { firstParagraph } from "../../../shared/text.ts";
import type { Contract, Files } from "../../read/contract.ts";
import { banner } from "../banner.ts";
import type { Source } from "./answer-types.ts";
import { apiPage, type TypeAlias } from "./api-page.ts";
import { isBodiless } from "./arguments.ts";
import { comment, sentence } from "./comment.ts";
import { bodyVariants, methods, streamMethodName } from "./method.ts";
import { objectLiteral } from "./names.ts";
import { declarationsIn, runtimeExports } from "./runtime.ts";
import { otherKeys, type ServiceFacts, serverOptions, serviceOf } from "./service.ts";
import { codeOf, type Signature } from "./signature.ts";
import { type Group, isReserved, tree } from "./tree.ts";
import { exportedSchemas } from "./type-names.ts";
import { HELPERS, TYPES } from "./writing.ts";

/** What the generated file itself uses. */
const USED = [
  ...["paths", "components", "operations", "Service", "Transport"],
  ...["Promise", "NonNullable", "RequestInit", "FormData", "Blob", "AsyncIterable"],
];

/**
 * @param runtime where `scripts/client/` is, as the generated file is to import it
 * @param warn called for each operation whose method has another name than the document gives it
 */
export async function client(
  contract: Contract,
  runtime = "../scripts/client",
  warn: Warn = () => {},
): Promise<Files> {
  const { document } = contract;
  const runtimeNames = await runtimeExports();
  const taken = new Set([
    ...USED,
    ...Object.values(HELPERS).flat(),
    ...Object.values(TYPES).flat(),
    ...[...runtimeNames.values()].flat(),
  ]);
  const service = serviceOf(document, taken);
  const root = tree(contract, warn);
  for (const entry of operations(document))
    if (entry.operation.requestBody && isBodiless(entry))
      warn({
        place: contract.locate(["paths", entry.path, entry.method, "requestBody"]),
        message: `The client sends no body with ${entry.method.toUpperCase()} ${entry.path}: \`fetch\` cannot.`,
        advice: "Describe parameters, or another method.",
      });
  for (const group of groupsOf(root)) {
    if (group === root) continue;
    while (taken.has(group.className)) group.className += "_";
    taken.add(group.className);
  }
  const exported = exportedSchemas(contract, taken);
  const source: Source = {
    document,
    exported,
    taken: new Set([...taken, ...exported.keys()]),
    parameters: new Map(),
  };

  const methods = new Map(groupsOf(root).map((group) => [group, methodsOf(source, group)]));
  const types: TypeAlias[] = [
    ...[...source.exported].map(([name, { title, description }]) => ({
      name,
      type: `components["schemas"]["${name}"]`,
      summary: sentence(firstParagraph(description)) ?? sentence(title),
    })),
    ...[...source.parameters].map(([name, type]) => ({ name, type, summary: "Parameters of a method." })),
    ...[...bodyVariants(source, [...operations(document)])].map(([name, type]) => ({
      name,
      type,
      summary: "A body that says how the answer comes.",
    })),
  ];
  const about = `The client of the ${sentence(document.info.title)} ${sentence(document.info.summary) ?? ""}`;

  const code = [
    ...[...methods].map(([group, own]) =>
      group === root ? rootClass(source, root, service, about, own) : groupClass(group, own),
    ),
    ...types.map(({ name, type, summary }) => `${comment("", [summary])}export type ${name} = ${type};\n`),
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
  const used = [code, ...Object.values(service.auth ?? {})].join("\n");
  const helpers = Object.entries(HELPERS).map(([file, names]) => {
    const found = names.filter((name) => new RegExp(`\\b${name}\\b`).test(used));
    return found.length > 0 ? `import { ${found.join(", ")} } from "${runtime}/${file}";\n` : "";
  });
  const values = streams.length > 0 ? `import { ${streams.join(", ")} } from "${runtime}/index.ts";\n` : "";
  const typeImports = Object.entries(TYPES).flatMap(([file, names]) => {
    const found = names.filter((name) => code.includes(`${name}<`));
    return found.length > 0 ? { file, found, names } : [];
  });
  const typesFrom = (verb: string, pick: "found" | "names") =>
    typeImports
      .map((one) => `${verb} type { ${one[pick].join(", ")} } from "${runtime}/${one.file}";\n`)
      .join("");
  const head = `import type { ${options.join(", ")} } from "${runtime}/index.ts";
${values}${helpers.join("")}${typesFrom("import", "found")}import type { Service } from "${runtime}/options.ts";
import { Transport } from "${runtime}/transport.ts";
import type { ${[...uses("components", "components["), "paths"].join(", ")} } from "./schema.ts";

export * from "${runtime}/index.ts";
${typesFrom("export", "names")}export type { components, operations, paths } from "./schema.ts";

const service: Service = {
${Object.entries(service)
  .map(
    ([name, value]) =>
      `  ${name}: ${typeof value === "string" ? JSON.stringify(value) : objectLiteral(value)},`,
  )
  .join("\n")}
};
`;
  const exports = [...runtimeNames, ...typeImports.map((one) => [one.file, one.names] as const)];
  const declarations = await Promise.all(exports.map(([file, names]) => declarationsIn(file, names)));
  const surface = { name: service.name, about, root, methods, types, runtime: declarations.flat() };
  return new Map([
    ["client.ts", `${banner(contract, "//")}${head}\n${code}`],
    ["api.md", apiPage({ banner: banner(contract, "<!--"), ...surface })],
  ]);
}

/** A group and those below it, those first that others are made of. */
function groupsOf(group: Group): Group[] {
  return [...[...group.groups.values()].flatMap(groupsOf), group];
}

function groupClass(group: Group, methods: Signature[][]): string {
  const doc = comment("", [`The methods of \`client.${group.names.join(".")}\`.`]);
  return `${doc}class ${group.className} {
${members(group)}
  constructor(api: Transport<paths>) {
${assignments(group)}  }
${codeOf(methods)}}
`;
}

function rootClass(
  source: Source,
  root: Group,
  service: ServiceFacts,
  about: string,
  methods: Signature[][],
): string {
  const { name, env, baseURL, auth } = service;
  const variables = serverOptions(source.document);
  const others = otherKeys(source.document);
  const doc = comment("", [
    about,
    auth && `Without \`apiKey\`, the environment variable \`${env}_API_KEY\` is read.`,
    others.length > 0
      ? `The service also asks for ${others.map((header) => `\`${header}\``).join(" and ")}: pass ${others.length > 1 ? "these headers" : "this header"} as \`defaultHeaders\`.`
      : undefined,
    `Without \`baseURL\`, \`${env}_BASE_URL\` is read${baseURL ? `, and without that it is ${baseURL}` : ""}.`,
  ]);
  return `${doc}export class ${name} {
  /** The openapi-fetch client underneath: \`http.use()\` adds middleware. */
  readonly http: Transport<paths>["http"];
${members(root)}
  /** @throws {TypeError} if the key or the base URL is missing or cannot be used */
  constructor(options: ClientOptions${variables ? ` & ${variables.type}` : ""} = {}) {
    const api = new Transport<paths>(options, ${variables ? `{ ...service, baseURL: ${variables.address} }` : "service"});
    this.http = api.http;
${assignments(root)}  }
${codeOf(methods)}}
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

/** The methods of a group, each by its signatures. */
function methodsOf(source: Source, group: Group): Signature[][] {
  const names = new Set([...group.methods.keys(), ...group.groups.keys()]);
  return [...group.methods].flatMap(([name, entry]) => {
    const streamed = streamMethodName(name);
    const free = !names.has(streamed) && !isReserved(group, streamed);
    names.add(streamed);
    return methods(source, entry, name, free ? streamed : undefined);
  });
}

/**
 * Parts of Prism and of Node that the mock never calls. The bundle has a small module in place of each, because they are
 * large and slow to load. `test/package/testing.ts` shows that the mock gives the same answers with and without them.
 */

const FAILS = 'throw new Error("This part of Prism is not in @routescope/testing.")';

export interface Replaced {
  /** What is imported. */
  module: RegExp;
  /** The importing file; default: any. */
  from?: RegExp;
  /** The source of the module that is bundled instead. */
  source: string;
}

/** The functions of lodash that Prism calls. */
export const LODASH =
  "cloneDeep compact defaults defaultsDeep escapeRegExp flatten get groupBy has inRange isEmpty isEqualWith isMatch isNumber isString keyBy mapKeys mapValues omit partial pick pickBy set setWith tail trimStart upperFirst".split(
    " ",
  );

/** The functions of fp-ts that Prism calls, by their module. */
export const FP_TS: Record<string, string> = {
  Apply: "sequenceT",
  Array: "filter findFirst findIndex head isNonEmpty lookup map reduce sequence sort zip",
  Either:
    "Applicative Apply Do bimap bind chain fold fromNullable fromOption fromPredicate getAltValidation getApplicativeValidation getOrElse isLeft isRight left map mapLeft right sequenceArray swap toError tryCatch",
  Json: "stringify",
  NonEmptyArray: "concat fromArray getSemigroup map",
  Option:
    "Apply Do alt bind chain chainFirst chainNullableK fold fromEither fromNullable fromPredicate getOrElse getOrElseW isNone isSome map none reduce some toUndefined traverseArray tryCatch",
  Ord: "contramap ordNumber",
  Reader: "asks chain",
  ReaderEither: "chain fromEither fromOption map mapLeft orElse",
  Record: "sequence",
  Task: "of",
  TaskEither:
    "chain chainEitherK chainFirst fold fromEither fromIOEither fromOption left map mapLeft orElse right swap tryCatch",
  function: "constUndefined identity pipe",
  string: "Ord",
};

export const REPLACED: Replaced[] = [
  // The whole of fp-ts, as CommonJS, of which nothing can be left out.
  ...Object.entries(FP_TS).map(([name, functions]) => ({
    module: new RegExp(`^fp-ts/(lib/)?${name}$`),
    from: /\/@stoplight\//,
    source: `export { ${functions.replaceAll(" ", ", ")} } from "fp-ts/es6/${name}.js";`,
  })),
  // Imported as an ES module, Node's HTTP brings its WebSocket client: a tenth of the time to the first answer.
  {
    module: /^node:http$/,
    from: /\/scripts\//,
    source:
      'export const { Agent, createServer, request, STATUS_CODES } = process.getBuiltinModule("node:http");',
  },
  // Random values, for Prism's dynamic mode. The mock always runs the static one.
  { module: /^@faker-js\/faker$/, source: "export const faker = {};" },
  {
    module: /^json-schema-faker$/,
    from: /\/prism-http\//,
    source: `export const JSONSchemaFaker = { extend() {}, option() {}, generate() { ${FAILS} } };`,
  },
  // The functional lodash, which builds all its functions when it is loaded: a third of the loading. Prism calls this one.
  {
    module: /^lodash\/fp$/,
    from: /\/prism-http\//,
    source: "export const set = ([name], value, object) => ({ ...object, [name]: value });",
  },
  // The whole of lodash, which defines all its functions when it is loaded.
  {
    module: /^lodash$/,
    from: /\/@stoplight\//,
    source: LODASH.map((name) => `export { default as ${name} } from "lodash/${name}.js";`).join("\n"),
  },
  // IDs of the parts of an operation, which nothing reads: by a table that is made when the package is loaded.
  {
    module: /^fnv-plus$/,
    source: 'exports.fast1a52hex = (text) => require("node:crypto").hash("sha1", text);',
  },
  // What a file's extension says of its media type. A contract writes media types.
  { module: /^mime-types$/, source: "exports.lookup = () => false;" },
  // The log, which is off.
  {
    module: /^pino$/,
    from: /\/prism-core\//,
    source: `
      const write = () => {};
      const log = { child: () => log, trace: write, debug: write, info: write, success: write, warn: write, error: write };
      module.exports = Object.assign(() => log, { levels: { values: { info: 30 } } });`,
  },
  // Files that a contract refers to. Prism gets it in one piece.
  {
    module: /^@stoplight\/yaml$/,
    from: /\/json-schema-ref-parser\//,
    source: `exports.parseWithPointers = () => { ${FAILS} };`,
  },
  // Postman collections as input. The mock reads OpenAPI.
  {
    module: /^@stoplight\/http-spec\/postman\/operation$/,
    source: `export function transformPostmanCollectionOperations() { ${FAILS} }`,
  },
  // Prism's proxy mode. Its callbacks use fetch, too, which Node has.
  { module: /^node-fetch$/, source: "export default globalThis.fetch;" },
  {
    module: /^https?-proxy-agent$/,
    source: `export class HttpProxyAgent { constructor() { ${FAILS} } }\nexport { HttpProxyAgent as HttpsProxyAgent };`,
  },
];

/** Files of packages that the bundler cannot take as they are, or that do more than is needed, with their change. */
export const CORRECTED = [
  // A script that writes to `this`, which is `exports` in Node and undefined in a module.
  {
    file: /\/uri-template-lite\/index\.js$/,
    from: "this.URI || (this.URI = {})",
    to: "exports.URI || (exports.URI = {})",
  },
  // Three pairs of Ajv, for three dialects of JSON Schema, each with its meta-schemas. A contract has one dialect.
  {
    file: /\/prism-http\/dist\/validator\/validators\/utils\.js$/,
    from: `const ajvInstances = {
    default: createAjvInstances(ajv_1.default),
    draft2019_09: createAjvInstances(_2019_1.default),
    draft2020_12: createAjvInstances(_2020_1.default),
};`,
    to: `const made = new Map();
const madeOnce = (Ajv) => made.get(Ajv) ?? made.set(Ajv, createAjvInstances(Ajv)).get(Ajv);
const ajvInstances = {
    get default() { return madeOnce(ajv_1.default); },
    get draft2019_09() { return madeOnce(_2019_1.default); },
    get draft2020_12() { return madeOnce(_2020_1.default); },
};`,
  },
];

/** Packages whose `main` is a form that cannot be bundled, with the file to take instead. */
export const REDIRECTED = [{ module: /^jsonc-parser$/, to: "jsonc-parser/lib/esm/main.js" }];

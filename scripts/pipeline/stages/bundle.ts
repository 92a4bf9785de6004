/** Stage: the contract in one file, as YAML and as JSON, for the tools that read OpenAPI. */
import { visit, Document as YamlDocument } from "yaml";
import { toPublished } from "../../openai/published.ts";
import { memoizeIn } from "../../shared/memoize.ts";
import type { Contract, Files } from "../read/contract.ts";
import { banner } from "./banner.ts";

/**
 * Strings that readers of YAML 1.1 (PyYAML, SnakeYAML, Go's yaml.v2) take for a boolean, a number in base 60 or with
 * underscores, a date, a merge key or a default value.
 *
 * @see https://yaml.org/type/
 */
const MISREAD = new RegExp(
  [
    /y|n|yes|no|on|off/i,
    /[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?/,
    /[-+]?(0b[01_]+|0x[\da-f_]+|0o?[0-7_]+|[\d_]+)/i,
    /[-+]?[\d_]*\.[\d_]*(e[-+]?\d+)?/i,
    /\d{4}-\d\d?-\d\d?([Tt ].*)?/,
    /<<|=/,
  ]
    .map(({ source, flags }) => (flags === "i" ? `(?i:${source})` : source))
    .map((source) => `^(?:${source})$`)
    .join("|"),
);

/** Makes `openapi.yaml` and `openapi.json`, once for each contract, because the docs have the same files. */
export const bundle: (contract: Contract) => Promise<Files> = memoizeIn(
  new WeakMap<Contract, Promise<Files>>(),
  async (contract) => {
    const document = toPublished(contract.document);
    return new Map([
      ["openapi.yaml", banner(contract, "#") + toYaml(document)],
      ["openapi.json", `${JSON.stringify(document, null, 2)}\n`],
    ]);
  },
);

function toYaml(value: unknown): string {
  const document = new YamlDocument(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === "string" && MISREAD.test(scalar.value)) scalar.type = "QUOTE_DOUBLE";
      // Prism's YAML reader drops the empty line that ends a block, and with it the end of a stream.
      if (typeof scalar.value === "string" && scalar.value.endsWith("\n\n")) scalar.type = "QUOTE_DOUBLE";
    },
  });
  return document.toString({ lineWidth: 0 });
}

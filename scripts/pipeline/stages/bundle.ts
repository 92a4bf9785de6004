/** Stage: the contract in one file, as YAML and as JSON, for the tools that read OpenAPI. */
import { visit, Document as YamlDocument } from "yaml";
import type { Contract, Files } from "../read/contract.ts";
import { banner } from "./banner.ts";

export async function bundle(contract: Contract): Promise<Files> {
  return new Map([
    ["openapi.yaml", banner(contract, "#") + toYaml(contract.document)],
    ["openapi.json", `${JSON.stringify(contract.document, null, 2)}\n`],
  ]);
}

function toYaml(value: unknown): string {
  const document = new YamlDocument(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, scalar) => {
      // Prism's YAML reader drops the empty line that ends a block, and with it the end of a stream.
      if (typeof scalar.value === "string" && scalar.value.endsWith("\n\n")) scalar.type = "QUOTE_DOUBLE";
    },
  });
  return document.toString({ lineWidth: 0 });
}

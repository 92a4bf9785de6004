/** Stage: the contract in one file, as YAML and as JSON, for the tools that read OpenAPI. */
import { stringify } from "yaml";
import { banner } from "./banner.ts";
import type { Contract, Files } from "./contract.ts";

export async function bundle(contract: Contract): Promise<Files> {
  const yaml = stringify(contract.document, { aliasDuplicateObjects: false, lineWidth: 0 });
  return new Map([
    ["openapi.yaml", `${banner(contract, "#")}${yaml}`],
    ["openapi.json", `${JSON.stringify(contract.document, null, 2)}\n`],
  ]);
}

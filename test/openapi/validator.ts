import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Document, Schema } from "../../scripts/document/model.ts";

/** The contract in one file, as its users get it. */
export const contract: Document = JSON.parse(
  readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"),
);

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);
ajv.addSchema(contract as object, "contract");

/** Makes a validator for a component schema. It returns the problems of a value; none if the value is valid. */
export function validator(component: string): (value: unknown) => string[] {
  return schemaValidator({ $ref: `#/components/schemas/${component}` });
}

/** Makes a validator for any schema of the contract. */
export function schemaValidator(schema: Schema): (value: unknown) => string[] {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"contract#/components/');
  const validate = ajv.compile(JSON.parse(text));
  return (value) =>
    validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** The options that say what a document may refer to beyond its folder; every command that reads one has them. */
import type { Access } from "../pipeline/read/files.ts";

export const ACCESS_OPTIONS = {
  "allow-remote": { type: "boolean" },
  "allow-outside": { type: "boolean" },
} as const;

/** Their lines in a command's help. */
export const ACCESS_HELP = `  --allow-remote    follow references of the document to http: and https: addresses
  --allow-outside   follow references of the document to files outside its folder`;

/** The access that the options of a command give. */
export function accessOf(values: {
  "allow-remote"?: boolean | undefined;
  "allow-outside"?: boolean | undefined;
}): Access {
  return { allowRemote: values["allow-remote"] ?? false, allowOutside: values["allow-outside"] ?? false };
}

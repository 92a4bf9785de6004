import type { Contract } from "../read/contract.ts";

/** The first line of a generated file, in the comment style of its language. */
export function banner({ document }: Contract, comment: "//" | "#" | "<!--"): string {
  const end = comment === "<!--" ? " -->" : "";
  return `${comment} Written by \`npm run build\` from the OpenAPI document of ${JSON.stringify(document.info.title)}. Do not edit it.${end}\n`;
}

/** The site for language models: an index of its pages, and all of them in one text. */
import type { Document } from "../../../document/model.ts";
import { linked, type TextPage } from "./pages.ts";

/** The names of the two files. */
export const LLMS = { index: "llms.txt", full: "llms-full.txt" } as const;

/**
 * The index: what there is to read, a line for each page.
 *
 * @param downloads the names of the contract's files
 * @param site the site's address; links are relative without it
 * @see https://llmstxt.org
 */
export function llmsIndex(
  document: Document,
  pages: readonly TextPage[],
  downloads: readonly string[],
  site?: string,
): string {
  const address = (name: string) => (site ? new URL(name, site).href : name);
  const { title, version, summary } = document.info;
  const lines = (kinds: TextPage["kind"][]) =>
    pages
      .filter(({ kind }) => kinds.includes(kind))
      .map((page) => `- [${page.title}](${address(`${page.path}.md`)}): ${page.summary}`);
  const sections: [string, string[]][] = [
    ["Guides", lines(["guide"])],
    ["Operations", lines(["operation"])],
    [
      "Contract",
      downloads.map((name) => `- [${name}](${address(name)}): the whole API as an OpenAPI document`),
    ],
    [
      "Optional",
      [
        `- [${LLMS.full}](${address(LLMS.full)}): all of this in one file`,
        ...lines(["values", "reference", "changelog"]),
      ],
    ],
  ];
  return [
    `# ${title}`,
    `> ${summary ?? title}`,
    [
      `Version ${version}.`,
      ...(document.servers ?? []).slice(0, 1).map(({ url }) => `The server is ${url}.`),
      "Each page is complete: an operation's page has every field of its request and its answers.",
    ].join(" "),
    ...sections
      .filter(([, listed]) => listed.length > 0)
      .map(([name, listed]) => `## ${name}\n\n${listed.join("\n")}`),
  ].join("\n\n");
}

/** All pages, one after the other, each block of code once. Operations and values are in the reference already. */
export function llmsFull(pages: readonly TextPage[]): string {
  const order: TextPage["kind"][] = ["reference", "guide", "changelog"];
  const text = order
    .flatMap((kind) => pages.filter((page) => page.kind === kind))
    .map((page) => linked({ ...page, path: LLMS.full }, "md"))
    .join("\n\n---\n\n");
  const seen = new Set<string>();
  return text.replace(/^(`{3,})\w.*\n[\s\S]*?^\1$\n*/gm, (block) => {
    const code = block.replace(/^.*\n/, "").trim();
    if (code.length < SHORT_CODE || !seen.has(code)) {
      seen.add(code);
      return block;
    }
    return "(As above.)\n\n";
  });
}

/** Code of fewer characters than this may be repeated. */
const SHORT_CODE = 120;

/**
 * Where programs find the contract and its documentation, for `/.well-known/api-catalog`. Addresses are relative to
 * that place, since the build does not know under which host it will be served.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9727
 */
export function apiCatalog(): string {
  const linkset = [
    {
      anchor: "../",
      "service-desc": [
        { href: "../openapi.json", type: "application/json" },
        { href: "../openapi.yaml", type: "application/yaml" },
      ],
      "service-doc": [
        { href: "../index.html", type: "text/html" },
        { href: "../llms.txt", type: "text/plain" },
      ],
    },
  ];
  return `${JSON.stringify({ linkset }, null, 2)}\n`;
}

/** Stage: the reference, `docs/`: static files that any host serves under any path, or that open from a disk. */
import { readFile } from "node:fs/promises";
import { bundle } from "./bundle.ts";
import type { Contract, Files } from "./contract.ts";
import { markdownReference } from "./docs/markdown.ts";
import { dataUrl, page } from "./docs/page.ts";
import { renderReference } from "./docs/redoc.ts";
import { docsView, sampleLanguages } from "./docs/view.ts";

const MARKDOWN = "reference.md";
const BANNER = "<!-- Written by `npm run build` from the OpenAPI document. Do not edit it. -->\n";

/**
 * @returns `docs/index.html`, Redoc's page, which asks no host for anything; and beside it what it links to: the
 *   contract (`openapi.yaml`, `openapi.json`, as the stage `bundle` writes them) and the reference as Markdown
 */
export async function docs(contract: Contract): Promise<Files> {
  const { title, summary, description = "" } = contract.document.info;
  const [downloads, mark, style, mend] = await Promise.all([
    bundle(contract),
    asset("mark.svg"),
    asset("style.css"),
    asset("mend.js"),
  ]);
  const icon = dataUrl(mark);
  const reference = await renderReference(docsView(contract.document), {
    apiLogo: { imageUrl: icon, altText: title, href: "#/" },
    downloadUrls: [...downloads.keys()].map((name) => ({ title: name, url: name })),
    codeSamples: { languages: sampleLanguages(contract.document) },
    // All values of an enumeration are shown, a catalogue of models included.
    maxDisplayedEnumValues: Number.MAX_SAFE_INTEGER,
    // Deep enough for all that an event of a stream carries. Unions stay folded at any level.
    schemasExpansionLevel: 4,
  });
  const html = page({
    title,
    description: summary ?? description.trim().split("\n\n")[0] ?? title,
    icon,
    style,
    mend,
    reference,
    markdown: MARKDOWN,
  });
  const files: Files = new Map([
    ["index.html", BANNER + html],
    [MARKDOWN, `${BANNER}\n${markdownReference(contract.document)}\n`],
    ...downloads,
  ]);
  return new Map([...files].map(([name, content]) => [`docs/${name}`, content]));
}

function asset(name: string): Promise<string> {
  return readFile(new URL(`docs/${name}`, import.meta.url), "utf8");
}

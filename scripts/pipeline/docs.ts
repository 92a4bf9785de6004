/** The stage `docs`: the reference as a folder of static files that any host can serve, or none. */
import { readFile } from "node:fs/promises";
import type { Contract, Files } from "./contract.ts";
import { dataUrl, page } from "./docs/page.ts";
import { renderReference } from "./docs/redoc.ts";
import { docsView } from "./docs/view.ts";
import type { Document } from "./document.ts";

export async function docs({ document }: Pick<Contract, "document">): Promise<Files> {
  const [mark, style] = await Promise.all([asset("mark.svg"), asset("style.css")]);
  const icon = dataUrl(mark);
  const reference = await renderReference(docsView(document), {
    apiLogo: { imageUrl: icon, altText: document.info.title, href: "#/" },
    downloadUrls: ["openapi.yaml", "openapi.json"].map((name) => ({ title: name, url: name })),
    maxDisplayedEnumValues: 1000,
    schemasExpansionLevel: 2,
  });
  const { title, summary = title } = document.info;
  const html = page({ title, description: summary, icon, reference, style, markdown: "reference.md" });
  return new Map([["docs/index.html", html]]);
}

function asset(name: string): Promise<string> {
  return readFile(new URL(`docs/${name}`, import.meta.url), "utf8");
}

/** What search engines read: a map of the site, and what each page is. All of it needs the site's address. */
import type { TextPage } from "./pages.ts";

/** @see https://www.sitemaps.org/protocol.html */
export function sitemap(pages: readonly TextPage[], site: string): string {
  const addresses = [site, ...pages.map(({ path }) => new URL(`${path}.html`, site).href)];
  const entries = addresses.map((address) => `<url><loc>${escapeXml(address)}</loc></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join("\n")}
</urlset>
`;
}

/** @see https://www.rfc-editor.org/rfc/rfc9309 */
export function robots(site: string): string {
  return `User-agent: *\nAllow: /\n\nSitemap: ${new URL("sitemap.xml", site).href}\n`;
}

/**
 * A page as linked data: an article, and where it stands.
 *
 * @param name the name of the site
 * @returns a script element, which browsers do not run
 * @see https://schema.org/TechArticle
 */
export function linkedData({ path, title, summary }: TextPage, name: string, site: string): string {
  const url = new URL(`${path}.html`, site).href;
  const item = (position: number, label: string, address: string) => ({
    "@type": "ListItem",
    position,
    name: label,
    item: address,
  });
  const data = [
    {
      "@context": "https://schema.org",
      "@type": "TechArticle",
      headline: title,
      description: summary,
      url,
      isPartOf: { "@type": "WebSite", name, url: site },
    },
    {
      "@context": "https://schema.org",
      "@type": "BreadcrumbList",
      itemListElement: [item(1, name, site), item(2, title, url)],
    },
  ];
  // No markup can stand in it.
  return `<script type="application/ld+json">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

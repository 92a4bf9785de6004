/** Redocly's rendering of a document: the parts that `build-docs` makes a page of. */
import type { Document } from "../../../document/model.ts";
import { DOCUMENT, redocly } from "../redocly.ts";

/** A reference in parts, to be put into a page: all of them HTML. */
export interface Reference {
  /** Style sheets, for the head. */
  styles: string;
  /** The introduction, as it looks before the script runs. */
  content: string;
  /** The script element that brings it to life and has all the rest. */
  script: string;
}

/**
 * The options of Redoc that are set away from their defaults.
 *
 * @see https://redocly.com/docs/realm/config/openapi
 */
interface Options {
  apiLogo: { imageUrl: string; altText: string; href: string };
  downloadUrls: { title: string; url: string }[];
  /** The samples that can be chosen, by label. One that is not listed here is not shown. */
  codeSamples: { languages: { lang: string; label: string }[] };
  maxDisplayedEnumValues: number;
  schemasExpansionLevel: number;
  jsonSamplesExpandLevel: number;
  hideSchemaTitles: boolean;
}

const SEAM = "<!-- styles | content -->";
const SCRIPT = '<script type="module">';

/**
 * Renders a bundled document with Redoc, its script inlined.
 *
 * The command line of `@redocly/cli` is run, since the package exports no API. It runs in a temporary folder, where
 * no configuration of the user's takes part, and reports nothing to anybody.
 *
 * @throws {Error} with Redocly's own words when it cannot render the document
 */
export async function renderReference(document: Document, options: Options): Promise<Reference> {
  const files = {
    "options.json": JSON.stringify(options),
    "template.hbs": `{{{redocHead}}}${SEAM}{{{redocHTML}}}`,
  };
  const output = "index.html";
  const flags = ["--inlineBundle", "--template", "template.hbs", "--openapi", "options.json"];
  const html = await redocly(document, ["build-docs", DOCUMENT, "--output", output, ...flags], {
    files,
    output,
  });
  const seam = html.indexOf(SEAM);
  const script = html.indexOf(SCRIPT, seam);
  return {
    styles: html.slice(0, seam),
    content: html.slice(seam + SEAM.length, script),
    script: html.slice(script),
  };
}

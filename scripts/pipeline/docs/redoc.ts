/** Redocly's rendering of a document: the parts that `build-docs` makes a page of. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Document } from "../document.ts";

/** HTML of a reference, to be put into a page. */
export interface Reference {
  /** Style sheets, for the head. */
  head: string;
  /** The landing page as static HTML, and the script that brings it to life. */
  body: string;
}

/**
 * The options of Redoc that are set away from their defaults.
 *
 * @see https://redocly.com/docs/realm/config/openapi
 */
export interface Options {
  apiLogo: { imageUrl: string; altText: string; href: string };
  downloadUrls: { title: string; url: string }[];
  /** The samples that can be chosen, by label. One that is not listed here is not shown. */
  codeSamples: { languages: { lang: string; label: string }[] };
  maxDisplayedEnumValues: number;
  schemasExpansionLevel: number;
}

const SEAM = "<!-- head | body -->";

/**
 * Renders a bundled document with Redoc, its script inlined.
 *
 * The command line of `@redocly/cli` is run because the package exports no API, and the package `redoc` leaves out
 * the rendering on the server side. It runs in a temporary folder: no configuration of the user's takes part.
 *
 * @throws {Error} with Redocly's own words when it cannot render the document
 */
export async function renderReference(document: Document, options: Options): Promise<Reference> {
  const folder = await mkdtemp(join(tmpdir(), "redoc-"));
  const file = (name: string) => join(folder, name);
  try {
    await writeFile(file("openapi.json"), JSON.stringify(document));
    await writeFile(file("options.json"), JSON.stringify(options));
    await writeFile(file("template.hbs"), `{{{redocHead}}}${SEAM}{{{redocHTML}}}`);
    const arguments_ = [
      "openapi.json",
      "--inlineBundle",
      "--template",
      "template.hbs",
      "--openapi",
      "options.json",
    ];
    await redocly("build-docs", [...arguments_, "--output", "index.html"], folder);
    const html = await readFile(file("index.html"), "utf8");
    const seam = html.indexOf(SEAM);
    return { head: html.slice(0, seam), body: html.slice(seam + SEAM.length) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function redocly(command: string, options: string[], folder: string): Promise<void> {
  const cli = join(
    dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
    "bin/cli.js",
  );
  await promisify(execFile)(process.execPath, [cli, command, ...options], {
    cwd: folder,
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true", NO_COLOR: "1" },
  }).catch((error: { stderr?: string; message: string }) => {
    // Each run begins with a notice in a box.
    const message = error.stderr?.replace(/^\s*[╔║╚].*$/gm, "").trim();
    throw new Error(message || error.message, { cause: error });
  });
}

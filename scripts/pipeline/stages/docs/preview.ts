/** The picture that chats and social networks show beside a link to the site. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { escapeHtml } from "../../../shared/html.ts";
import { PREVIEW } from "./html.ts";

interface PreviewParts {
  title: string;
  /** One or two sentences, plain text. */
  description: string;
  /** A line at the foot. */
  foot: string;
  /** The mark of the site, an SVG picture. */
  mark: string;
}

/** @returns a PNG, the same bytes on every machine: the font comes along, and no browser draws it */
export async function preview({ title, description, foot, mark }: PreviewParts): Promise<Uint8Array> {
  const fontBuffers = await loaded();
  const text = (y: number, size: number, words: string, style: string) =>
    `<text x="96" y="${y}" font-family="Inter" font-size="${size}" ${style}>${escapeHtml(words.replace(/\p{Cc}/gu, ""))}</text>`;
  const lines = wrapped(description, 48).slice(0, 3);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${PREVIEW.width}" height="${PREVIEW.height}">
<rect width="100%" height="100%" fill="#0b2b28"/>
<rect width="100%" height="12" fill="#5ed2c1"/>
<svg x="96" y="96" width="112" height="112" viewBox="0 0 32 32">${mark}</svg>
${wrapped(title, 24)
  .slice(0, 1)
  .map((line) => text(322, 76, line, 'font-weight="700" fill="#fff"'))}
${lines.map((line, index) => text(392 + 50 * index, 36, line, 'fill="#cfe9e4"')).join("\n")}
${text(566, 28, foot, 'fill="#83e0d2"')}
</svg>`;
  const image = new Resvg(svg, { font: { fontBuffers, defaultFontFamily: "Inter" } }).render();
  try {
    return image.asPng();
  } finally {
    image.free();
  }
}

/** Loads the renderer, once in a process, and the font. */
let loading: Promise<Uint8Array[]> | undefined;
function loaded(): Promise<Uint8Array[]> {
  loading ??= (async () => {
    const { resolve } = createRequire(import.meta.url);
    const file = (name: string) => readFile(resolve(name));
    const weights = ["400", "700"].map((weight) =>
      file(`@fontsource/inter/files/inter-latin-${weight}-normal.woff2`),
    );
    await initWasm(await file("@resvg/resvg-wasm/index_bg.wasm"));
    return Promise.all(weights);
  })();
  return loading;
}

/** Breaks a text into lines of at most `width` characters; a longer word gets a line to itself. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

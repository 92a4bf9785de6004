/** Doc comments out of the document's Markdown. */
import { firstParagraphLine } from "../../../shared/text.ts";

const WIDTH = 110;

/**
 * A doc comment, each line behind the indentation.
 *
 * @param parts paragraphs in Markdown, whose lines stay as they are; those that are undefined are left out
 * @param tags block tags, such as `["returns", "The models."]`; those without a text are left out
 */
export function comment(
  indent: string,
  parts: (string | undefined)[],
  tags: [tag: string, text: string | undefined][] = [],
): string {
  const paragraphs = parts.flatMap((part) => (part?.trim() ? [harmless(part.trim())] : []));
  const width = WIDTH - indent.length - 3;
  const blocks = tags.flatMap(([tag, text]) =>
    text?.trim() ? [wrap(`@${tag} ${harmless(firstParagraphLine(text))}`, width)] : [],
  );
  const text = [paragraphs.join("\n\n"), blocks.join("\n")].filter(Boolean).join("\n\n");
  if (text === "") return "";
  const lines = text.split("\n");
  if (lines.length === 1 && text.length < width - 4) return `${indent}/** ${text} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

/** One paragraph in lines of at most that many characters, those after the first indented. */
function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}

/** A title or summary as a sentence. */
export function sentence(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed && (/[.!?:]$/.test(trimmed) ? trimmed : `${trimmed}.`);
}

/** Neither the comment's end nor a tag may come from the document. */
function harmless(text: string): string {
  return text.replaceAll("*/", "*\\/").replace(/^(\s*)@/gm, "$1\\@");
}

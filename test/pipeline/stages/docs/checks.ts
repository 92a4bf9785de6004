/** What a machine can tell of how a page looks and whether everybody can use it. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type axe from "axe-core";
import type { Page } from "playwright-core";

/** A page compiles it in half the time of `axe.source`. */
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

const COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * What axe finds wrong with a page as it stands, a line each.
 *
 * @param within a selector, for a part of a page the rest of which has been looked at
 * @param rules "colours" alone, for a page that was looked at in other colours
 */
export async function violations(
  page: Page,
  { within = "html", rules = "all" }: { within?: string; rules?: "all" | "colours" } = {},
): Promise<string[]> {
  // By the debugger's protocol, which the page's policy does not hold for; a page that has it already keeps it.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  return page.evaluate(axeInPage, { within, all: rules === "all", colours: COLOURS });
}

async function axeInPage({ within, all, colours }: { within: string; all: boolean; colours: string[] }) {
  const { run } = (window as unknown as { axe: typeof axe }).axe;
  const found = async (part: axe.ElementContext, options: axe.RunOptions) => {
    const { violations } = await run(part, { ...options, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  };
  // Contrast is most of the work: of all elements that look alike it is measured on one.
  const looks = new Map<string, Element>();
  for (const element of document.querySelectorAll(`${within}, ${within} *`)) {
    const hasText = [...element.childNodes].some(
      ({ nodeType, textContent }) => nodeType === 3 && textContent?.trim(),
    );
    if (!hasText && element.tagName !== "INPUT") continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const { color, fontSize, fontWeight, textDecorationLine } = getComputedStyle(element);
    const look = [element.localName, color, fontSize, fontWeight, textDecorationLine];
    // Links are compared with the text that they stand in.
    if (element.localName === "a" && element.parentElement)
      look.push(getComputedStyle(element.parentElement).color);
    for (let around: Element | null = element; around; around = around.parentElement) {
      const { backgroundColor, opacity } = getComputedStyle(around);
      if (opacity !== "1") look.push(opacity);
      if (backgroundColor === "rgba(0, 0, 0, 0)") continue;
      look.push(backgroundColor);
      if (!/rgba|\//.test(backgroundColor)) break;
    }
    const key = look.join(" ");
    if (!looks.has(key)) looks.set(key, element);
  }
  const others = Object.fromEntries(colours.map((rule) => [rule, { enabled: false }]));
  return [
    ...(all ? await found(within, { rules: others }) : []),
    ...(looks.size > 0 ? await found([...looks.values()] as Node[], { runOnly: colours }) : []),
  ];
}

/** What is cut off, scrolls sideways or lies on other text, a line each. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(inPage);
}

function inPage(): string[] {
  const width = document.documentElement.clientWidth;
  const faults: string[] = [];
  if (document.documentElement.scrollWidth > width) faults.push("the page scrolls sideways");

  // Sections off the screen have the size that the browser guesses.
  const VISIBLE = { visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true };

  interface Piece {
    text: string;
    element: Element;
    /** What stays while the page scrolls, and so lies on other text by intention. */
    layer: Element | undefined;
    left: number;
    right: number;
    top: number;
    bottom: number;
  }
  const pieces: Piece[] = [];
  const parts: { text: string; element: Element; boxes: DOMRectList }[] = [];
  const range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const scrolls = (style: CSSStyleDeclaration) => ["auto", "scroll"].includes(style.overflowX);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.textContent?.trim();
    range.selectNodeContents(node);
    if (node.parentElement && text)
      parts.push({ text, element: node.parentElement, boxes: range.getClientRects() });
  }
  // Buttons that are pictures.
  for (const element of document.querySelectorAll("button"))
    if (!element.textContent?.trim())
      parts.push({ text: `button ${element.ariaLabel}`, element, boxes: element.getClientRects() });
  for (const { text, element, boxes } of parts) {
    if (!element.checkVisibility(VISIBLE)) continue;
    // What an element around it cuts off, or keeps for who scrolls.
    let [left, right, top, bottom] = [0, width, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    let [layer, scrollable, hides]: [Element | undefined, boolean, boolean] = [undefined, false, false];
    for (
      let around: Element | null = element;
      around && around !== document.body;
      around = around.parentElement
    ) {
      const style = getComputedStyle(around);
      if (["fixed", "sticky"].includes(style.position) || style.clip !== "auto") layer ??= around;
      if (scrolls(style)) scrollable = true;
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const box = around.getBoundingClientRect();
      if (style.overflowX === "hidden" || style.overflowX === "clip") {
        if (box.left > left || box.right < right) hides = true;
      }
      [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    for (const box of boxes) {
      // What is wholly beside the page is there for screen readers, or comes in by the keyboard.
      if (box.right <= 0) continue;
      const cut = box.right > right + 1 || box.left < left - 1;
      if (cut && !scrollable && !layer && box.width > 1 && box.bottom > top && box.top < bottom)
        faults.push(`cut off${hides ? " by what is around it" : ""}: ${text.slice(0, 80)}`);
      const shown = {
        left: Math.max(box.left, left),
        right: Math.min(box.right, right),
        top: Math.max(box.top, top),
        bottom: Math.min(box.bottom, bottom),
      };
      if (shown.right - shown.left > 2 && shown.bottom - shown.top > 2)
        pieces.push({ text, element, layer, ...shown });
    }
  }

  pieces.sort((a, b) => a.top - b.top);
  // By how much two lines may share: their boxes are higher than their letters.
  const LEAST = 6;
  for (const [index, one] of pieces.entries()) {
    for (let at = index + 1; at < pieces.length; at++) {
      const other = pieces[at]!;
      if (other.top > one.bottom - LEAST) break;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - other.top;
      if (across > LEAST && down > LEAST && one.element !== other.element && one.layer === other.layer)
        faults.push(`on each other: ${one.text.slice(0, 60)} | ${other.text.slice(0, 60)}`);
    }
  }
  return [...new Set(faults)];
}

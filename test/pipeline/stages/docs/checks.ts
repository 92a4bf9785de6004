/** What a machine can tell of how a page looks and whether everybody can use it. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type axe from "axe-core";
import type { Page } from "playwright-core";

/** A page compiles it in half the time of `axe.source`. */
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

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
  const options: axe.RunOptions = {
    resultTypes: ["violations"],
    ...(rules === "colours" && { runOnly: ["color-contrast", "link-in-text-block"] }),
  };
  return page.evaluate(
    async ({ within, options }) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(within, options);
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
    },
    { within, options },
  );
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
    left: number;
    right: number;
    top: number;
    bottom: number;
  }
  const pieces: Piece[] = [];
  const range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const scrolls = (style: CSSStyleDeclaration) => ["auto", "scroll"].includes(style.overflowX);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? "";
    if (!element || text === "" || !element.checkVisibility(VISIBLE)) continue;
    // What an element around it cuts off, or keeps for who scrolls.
    let [left, right, top, bottom] = [0, width, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    let [fixed, scrollable, hides] = [false, false, false];
    for (
      let around: Element | null = element;
      around && around !== document.body;
      around = around.parentElement
    ) {
      const style = getComputedStyle(around);
      if (["fixed", "sticky"].includes(style.position) || style.clip !== "auto") fixed = true;
      if (scrolls(style)) scrollable = true;
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const box = around.getBoundingClientRect();
      if (style.overflowX === "hidden" || style.overflowX === "clip") {
        if (box.left > left || box.right < right) hides = true;
      }
      [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      // What is wholly beside the page is there for screen readers, or comes in by the keyboard.
      if (box.right <= 0) continue;
      const cut = box.right > right + 1 || box.left < left - 1;
      if (cut && !scrollable && !fixed && box.width > 1 && box.bottom > top && box.top < bottom)
        faults.push(`cut off${hides ? " by what is around it" : ""}: ${text.slice(0, 80)}`);
      const shown = {
        left: Math.max(box.left, left),
        right: Math.min(box.right, right),
        top: Math.max(box.top, top),
        bottom: Math.min(box.bottom, bottom),
      };
      // What stays while the page scrolls lies on other text by intention.
      if (!fixed && shown.right - shown.left > 2 && shown.bottom - shown.top > 2)
        pieces.push({ text, element, ...shown });
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
      if (across > LEAST && down > LEAST && one.element !== other.element)
        faults.push(`on each other: ${one.text.slice(0, 60)} | ${other.text.slice(0, 60)}`);
    }
  }
  return [...new Set(faults)];
}

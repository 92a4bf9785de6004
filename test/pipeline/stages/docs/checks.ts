/** What a machine can tell of how a page looks and whether everybody can use it. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type axe from "axe-core";
import type { JSHandle, Locator, Page } from "playwright-core";

/** A page compiles it in half the time of `axe.source`. */
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

const COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * What axe finds wrong with a page as it stands, a line each.
 *
 * @param within a selector, for a part of a page the rest of which has been looked at
 * @param rules the only ones to look for; default: all
 */
export async function violations(
  page: Page,
  { within = "html", rules }: { within?: string; rules?: string[] } = {},
): Promise<string[]> {
  const others = Object.fromEntries(COLOURS.map((rule) => [rule, { enabled: false }]));
  const found = await runAxe(page, within, rules ? { runOnly: rules } : { rules: others });
  return rules ? found : [...found, ...(await clashes(page, within))];
}

/** Colours that lie badly on each other. This is most of axe's work: of all elements that look alike it is given one. */
export async function clashes(page: Page, within = "html"): Promise<string[]> {
  return runAxe(page, await page.evaluateHandle(looksIn, within), { runOnly: COLOURS });
}

async function runAxe(page: Page, part: string | JSHandle<Element[]>, options: axe.RunOptions) {
  // By the debugger's protocol, which the page's policy does not hold for; a page that has it already keeps it.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  // Without what would only help to find an element again.
  const lean = {
    ...options,
    resultTypes: ["violations"],
    selectors: false,
    preload: false,
  } as axe.RunOptions;
  return page.evaluate(axeInPage, { part, options: lean });
}

async function axeInPage({ part, options }: { part: string | Element[]; options: axe.RunOptions }) {
  if (part.length === 0) return [];
  const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(part as Node[], options);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** One of each kind of elements with text that look alike. */
function looksIn(within: string): Element[] {
  const looks = new Map<string, Element>();
  const grounds = new Map<Element | null, string>([[null, ""]]);
  /** What an element stands on, down to the first ground that nothing shines through. */
  const groundOf = (element: Element | null): string => {
    const known = grounds.get(element);
    if (known !== undefined || !element) return known ?? "";
    const { backgroundColor, opacity } = getComputedStyle(element);
    const isClear = backgroundColor === "rgba(0, 0, 0, 0)";
    const isSolid = !isClear && !/rgba|\//.test(backgroundColor);
    const own = `${opacity === "1" ? "" : opacity} ${isClear ? "" : backgroundColor}`;
    const ground = isSolid ? own : `${own} ${groundOf(element.parentElement)}`;
    grounds.set(element, ground);
    return ground;
  };
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
    look.push(groundOf(element));
    const key = look.join(" ");
    if (!looks.has(key)) looks.set(key, element);
  }
  return [...looks.values()];
}

/** The texts of those elements that take more than one line. */
export function onSeveralLines(elements: Locator): Promise<string[]> {
  return elements.evaluateAll((found) => {
    const range = document.createRange();
    const isBroken = (element: Element) => {
      range.selectNodeContents(element);
      return new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom))).size > 1;
    };
    return found.filter(isBroken).map(({ textContent }) => textContent ?? "");
  });
}

/** The addresses in some elements, and those of them that are broken at the end of a line. */
export function addressesIn(elements: Locator): Promise<{ all: string[]; broken: string[] }> {
  return elements.evaluateAll((found) => {
    const range = document.createRange();
    const addresses = { all: [] as string[], broken: [] as string[] };
    for (const element of found) {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        for (const { 0: address, index } of node.textContent!.matchAll(/https:[\w/.:-]+/g)) {
          range.setStart(node, index);
          range.setEnd(node, index + address.length);
          addresses.all.push(address);
          if (range.getClientRects().length > 1) addresses.broken.push(address);
        }
      }
    }
    return addresses;
  });
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

  interface Box {
    left: number;
    right: number;
    top: number;
    bottom: number;
  }
  /** What the elements around a text leave of it. */
  interface Frame extends Box {
    /** What stays while the page scrolls, and so lies on other text by intention. */
    layer: Element | undefined;
    /** Whether what is cut off can be scrolled to. */
    scrolls: boolean;
    hides: boolean;
  }
  const page: Frame = {
    left: 0,
    right: width,
    top: Number.NEGATIVE_INFINITY,
    bottom: Number.POSITIVE_INFINITY,
    layer: undefined,
    scrolls: false,
    hides: false,
  };
  const frames = new Map<Element | null, Frame>([
    [null, page],
    [document.body, page],
  ]);
  const frameOf = (element: Element): Frame => {
    const known = frames.get(element);
    if (known) return known;
    const outer = element.parentElement ? frameOf(element.parentElement) : page;
    const frame = { ...outer };
    const { position, clip, overflowX, overflowY } = getComputedStyle(element);
    if (["fixed", "sticky"].includes(position) || clip !== "auto") frame.layer = element;
    if (["auto", "scroll"].includes(overflowX)) frame.scrolls = true;
    if (overflowX !== "visible" || overflowY !== "visible") {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      if (["hidden", "clip"].includes(overflowX) && (left > outer.left || right < outer.right))
        frame.hides = true;
      [frame.left, frame.right] = [Math.max(left, outer.left), Math.min(right, outer.right)];
      [frame.top, frame.bottom] = [Math.max(top, outer.top), Math.min(bottom, outer.bottom)];
    }
    frames.set(element, frame);
    return frame;
  };

  interface Piece extends Box {
    text: string;
    element: Element;
    layer: Element | undefined;
  }
  const pieces: Piece[] = [];
  const parts: { text: string; element: Element; boxes: DOMRectList }[] = [];
  const range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
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
    const { left, right, top, bottom, layer, scrolls, hides } = frameOf(element);
    for (const box of boxes) {
      // What is wholly beside the page is there for screen readers, or comes in by the keyboard.
      if (box.right <= 0) continue;
      const cut = box.right > right + 1 || box.left < left - 1;
      if (cut && !scrolls && !layer && box.width > 1 && box.bottom > top && box.top < bottom)
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

// @ts-check
/*
 * Runs in every page, for the blocks of code in texts: a button that copies, colours, and tabs where the same code
 * follows in several languages. Redoc's own blocks, which have a test ID, have all of this. On plain pages it also
 * follows the choice of colours that the reader made in the interactive reference.
 */
{
  /** What a reader chose stays for the next page, where the browser keeps it. @type {(name: string) => string | null} */
  const stored = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  /** @type {(name: string, value: string) => void} */
  const store = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch {
      // Without storage the choice is for this page alone.
    }
  };

  const mode = stored("redoc.colorMode");
  if (mode === "light" || mode === "dark") document.documentElement.classList.add(mode);

  /** The languages that make tabs, by the name after a fence. @type {Record<string, string>} */
  const LABELS = {
    sh: "curl",
    shell: "curl",
    ts: "TypeScript",
    typescript: "TypeScript",
    js: "JavaScript",
    javascript: "JavaScript",
    python: "Python",
  };
  const LANGUAGE = "samples.language";

  /** @type {(block: HTMLElement) => string} */
  const languageOf = (block) =>
    block.dataset["language"] ??
    /language-(\w+)/.exec(block.querySelector("code")?.className ?? "")?.[1] ??
    "";

  /** The outermost element that holds a block and nothing else. @type {(block: HTMLElement) => HTMLElement} */
  const frameOf = (block) => {
    let frame = block;
    while (frame.parentElement?.children.length === 1 && frame.parentElement.tagName !== "MAIN")
      frame = frame.parentElement;
    return frame;
  };

  /** Runs of two and more blocks that follow each other, each in another language. @type {(blocks: HTMLElement[]) => HTMLElement[][]} */
  const runsOf = (blocks) => {
    /** @type {HTMLElement[][]} */
    const runs = [];
    for (const block of blocks) {
      const label = LABELS[languageOf(block)];
      const run = runs.at(-1);
      const last = run?.at(-1);
      const follows = last && frameOf(last).nextElementSibling === frameOf(block);
      if (!label) runs.push([]);
      else if (run && follows && !run.some((other) => LABELS[languageOf(other)] === label)) run.push(block);
      else runs.push([block]);
    }
    return runs.filter((run) => run.length > 1);
  };

  /** Shows the tab of a language wherever there is one. @type {(label: string) => void} */
  const choose = (label) => {
    for (const list of document.querySelectorAll("main .tabs")) {
      const tabs = /** @type {HTMLElement[]} */ ([...list.children]);
      if (!tabs.some((tab) => tab.textContent === label)) continue;
      for (const tab of tabs) {
        const chosen = tab.textContent === label;
        tab.ariaSelected = String(chosen);
        tab.tabIndex = chosen ? 0 : -1;
        const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
        if (panel) frameOf(panel).hidden = !chosen;
      }
    }
  };

  let count = 0;
  /** @type {(run: HTMLElement[]) => void} */
  const addTabs = (run) => {
    const list = document.createElement("div");
    list.className = "tabs";
    list.role = "tablist";
    list.ariaLabel = "Language";
    for (const block of run) {
      const tab = document.createElement("button");
      tab.type = "button";
      tab.role = "tab";
      tab.textContent = LABELS[languageOf(block)] ?? "";
      block.id ||= `code-${++count}`;
      block.role = "tabpanel";
      block.ariaLabel = tab.textContent;
      tab.setAttribute("aria-controls", block.id);
      tab.onclick = () => {
        store(LANGUAGE, tab.textContent ?? "");
        choose(tab.textContent ?? "");
      };
      list.append(tab);
    }
    list.onkeydown = (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const tabs = /** @type {HTMLElement[]} */ ([...list.children]);
      const at = tabs.findIndex((tab) => tab.ariaSelected === "true");
      const next = tabs[(at + step + tabs.length) % tabs.length];
      next?.click();
      next?.focus();
    };
    const [first] = run;
    if (first) frameOf(first).before(list);
    choose(LABELS[languageOf(/** @type {HTMLElement} */ (first))] ?? "");
  };

  /** @type {(block: HTMLElement) => void} */
  const addCopy = (block) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    // The style sheet shows it: the block's text stays what it was.
    button.ariaLabel = "Copy";
    button.onclick = async () => {
      await navigator.clipboard.writeText(block.textContent ?? "");
      button.ariaLabel = "Copied";
      setTimeout(() => (button.ariaLabel = "Copy"), 2000);
    };
    block.append(button);
    block.dataset["copy"] = "";
  };

  const STRING = String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\])*'|\x60(?:\\.|[^\x60\\])*\x60`;
  const NUMBER = String.raw`(?<![\w.-])-?\d[\d_.]*(?![\w.])`;
  const WORDS =
    "import|from|export|const|let|new|await|async|for|of|in|if|else|elif|while|break|continue|try|catch|except|throw|raise|as|return|not|and|or|with|null|true|false|None|True|False|undefined|instanceof|type|using";
  /** What is coloured in a language: comments, strings, words and numbers. @type {(language: string) => RegExp | undefined} */
  const grammar = (language) => {
    const comment = { python: "#.*", sh: "(?<!\\S)#.*", shell: "(?<!\\S)#.*", json: "(?!)" }[language];
    if (!LABELS[language] && language !== "json") return undefined;
    const words = /^sh/.test(language) ? "export|npm|pip|npx|curl" : WORDS;
    return new RegExp(
      `(?<comment>${comment ?? "(?<!:)//.*"})|(?<string>${STRING})|(?<word>\\b(?:${words})\\b)|(?<number>${NUMBER})`,
      "g",
    );
  };

  /** Colours by ranges, which change nothing in the page's elements. @see https://www.w3.org/TR/css-highlight-api-1/ */
  const colour = (/** @type {HTMLElement[]} */ blocks) => {
    if (!("highlights" in CSS)) return;
    /** @type {Record<string, StaticRange[]>} */
    const found = { comment: [], string: [], word: [], number: [] };
    for (const block of blocks) {
      const pattern = grammar(languageOf(block));
      const node = (block.querySelector("code") ?? block).firstChild;
      if (!pattern || node?.nodeType !== Node.TEXT_NODE) continue;
      for (const match of (node.textContent ?? "").matchAll(pattern)) {
        const [kind] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? [];
        const range = { startContainer: node, endContainer: node, startOffset: match.index };
        found[kind ?? ""]?.push(new StaticRange({ ...range, endOffset: match.index + match[0].length }));
      }
    }
    for (const [kind, ranges] of Object.entries(found))
      CSS.highlights.set(`code-${kind}`, new Highlight(...ranges));
  };

  /** @type {WeakSet<HTMLElement>} */
  const done = new WeakSet();
  const update = () => {
    const blocks = /** @type {HTMLElement[]} */ ([
      ...document.querySelectorAll("main pre:not([data-testid])"),
    ]);
    const added = blocks.filter((block) => !done.has(block));
    if (added.length === 0) return;
    for (const block of added) done.add(block);
    colour(blocks);
    for (const run of runsOf(blocks)) if (run.some((block) => added.includes(block))) addTabs(run);
    const language = stored(LANGUAGE);
    if (language) choose(language);
    // Some browsers keep the clipboard from pages; there are no buttons then.
    if (navigator.clipboard) for (const block of added) addCopy(block);
  };

  addEventListener("DOMContentLoaded", () => {
    update();
    // Redoc draws parts of the page anew whenever the reader moves.
    new MutationObserver(update).observe(document.body, { subtree: true, childList: true });
  });
}

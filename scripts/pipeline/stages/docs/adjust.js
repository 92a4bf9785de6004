// @ts-check
/*
 * Runs in the page beside Redoc's script and adjusts Redoc's markup for readers with a keyboard or a screen reader, and
 * the title of the page. Redoc has no option for any of it. Every adjustment can be repeated: Redoc draws parts of the
 * page anew whenever the reader moves, and they are adjusted again.
 */
{
  /** @type {(selector: string) => HTMLElement[]} */
  const all = (selector) =>
    [...document.querySelectorAll(selector)].filter((found) => found instanceof HTMLElement);

  /** Sets an attribute only where it changes something, so that no adjustment causes the next. @type {(element: Element, name: string, value: string) => void} */
  const set = (element, name, value) => {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  };

  /** The sidebar is a landmark, the search a dialog. */
  const landmarks = () => {
    for (const menu of all(".menu-content")) {
      set(menu, "role", "navigation");
      set(menu, "aria-label", "Reference");
    }
    for (const dialog of all('[data-testid="search-dialog"]')) {
      set(dialog, "role", "dialog");
      set(dialog, "aria-modal", "true");
      set(dialog, "aria-label", "Search");
    }
  };

  /**
   * Headings begin at level 1 and skip none: a page that is opened at an operation has no `h1`, because the
   * introduction is not drawn, and an operation's `h2` is followed by an `h4`. Their looks do not change.
   */
  const headings = () => {
    /** @type {number[]} */
    const open = [];
    for (const heading of all("main :is(h1, h2, h3, h4, h5, h6)")) {
      const level = Number(heading.tagName.slice(1));
      while ((open.at(-1) ?? 0) >= level) open.pop();
      open.push(level);
      set(heading, "aria-level", String(open.length));
    }
  };

  /** A button's name has the words that stand on it, so that who speaks to the browser can say what he sees. */
  const labels = () => {
    for (const button of all("button[aria-label][aria-haspopup]")) {
      const [purpose = ""] = (button.ariaLabel ?? "").split(": ");
      const text = (button.textContent ?? "").trim();
      if (text) set(button, "aria-label", `${purpose}: ${text}`);
    }
    for (const button of all('[data-component-name="Search/SearchInput"] button'))
      set(button, "aria-label", "Clear");
    for (const button of all('[data-testid="color-mode-switcher"]'))
      set(button, "aria-label", `Colors: ${(button.ariaLabel ?? "").replace("Colors: ", "")}`);
  };

  /** What can be clicked can be reached by Tab and pressed by Enter or Space. */
  const controls = () => {
    const icons = { HorizontalView: "Samples below", VerticalView: "Samples beside" };
    for (const trigger of all('[data-testid="search-trigger"]')) press(trigger);
    for (const [icon, name] of Object.entries(icons)) {
      for (const picture of document.querySelectorAll(`[data-component-name^="icons/${icon}Icon"]`)) {
        const toggle = picture.parentElement;
        if (!toggle) continue;
        press(toggle);
        set(toggle, "aria-label", name);
      }
    }
  };

  /** @type {(element: HTMLElement) => void} */
  const press = (element) => {
    set(element, "role", "button");
    set(element, "tabindex", "0");
    element.onkeydown = (event) => {
      if (event.target !== element || !["Enter", " "].includes(event.key)) return;
      event.preventDefault();
      element.click();
    };
  };

  /**
   * A cell of a table's head that holds nothing names nothing: it is a cell like others. Cells bear the name of their
   * column, for phones: see `tables.css`.
   */
  const tables = () => {
    for (const cell of all("main th")) if (!cell.textContent?.trim()) set(cell, "role", "cell");
    for (const table of document.querySelectorAll("main table")) {
      const columns = [...table.querySelectorAll("th")].map((cell) => cell.textContent?.trim() ?? "");
      for (const [at, column] of columns.entries())
        if (at > 0 && column && column !== "Description")
          for (const cell of table.querySelectorAll(`td:nth-child(${at + 1})`))
            set(cell, "data-column", column);
    }
  };

  /** Names parts for `layout.css`. Redoc may use an element for another part later. @type {(name: string, parts: (Element | null | undefined)[]) => void} */
  const mark = (name, parts) => {
    for (const named of all(`[data-part="${name}"]`))
      if (!parts.includes(named)) named.removeAttribute("data-part");
    for (const part of parts) if (part) set(part, "data-part", name);
  };
  const parts = () => {
    const headers = all('[id*="/response&c="][id$="/headers"]').map((title) => title.parentElement);
    mark("headers", headers);
    mark(
      "response",
      headers.map((block) => block?.parentElement),
    );
    const panels = all('[data-item-kind="httpItem"] [data-testid="right-panel"]');
    mark(
      "panels",
      panels.map((panel) => panel.parentElement),
    );
    const choices = all('[data-testid="schema-enum-values"] + [data-section-id="switcher"]');
    const values = choices.map(({ nextElementSibling: next }) =>
      /^Value:/.test(next?.textContent ?? "") ? next : null,
    );
    mark("repeated", [...choices.map((choice) => choice.previousElementSibling), ...values]);
  };

  /** A long table of a field's values scrolls in a box, so that the next field is in reach. */
  const longTables = () => {
    const boxes = all(".schema-property-item > div > table")
      .filter((table) => table.querySelectorAll("tr").length > 9)
      .map((table) => table.parentElement);
    mark("values", boxes);
    for (const box of boxes) {
      if (!box) continue;
      const field = box.parentElement?.querySelector(".schema-name")?.textContent ?? "";
      set(box, "role", "region");
      set(box, "aria-label", `Values of ${field}`);
      set(box, "tabindex", "0");
    }
  };

  const site = document.title;
  /** The title names the entry of the sidebar that the reader is at. */
  const title = () => {
    const [entry] = all('.menu-content [data-active="true"] [data-text]');
    const name = entry?.dataset["text"];
    const wanted = name && /^#\/./.test(location.hash) ? `${name} - ${site}` : site;
    if (document.title !== wanted) document.title = wanted;
  };

  const part = /^#\/section\//.test(location.hash) ? location.hash : undefined;
  let marked = false;
  /**
   * Opened at a part of the introduction, the sidebar would go on marking the introduction, as it does in the HTML that
   * Redoc's script takes over. A turn to the introduction and back sets that right.
   */
  const markPart = () => {
    const [search] = all('[data-testid="search-trigger"]');
    if (!part || marked || !/^Search/.test(search?.textContent ?? "")) return;
    marked = true;
    location.replace("#/");
    requestAnimationFrame(() => requestAnimationFrame(() => location.replace(part)));
  };

  /** The first stop of the keyboard leads past the sidebar. */
  const skip = document.createElement("a");
  skip.className = "skip";
  skip.href = "#api-content";
  skip.textContent = "Skip to the text";
  skip.onclick = (event) => {
    // The hash is Redoc's route.
    event.preventDefault();
    const [content] = all("main");
    if (!content) return;
    content.tabIndex = -1;
    content.focus();
  };
  document.body.prepend(skip);

  const adjust = () => {
    landmarks();
    headings();
    labels();
    controls();
    tables();
    parts();
    longTables();
    markPart();
    title();
  };
  adjust();
  // Once a frame: Redoc changes the page many times while it draws it.
  let due = false;
  const later = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      adjust();
    });
  };
  new MutationObserver(later).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ["aria-label", "data-active"],
  });
}

// @ts-check
/*
 * Runs in every page: puts a button into each block of code in a text, which copies it. Redoc's own blocks, which
 * have a test ID, have one already. Where the browser keeps the clipboard from pages, there are no buttons.
 */
if (navigator.clipboard) {
  const add = () => {
    for (const block of document.querySelectorAll("main pre:not([data-testid])")) {
      if (block.querySelector(".copy")) continue;
      const button = document.createElement("button");
      button.className = "copy";
      // The style sheet shows it: the block's text stays what it was.
      button.ariaLabel = "Copy";
      button.onclick = async () => {
        await navigator.clipboard.writeText(block.textContent ?? "");
        button.ariaLabel = "Copied";
        setTimeout(() => (button.ariaLabel = "Copy"), 2000);
      };
      block.append(button);
    }
  };
  add();
  // Redoc draws parts of the page anew whenever the reader moves.
  new MutationObserver(add).observe(document.body, { subtree: true, childList: true });
}

// @ts-check
/*
 * "Run" beside the sample of each operation, in Redoc's page and on the plain ones: a dialog that sends a request and shows the answer as it arrives. The
 * build puts `TRY_IT` before this script. The reader's token stays in this page's memory: it is never stored.
 */
{
  /** @typedef {{ name: string, in: string, required: boolean, value: string }} Parameter */
  /** @typedef {{ title: string, method: string, path: string, parameters: Parameter[], examples: Record<string, string>, mediaType: string | null }} Operation */
  /** @type {{ server: string, token: string | null, variable: string, shownServer: string, operations: Record<string, Operation> }} */
  const config = /** @type {any} */ (globalThis)["TRY_IT"];

  /** Longer answers are cut off in the page. In characters. */
  const MOST_SHOWN = 500_000;

  /** The token that the reader typed; the mock takes any. */
  let token = config.token ?? "";

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag
   * @param {Record<string, unknown>} members
   * @param {(Node | string)[]} children
   * @returns {HTMLElementTagNameMap[T]}
   */
  const element = (tag, members = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), members);
    made.append(...children);
    return made;
  };

  /** @type {(text: string, field: HTMLElement) => HTMLElement} */
  const labelled = (text, field) => element("label", {}, text, field);

  /** @type {(operation: Operation, chosen: string) => void} */
  const open = (operation, chosen) => {
    const names = Object.keys(operation.examples);
    const body = element("textarea", { rows: 10, spellcheck: false });
    const example = element("select", {}, ...names.map((name) => element("option", {}, name)));
    example.onchange = () => (body.value = operation.examples[example.value] ?? "");
    if (names.includes(chosen)) example.value = chosen;
    body.value = operation.examples[example.value] ?? "";

    const parameters = operation.parameters.map((parameter) => ({
      ...parameter,
      field: element("input", { value: parameter.value, required: parameter.required, spellcheck: false }),
    }));
    const key = element("input", { type: "password", autocomplete: "off", value: token, required: true });

    const send = element("button", { className: "primary" }, "Send");
    const stop = element("button", { type: "button", disabled: true }, "Stop");
    const copy = element("button", { type: "button" }, "Copy as curl");
    const close = element("button", { type: "button", className: "close", ariaLabel: "Close" }, "×");
    const status = element("p", { role: "status" });
    const output = element("pre", { tabIndex: 0, ariaLabel: "Answer", hidden: true });

    const address = () => {
      const query = new URLSearchParams();
      let path = operation.path;
      for (const { name, in: place, field } of parameters) {
        if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(field.value));
        else if (place === "query" && field.value !== "") query.append(name, field.value);
      }
      return path + (query.size > 0 ? `?${query}` : "");
    };
    /** @type {(secret: string) => Record<string, string>} */
    const headers = (secret) => ({
      Authorization: `Bearer ${secret}`,
      ...(operation.mediaType && { "Content-Type": operation.mediaType }),
      ...Object.fromEntries(
        parameters
          .filter(({ in: place, field }) => place === "header" && field.value)
          .map(({ name, field }) => [name, field.value]),
      ),
    });

    /** @type {AbortController | undefined} */
    let running;
    const run = async () => {
      if (config.token === null) token = key.value;
      running?.abort();
      const own = new AbortController();
      running = own;
      const started = performance.now();
      const report = (/** @type {string} */ text) =>
        (status.textContent = `${text}, ${Math.round(performance.now() - started)} ms`);
      status.textContent = "Waiting for the answer …";
      output.hidden = false;
      output.textContent = "";
      stop.disabled = false;
      try {
        const response = await fetch(config.server + address(), {
          method: operation.method,
          headers: headers(token),
          signal: own.signal,
          ...(operation.mediaType && { body: body.value }),
        });
        const line = `${response.status} ${response.statusText}`.trim();
        report(line);
        await show(response, output, own);
        report(line);
      } catch (error) {
        if (own !== running) return;
        if (own.signal.aborted) report("Stopped");
        else
          status.textContent = `The request failed (${error instanceof Error ? error.message : error}). Check the connection.`;
      } finally {
        if (own === running) stop.disabled = true;
      }
    };

    copy.onclick = async () => {
      /** @type {(text: string) => string} */
      const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
      const lines = [
        `curl -X ${operation.method} ${quoted(config.shownServer + address())}`,
        `-H "Authorization: Bearer $${config.variable}"`,
        ...Object.entries(headers(""))
          .slice(1)
          .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
        ...(operation.mediaType ? [`-d ${quoted(body.value)}`] : []),
      ];
      await navigator.clipboard.writeText(lines.join(" \\\n  "));
      copy.textContent = "Copied";
      setTimeout(() => (copy.textContent = "Copy as curl"), 2000);
    };
    copy.hidden = !navigator.clipboard;
    stop.onclick = () => running?.abort();

    const title = element("h2", { id: "try-it-title" }, operation.title);
    const form = element(
      "form",
      {
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          run();
        },
      },
      ...parameters.map(({ name, field }) => labelled(name, field)),
      ...(names.length > 1 ? [labelled("Example", example)] : []),
      ...(operation.mediaType ? [labelled(`Body (${operation.mediaType})`, body)] : []),
      ...(config.token === null
        ? [
            labelled("Token", key),
            element("p", {}, `Sent only to ${config.shownServer}, and forgotten when you leave this page.`),
          ]
        : []),
      element("div", { className: "actions" }, send, stop, copy),
    );
    form.onkeydown = (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    };
    const where = config.token === null ? config.shownServer : "the mock on this server";
    const dialog = element(
      "dialog",
      { className: "try-it" },
      element("header", {}, title, close),
      element("p", {}, element("code", {}, `${operation.method} ${operation.path}`), ` at ${where}`),
      form,
      status,
      output,
    );
    dialog.setAttribute("aria-labelledby", title.id);
    close.onclick = () => dialog.close();
    dialog.onclose = () => {
      running?.abort();
      dialog.remove();
    };
    document.body.append(dialog);
    dialog.showModal();
    send.focus();
  };

  /** Shows an answer as it arrives, whole JSON with line breaks. @type {(response: Response, output: HTMLElement, running: AbortController) => Promise<void>} */
  const show = async (response, output, running) => {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: "" };
      if (done) break;
      text += value;
      output.append(value);
      output.scrollTop = output.scrollHeight;
      if (text.length > MOST_SHOWN) {
        output.append("\n\nThe rest of the answer is not shown.");
        running.abort();
        return;
      }
    }
    if (!/json/.test(response.headers.get("content-type") ?? "")) return;
    try {
      output.textContent = JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      // It says that it is JSON and is not: shown as it came.
    }
  };

  /** @type {(route: string | null | undefined, chosen: () => string[]) => HTMLElement | undefined} */
  const buttonFor = (route, chosen) => {
    const operation = config.operations[route ?? ""];
    if (!operation) return undefined;
    const button = element("button", { type: "button", className: "run" }, "Run");
    button.onclick = () => open(operation, chosen().find((name) => name in operation.examples) ?? "");
    return button;
  };

  /** Redoc draws samples anew whenever the reader moves. */
  const addToPanels = () => {
    for (const panel of document.querySelectorAll(".panel-request-samples")) {
      if (panel.querySelector(":scope > .run")) continue;
      // Its menus show what the reader has chosen: a language, and an example by its name.
      const names = () =>
        [...panel.querySelectorAll('[aria-haspopup="menu"]')].map((menu) => menu.textContent?.trim() ?? "");
      const route = panel.closest("[data-section-id]")?.getAttribute("data-section-id");
      const button = buttonFor(route, () => names());
      if (button) panel.append(button);
    }
  };

  /** After the last of a plain page's samples, which are the first blocks of code on it. */
  const addToPage = () => {
    const main = document.querySelector("main");
    const button = buttonFor(main?.dataset["route"], () => []);
    let sample = main?.querySelector(":scope > pre");
    while (sample?.nextElementSibling?.matches("pre")) sample = sample.nextElementSibling;
    if (button) (sample ?? main?.querySelector("h1"))?.after(button);
  };

  addToPage();
  addToPanels();
  new MutationObserver(addToPanels).observe(document.body, { subtree: true, childList: true });
}

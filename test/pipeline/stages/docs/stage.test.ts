import { beforeAll, describe, expect, test } from "vitest";
import type { Document, SchemaObject } from "../../../../scripts/document/model.ts";
import type { Files } from "../../../../scripts/pipeline/read/contract.ts";
import { bundle } from "../../../../scripts/pipeline/stages/bundle.ts";
import { markdownReference } from "../../../../scripts/pipeline/stages/docs/markdown/reference.ts";
import { limits } from "../../../../scripts/pipeline/stages/docs/markdown/schemas.ts";
import { textPages } from "../../../../scripts/pipeline/stages/docs/pages.ts";
import { docs } from "../../../../scripts/pipeline/stages/docs/stage.ts";
import { docsView, sampleLanguages } from "../../../../scripts/pipeline/stages/docs/view.ts";
import { at } from "../../../../scripts/shared/pointer.ts";
import { contractOf, fixture } from "./fixture.ts";

describe("the stage", () => {
  let files: Files;
  const text = (name: string) => String(files.get(`docs/${name}`));

  /** The same with all that a document, a changelog and a publisher can add. */
  const SITE = "https://docs.example.com/pets/";
  let published: Files;
  beforeAll(async () => {
    files = await docs(contractOf(fixture()));
    const document = { ...fixture(), servers: [{ url: "https://api.example.com/base" }] };
    document.info.summary = "In short.";
    const table = "| Pet | Since | |\n| --- | --- | --- |\n| Cats | 1.0.0 | purr |";
    const changelog = {
      text: `# Changelog\n\nAll new.\n\n${table}`,
      dates: new Map([["1.0.0", "2026-01-31"]]),
    };
    published = await docs({ ...contractOf(document), changelog }, { site: SITE, tryIt: true });
  });
  const publishedText = (name: string) => String(published.get(`docs/${name}`));

  test("names the columns of tables for phones, where cells stand below each other", () => {
    const cells = ["<td>Cats</td>", '<td data-column="Since">1.0.0</td>', "<td>purr</td>"];
    expect(publishedText("changelog.html")).toContain(`<tr>\n${cells.join("\n")}\n</tr>`);
    expect(text("operations/watchPets.html")).toMatch(
      /<table class="fields">\n<thead>\n<tr>\n<th>Field<\/th>/,
    );
  });

  test("makes the same bytes each time, and leaves the contract as it was given", async () => {
    const contract = contractOf(fixture());
    expect(await docs(contract)).toEqual(files);
    expect(contract.document).toEqual(fixture());
  });

  test("puts beside the page the contract as the stage bundle writes it", async () => {
    const bundled = await bundle(contractOf(fixture()));
    expect(bundled.size).toBeGreaterThan(0);
    for (const [name, content] of bundled) expect(text(name)).toBe(content);
  });

  test("draws a picture for link previews of the size that the page says", () => {
    const picture = Buffer.from(files.get("docs/preview.png")!);
    expect(picture.subarray(1, 4).toString()).toBe("PNG");
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630]);
    for (const size of ['width" content="1200"', 'height" content="630"'])
      expect(text("index.html")).toContain(`<meta property="og:image:${size}>`);
    // Text is drawn: a picture of one colour is a tenth of that.
    expect(picture.length).toBeGreaterThan(20_000);
  });

  test("has the description, the version and the addresses that document, changelog and caller give", () => {
    expect(text("index.html")).toContain(
      `<meta name="description" content="First &quot;words&quot; &lt;/title>&lt;b>bold&lt;/b>.">`,
    );
    expect(text("reference.html")).toContain("<footer>Version 1.0.0</footer>");
    expect(files.has("docs/changelog.html")).toBe(false);
    const page = "operations/watchPets.html";
    expect(text(page)).toContain('<meta property="og:image" content="../preview.png">');
    expect(text(page)).not.toContain("canonical");

    expect(publishedText("index.html")).toContain(`<meta name="description" content="In short.">`);
    expect(publishedText("reference.html")).toContain("<footer>Version 1.0.0, 2026-01-31</footer>");
    expect(publishedText("changelog.html")).toContain("All new.");
    expect(publishedText("index.html")).toContain(`<link rel="canonical" href="${SITE}">`);
    expect(publishedText(page)).toContain(`<link rel="canonical" href="${SITE}${page}">`);
    expect(publishedText(page)).toContain(`<meta property="og:image" content="${SITE}preview.png">`);
  });

  test("has a map, linked data and whole links for search engines and programs, if its address is known", () => {
    for (const name of ["sitemap.xml", "robots.txt"]) expect(files.has(`docs/${name}`)).toBe(false);
    const page = `${SITE}operations/watchPets.html`;
    expect(publishedText("sitemap.xml")).toContain(`<loc>${page}</loc>`);
    expect(publishedText("robots.txt")).toContain(`Sitemap: ${SITE}sitemap.xml`);
    expect(publishedText("llms.txt")).toContain(`](${SITE}operations/watchPets.md): `);
    const [, json = ""] =
      /<script type="application\/ld\+json">(.*?)<\/script>/.exec(
        publishedText("operations/watchPets.html"),
      ) ?? [];
    expect(JSON.parse(json)).toMatchObject([
      { "@type": "TechArticle", headline: "Watch pets", url: page },
      { "@type": "BreadcrumbList" },
    ]);
  });

  test("has a page for missing addresses, whose links work under any of them", () => {
    expect(text("404.html")).toContain('<a href="operations/watchPets.html">');
    const built = publishedText("404.html");
    expect(built).toContain(`<a href="${SITE}operations/watchPets.html">`);
    expect(built).toContain('<meta name="robots" content="noindex">');
    expect(built).not.toMatch(/<a href="(?!https?:|#)/);
  });

  test("keeps markup in the texts of a document as text", () => {
    const html = text("reference.html");
    expect(html).toContain("&lt;/title>&lt;/style>&lt;script>");
    expect(html).not.toMatch(/<script>document|<b>/);
  });

  test("names no foreign address from which anything would be loaded", () => {
    expect(text("index.html")).not.toMatch(/cdn\.redoc\.ly|cdn\.example\.com/);
  });

  test("lets in no script but by its hash", () => {
    const [, policy = ""] =
      /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text("index.html")) ?? [];
    const directives = Object.fromEntries(
      policy.split("; ").map((directive): [string, string[]] => {
        const [name = "", ...sources] = directive.split(" ");
        return [name, sources];
      }),
    );
    expect(directives["default-src"]).toEqual(["'none'"]);
    expect(directives["connect-src"]).toEqual(["'none'"]);
    for (const source of directives["script-src"] ?? []) expect(source).toMatch(/^'sha256-/);
    for (const source of Object.values(directives).flat()) expect(source).not.toMatch(/^(https?:|\*|'self')/);
  });

  test("lets readers send requests only if the publisher asks, and then to the API alone", () => {
    expect(text("index.html")).not.toContain("TRY_IT");
    expect(text("index.html")).toContain("connect-src 'none'");
    for (const name of ["index.html", "operations/watchPets.html"]) {
      const page = publishedText(name);
      expect(page).toMatch(/connect-src https:\/\/api\.example\.com[;"]/);
      expect(page).toContain('globalThis.TRY_IT = {"server":"https://api.example.com/base","token":null');
      // A token that a reader types is nowhere stored.
      expect(page.slice(page.indexOf("TRY_IT"))).not.toMatch(/localStorage|sessionStorage|cookie/);
    }
    expect(publishedText("reference.html")).not.toContain("TRY_IT");
  });

  test("passes on what Redocly says of a document that it cannot render", async () => {
    const broken = { ...fixture(), openapi: "4.0.0" };
    await expect(docs(contractOf(broken))).rejects.toThrow(/^Unsupported OpenAPI version: 4\.0\.0/);
  });
});

describe("the view", () => {
  const stream = (document: Document) =>
    at(document, "/components/responses/Pets/content/text~1event-stream");

  test("describes the events of a stream in terms of OpenAPI 3.2", () => {
    const view = docsView(fixture());
    expect(view.openapi).toBe("3.2.0");
    expect(stream(view)).toEqual({
      itemSchema: {
        title: "Event",
        type: "object",
        required: ["data"],
        properties: { data: { $ref: "#/components/schemas/Pet" } },
      },
    });
    expect(at(view, "/components/responses/Pets/description")).toContain("Ends with `[DONE]`.");
  });

  test("lists each kind of sample once, in order", () => {
    const document = fixture();
    const operation = document.paths!["/pets"]!.get!;
    const sample = (lang: string, label?: string) => ({ lang, ...(label && { label }), source: "" });
    operation["x-codeSamples"] = [
      sample("Shell", "curl"),
      sample("Python"),
      sample("Shell", "curl, streamed"),
    ];
    document.paths!["/pets/1"] = { get: { ...operation, "x-codeSamples": [sample("Python"), sample("Go")] } };
    expect(sampleLanguages(document).map(({ label }) => label)).toEqual([
      "curl",
      "Python",
      "curl, streamed",
      "Go",
      "Payload",
    ]);
  });

  test("takes no other text with content for a stream", () => {
    const document = fixture();
    const response = (of: Document) =>
      at(of, "/components/responses/Pets/content") as Record<string, unknown>;
    response(document)["text/plain"] = structuredClone(response(document)["text/event-stream"]);
    expect(response(docsView(document))["text/plain"]).toEqual(response(document)["text/plain"]);
  });

  test("leaves the version and the streams of other documents alone", () => {
    const document = { ...fixture(), openapi: "3.0.4" };
    const view = docsView(document);
    expect(view.openapi).toBe("3.0.4");
    expect(stream(view)).toEqual(stream(document));
  });
});

test.each<[SchemaObject, string]>([
  [{ minLength: 1 }, "not empty"],
  [{ maxLength: 1 }, "at most 1 character"],
  [{ minItems: 1, maxItems: 1 }, "exactly 1 item"],
  [{ minItems: 0, maxItems: 2, uniqueItems: true }, "0 to 2 items, no item twice"],
  [{ maxProperties: 1 }, "at most 1 property"],
  [{ minimum: 0, exclusiveMaximum: 1 }, "at least 0, less than 1"],
])("limits are in words: %j", (schema, words) => {
  expect(limits(schema)).toBe(` (${words})`);
});

describe("the Markdown reference", () => {
  const markdown = markdownReference(fixture());

  test.each([
    ["operations under their tag", "## Pets\n\n### Watch pets\n\n`GET /pets`\n"],
    [
      "headings of a description below its operation's, code untouched",
      "#### Watching\n\n```sh\n# no heading\n```",
    ],
    ["parameters, cells escaped", "| `kind` | query | string | Which \\| kind. |"],
    ["what a response is made of", "- `application/json`: array of [Pet](#pet)"],
    [
      "what a stream's events are",
      "- `text/event-stream`: server-sent events, the data of each: [Pet](#pet)",
    ],
    ["samples", "```shell\ncurl https://example.com/pets </script>\n```"],
    ["schemas", "### Pet\n\nOne pet.\n\n| Field | Type | Description |"],
    [
      "limits and defaults",
      "| `name` (required) | string or null (not empty) | What it answers to. Default: `Rex`. |",
    ],
    ["values and their meaning", "| `kind` | `cat`, `dog` | `cat`: Purrs. `dog`: Barks. |"],
    ["fields of items", "| `owners[].since` | integer |"],
    ["fields of any name", "| `tags.*.note` | anything |"],
    ["alternatives", "| `friend` | [Pet](#pet) or null |"],
    ["the description of a named schema", "| `mother` | [Pet](#pet) | One pet. |"],
  ])("has %s", (_, expected) => {
    expect(markdown).toContain(expected);
  });
});

describe("an operation's page", () => {
  const pageOf = (document: Document) => textPages(contractOf(document), [])[0]!.text;

  test("has the schemas that the operation leads to, and no others", () => {
    const document = fixture();
    document.components!["schemas"]!["Tool"] = { description: "Not used." };
    const text = pageOf(document);
    expect(text).toContain("[Pet](#pet)");
    expect(text).toContain("### Pet\n");
    expect(text).not.toContain("### Tool\n");
  });

  test("has the fields, defaults and meanings of parameters and bodies whose schemas have no names", () => {
    const kind = { enum: ["cat"], default: "cat", "x-enumDescriptions": { cat: "A cat." } };
    const document = fixture();
    const { get } = document.paths!["/pets"]!;
    get!.parameters = [
      { name: "kinds", in: "query", schema: { type: "array", items: kind } },
      {
        name: "filter",
        in: "query",
        description: "Which.",
        schema: { type: "object", properties: { kind } },
      },
    ];
    get!.requestBody = {
      content: {
        "application/json": { schema: { type: "object", required: ["kind"], properties: { kind } } },
      },
    };
    const text = pageOf(document);
    expect(text).toContain("| `kinds` | query | array of `cat` | `cat`: A cat. |");
    expect(text).toContain("| `filter` | query | object | Which. |");
    expect(text).toContain("| `filter.kind` | query | `cat` | Default: `cat`. `cat`: A cat. |");
    expect(text).toContain("| `kind` (required) | `cat` | Default: `cat`. `cat`: A cat. |");
    const values = textPages(contractOf(document), []).find(({ kind }) => kind === "values")!.text;
    for (const path of ["watchPets.kinds[]", "watchPets.filter.kind", "watchPets.kind"])
      expect(values).toContain(`### ${path}\n`);
  });

  test("leaves them to the whole reference when there are very many", () => {
    const document = fixture();
    const schemas = document.components!["schemas"] as Record<string, SchemaObject>;
    const names = Array.from({ length: 200 }, (_, index) => `Toy${index}`);
    schemas["Pet"]!.properties!["toys"] = {
      anyOf: names.map((name) => ({ $ref: `#/components/schemas/${name}` })),
    };
    for (const name of names) schemas[name] = { type: "string" };
    const text = pageOf(document);
    expect(text).toContain("[Pet](reference.md#pet)");
    expect(text).not.toContain("### Pet\n");
  });
});

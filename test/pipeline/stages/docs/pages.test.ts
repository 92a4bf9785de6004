/** The pages of text of documents that others wrote. */
import { expect, it } from "vitest";
import { readContract } from "../../../../scripts/pipeline/read/contract.ts";
import { article } from "../../../../scripts/pipeline/stages/docs/article.ts";
import { type TextPage, textPages } from "../../../../scripts/pipeline/stages/docs/pages.ts";
import { folder, HEAD } from "../../fixture.ts";

async function pagesOf(document: string): Promise<TextPage[]> {
  const at = await folder({ "api.yaml": HEAD + document });
  return textPages(await readContract(`${at}/api.yaml`), []).filter(({ kind }) => kind === "operation");
}

function html(page: TextPage, pages = [page]): string {
  const frame = { name: "Pets", icon: "data:,", scripts: [], edition: "", pages };
  return article(page, { ...frame, style: () => "", route: () => "index.html" });
}

const DONE = 'responses: {"200": {description: Done.}}';

it("gives each operation a page, also one without an ID that can be the name of a file", async () => {
  const pages = await pagesOf(`paths:
  /ships: {get: {summary: List, ${DONE}}}
  /ships/{id}: {get: {operationId: ships/get, ${DONE}}, put: {operationId: putShip, ${DONE}}}
  /порты: {get: {${DONE}}}
  /суда: {get: {${DONE}}}
`);
  expect(pages.map(({ path }) => path)).toEqual([
    "operations/get-ships",
    "operations/get-ships-id",
    "operations/putShip",
    "operations/get",
    "operations/get-2",
  ]);
});

it("links schemas whose names have dots to their sections", async () => {
  const [page] = await pagesOf(`paths:
  /pets: {get: {operationId: list, responses: {"200": {description: Done., content: {application/json: {schema: {$ref: "#/components/schemas/pet.v1.Größe"}}}}}}}
components: {schemas: {pet.v1.Größe: {type: object, properties: {name: {type: string}}}}}
`);
  const text = html(page as TextPage);
  expect(text).toContain('href="#petv1gr%C3%B6%C3%9Fe"');
  expect(text).toContain('id="petv1größe"');
});

it("leaves the text alone of a link that could run something", async () => {
  const description =
    "See [one](javascript:alert%281%29), [two](data:text/html,x) and [three](https://a.test).";
  const [page] = await pagesOf(
    `paths: {/pets: {get: {operationId: list, description: "${description}", ${DONE}}}}\n`,
  );
  expect(html(page as TextPage)).toContain('See one, two and <a href="https://a.test">three</a>.');
});

it("lists all operations beside each, or those of its tag where there are more than 200, or itself alone, with a link to all", () => {
  const page = (index: number, tag: string): TextPage => ({
    kind: "operation",
    path: `operations/o${index}`,
    title: "",
    tag,
    summary: "",
    text: "",
  });
  const linksWith = (count: number, tagged: number) => {
    const pages = Array.from({ length: count }, (_, index) =>
      page(index, index < tagged ? "Ships" : "Ports"),
    );
    const text = html(pages[0] as TextPage, pages);
    const listed = new Set(text.match(/(?<=href=")o\d+\.html/g)).size;
    return [listed, />(All \d+)<\/a>/.exec(text)?.[1]];
  };
  expect(linksWith(200, 3)).toEqual([200, undefined]);
  expect(linksWith(300, 3)).toEqual([3, "All 300"]);
  expect(linksWith(300, 250)).toEqual([1, "All 300"]);
});

it("shows as it is written what the parser of Markdown cannot follow", async () => {
  const [page] = await pagesOf(
    `paths: {/pets: {get: {operationId: list, description: "${"> ".repeat(40_000)}x", ${DONE}}}}\n`,
  );
  expect(html(page as TextPage)).toContain(`<pre># list`);
});

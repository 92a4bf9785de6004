/** The examples of README.md work as they stand, and what it names exists. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { parse } from "yaml";
import { startMock } from "../../scripts/mock/index.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const readme = await readFile(`${root}README.md`, "utf8");
const manifest = JSON.parse(await readFile(`${root}package.json`, "utf8"));

function blocks(language: string): string[] {
  const found = readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"));
  return [...found].map(([, code = ""]) => code);
}

describe("README.md", () => {
  it("has at most 300 lines, and shows a result in the first 20", () => {
    const lines = readme.split("\n");
    expect(lines.length).toBeLessThanOrEqual(300);
    expect(lines.slice(0, 20).join("\n")).toContain("This is the mock of gpt-5.4. You said: Say hello.");
  });

  it("names only commands of package.json", () => {
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });

  it("links only to files of this repository", () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, file]) => file!);
    expect(links.filter((file) => !existsSync(root + file))).toEqual([]);
  });

  it("has an OpenAI client that prints what the comment below it says", async () => {
    const [code = ""] = blocks("js");
    await using mock = await startMock();
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    onTestFinished(() => write.mockRestore());
    await importCode("client.mjs", code.replace("http://127.0.0.1:4010/v1", mock.baseURL));
    const written = write.mock.calls.map(([text]) => text).join("");
    expect(written).toBe(/^\/\/ (This is .*)$/m.exec(code)?.[1]);
  });

  it("has a scenario that answers the request that it describes", async () => {
    const [text = ""] = blocks("yaml");
    const operation = /scenarios\/(\w+)\//.exec(text)?.[1];
    await using mock = await startMock({ scenarios: [{ operation, ...parse(text) }] });
    const response = await fetch(`${mock.baseURL}/chat/completions`, {
      method: "POST",
      headers: { authorization: "Bearer sk-test", "content-type": "application/json" },
      body: JSON.stringify({ model: "gpt-5.4", messages: [{ role: "user", content: "Is it warm?" }] }),
    });
    expect((await response.json()).choices[0].message.content).toBe("It is 18 °C.");
  });

  it("has a curl line for a fault, whose stream ends after three chunks", async () => {
    const [line = ""] = blocks("sh").filter((text) => text.includes("fault=cut:3"));
    const [curl = ""] = line.split("\nnpm ");
    await using mock = await startMock();
    const command = curl.replace("http://127.0.0.1:4010/v1", mock.baseURL);
    const { stdout } = await promisify(execFile)("sh", ["-c", `${command} --silent`]);
    expect(stdout.match(/^data: /gm)).toHaveLength(3);
    expect(stdout).not.toContain("[DONE]");
  });

  describe("has a test that passes", async () => {
    const [code = ""] = blocks("ts").filter((text) => text.includes("startMock"));
    // Here its tests become tests of this file: without them, this group would fail as an empty one.
    await importCode("test.ts", code.replace("@routescope/testing", `${root}scripts/package/testing.ts`));
  });
});

/** Runs code from a file in a new folder of this repository, where its packages are found. */
async function importCode(name: string, code: string): Promise<void> {
  const folder = `${root}.tmp/readme-${process.pid}`;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/${name}`, code);
  await import(`${folder}/${name}`).finally(() => rm(folder, { recursive: true }));
}

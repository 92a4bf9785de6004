import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { FAULTS } from "../../scripts/mock/faults/faults.ts";
import { SCENARIO_SCHEMA } from "../../scripts/mock/scenarios/form.ts";
import { ask, start } from "./support.ts";

/** The mock's guide, scripts/mock/README.md, is complete and its examples work. */
const guide = await readFile(new URL("../../scripts/mock/README.md", import.meta.url), "utf8");
const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, code = ""]) => code,
  );

describe("The guide of the mock", () => {
  it("lists every fault with its defaults, and no other", () => {
    const rows = [...guide.matchAll(/^\| `([a-z_0-9:]+)` \| (.+?) \| (.+?) \|$/gm)].map(
      ([, ...cells]) => cells,
    );
    expect(rows.filter(([name = ""]) => name.split(":")[0]! in FAULTS)).toEqual(
      Object.entries(FAULTS).map(([name, fault]) => [
        [name, ...Object.values(fault.arguments)].join(":"),
        fault.does,
        fault.incident,
      ]),
    );
  });

  it("names every member of a scenario", () => {
    const { properties } = SCENARIO_SCHEMA as { properties: object };
    const told = Object.keys(properties).filter((name) => !["summary", "description"].includes(name));
    for (const name of told) expect(guide).toContain(`\`${name}\``);
  });

  it("has scenarios that work", async () => {
    const scenarios = blocks("yaml").map((text) => ({
      operation: /scenarios\/(\w+)\//.exec(text)?.[1],
      ...parse(text),
    }));
    expect(scenarios).toHaveLength(3);
    await using mock = await start({ scenarios });
    const say = async (content: string) => {
      const answer = await ask(mock, { model: "gpt-5.4", messages: [{ role: "user", content }] });
      return (await answer.json()).choices[0].message;
    };
    expect((await say("What is the weather?")).content).toBe("It is 18 °C.");
    expect((await say("Please book a table.")).tool_calls[0].function.name).toBe("find_table");
    for (const status of [503, 503, 200]) {
      const messages = [{ role: "user", content: "This is flaky." }];
      expect((await ask(mock, { model: "gpt-5.4", messages })).status).toBe(status);
    }
  });
});

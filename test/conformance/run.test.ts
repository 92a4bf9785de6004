/** How cases are run, requests are sent and reports are written, each without the rest. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Case } from "../../scripts/conformance/cases/case.ts";
import { send } from "../../scripts/conformance/exchange.ts";
import { dryRun } from "../../scripts/conformance/index.ts";
import { formatReport } from "../../scripts/conformance/report/formats.ts";
import { type Report, runCases } from "../../scripts/conformance/run.ts";
import type { PoliteServer } from "../../scripts/conformance/server-under-test.ts";
import { contract } from "../openapi/validator.ts";

const one = (name: string, run: Case["run"], more: Partial<Case> = {}): Case => ({
  operation: "listPets",
  name,
  requests: 1,
  tokens: 0,
  run,
  ...more,
});
const run = (...cases: Case[]) =>
  runCases(cases, { requests: 0 } as PoliteServer, {
    concurrency: 4,
    signal: new AbortController().signal,
    curl: () => "curl",
  });

describe("a run", () => {
  test("counts what may be the model's will only where every try finds it", async () => {
    let tries = 0;
    const once = one("once", async (_, found) => void (tries++ === 0 && found.whim("/a", "No call.")), {
      tries: 3,
    });
    const always = one("always", async (_, found) => found.whim("/b", "No text."), { tries: 2 });
    const { findings, summary } = await run(once, always);
    expect(findings.map(({ message }) => message)).toEqual(["No text."]);
    expect(tries).toBe(2);
    expect(summary).toMatchObject({ passed: 1, breaks: 1 });
  });

  test("keeps what is wrong for certain, whatever a further try finds", async () => {
    let tries = 0;
    const both = one(
      "both",
      async (_, found) => {
        if (tries++ > 0) return;
        found.whim("/a", "No call.");
        found.break("/b", "No ID.");
      },
      { tries: 3 },
    );
    expect((await run(both)).findings.map(({ message }) => message)).toEqual(["No ID."]);
  });

  test("gives a case that measures time the server for itself", async () => {
    let [running, together] = [0, 0];
    const work = (alone: boolean) => async () => {
      running++;
      await setImmediate();
      together = Math.max(together, alone ? running : 0);
      running--;
    };
    const shared = Array.from({ length: 6 }, (_, index) => one(`shared ${index}`, work(false)));
    const timed = Array.from({ length: 3 }, (_, index) => one(`timed ${index}`, work(true), { alone: true }));
    const { summary } = await run(...shared, ...timed);
    expect(together).toBe(1);
    expect(summary.passed).toBe(9);
  });
});

describe("a request", () => {
  /** Sends one to a server that answers by writing these texts, and then ends or stays open. */
  async function answered(texts: Iterable<string | Buffer>, stays: boolean) {
    const server = createServer((_, response) => {
      for (const text of texts) response.write(text);
      if (!stays) response.end();
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return send(
      { method: "GET", path: "/" },
      {
        base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        apiKey: "sk",
        signal: new AbortController().signal,
        patience: { first: 60_000, next: 60_000 },
      },
    );
  }

  test("reads 16 MiB of an answer at most", async () => {
    const part = Buffer.alloc(1024 * 1024, "a");
    const { end, problem, text } = await answered(Array(18).fill(part), false);
    expect({ end, problem }).toEqual({ end: "cut", problem: "the answer has more than 16777216 bytes" });
    expect(text.length).toBeLessThan(18 * part.length);
  });

  test("waits a short time for the end of a stream after [DONE], and says that it stays open", async () => {
    expect(await answered(["data: {}\n\n", "data: [DONE]\n\n"], true)).toMatchObject({ end: "open" });
    expect(await answered(["data: {}\n\n", "data: [DONE]\n\n"], false)).toMatchObject({ end: "complete" });
  });
});

test("--only takes names in any case, and one with a slash is the whole name", () => {
  const names = (only: string) =>
    dryRun({ document: contract, only }).map((found) => `${found.operation}/${found.name}`);
  expect(names("LISTMODELS/the list").length).toBeGreaterThan(0);
  expect(names("LISTMODELS/THE LIST")).toEqual(names("listModels/the list"));
  expect(names("models/the list")).toEqual([]);
  expect(names("the list")).toEqual(expect.arrayContaining(names("listModels/the list")));
});

test("The unknown path is one that no path of the contract stands for", () => {
  const responses = { 200: { description: "OK" } };
  const document = {
    openapi: "3.1.1",
    info: { title: "Pets", version: "1" },
    paths: { "/{kind}": { get: { responses } }, "/{kind}/toys": { get: { responses } } },
  };
  const cases = dryRun({ document, only: "an unknown path" });
  expect(cases.map(({ operation }) => operation)).toEqual(["GET /{kind}/toys"]);
});

test("A report shows what a server sent as text: neither markup nor characters that XML does not have", () => {
  const finding = {
    kind: "break",
    operation: "listPets",
    case: "a <b>case</b>",
    pointer: "/a",
    message: "<script>x</script> & more\u0001",
    expected: "",
    actual: "<i>",
    curl: "curl 'a&b'",
  } as const;
  const report: Report = {
    summary: { requests: 1, passed: 0, breaks: 1, undocumented: 0, notes: 0, skipped: 0 },
    findings: [finding],
    cases: [{ operation: "listPets", name: finding.case, ms: 1, skipped: false, findings: [finding] }],
    unknown: [],
  };
  const html = formatReport(report, "html");
  expect(html).toContain("<p>&lt;script>x&lt;/script> &amp; more");
  expect(html).not.toMatch(/<script|<i>|<b>/);
  const junit = formatReport(report, "junit");
  expect(junit).toContain("&lt;script&gt;x&lt;/script&gt; &amp; more?");
  expect(junit).not.toContain("<script");
  expect(junit).not.toContain("\u0001");
});

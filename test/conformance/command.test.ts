import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { conformanceCommand } from "../../scripts/cli/conformance.ts";
import type { Finding } from "../../scripts/conformance/findings.ts";
import { operations } from "../../scripts/document/operations.ts";
import { type RunningMock, startMock } from "../../scripts/mock/index.ts";
import { inProcess } from "../cli/in-process.ts";
import { contract } from "../openapi/validator.ts";
import { type Change, type DeviatingServer, KEY, startDeviating } from "./deviating-server.ts";
import { completions } from "./deviations/changes.ts";

/** The command: what it prints, and how it ends. */
let mock: RunningMock;
beforeAll(async () => {
  vi.stubEnv("KEY", "sk-known-key");
  mock = await startMock({ document: contract, apiKeys: ["sk-known-key"], log: () => {} });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await mock.close();
});

const run = (...args: string[]) => inProcess(conformanceCommand, "--yes", ...args);
const KEYED = ["--api-key-env", "KEY"];
const onMock = (...args: string[]) => run("--base-url", mock.baseURL, ...KEYED, ...args);

/** The command as it is typed. */
function typed(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const cwd = fileURLToPath(new URL("../../", import.meta.url));
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      ["scripts/cli/routescope.ts", "conformance", ...args],
      { cwd },
      (_, stdout, stderr) => done({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

test("a run against the mock finds nothing, by few enough requests that it takes seconds", async () => {
  const { code, stdout } = await onMock("--format", "json");
  const { summary, findings } = JSON.parse(stdout);
  expect(findings).toEqual([]);
  const described = [...operations(contract)].length;
  expect(summary.requests).toBeLessThan(100 * described);
  expect(summary).toMatchObject({ breaks: 0, undocumented: 0, notes: 0, skipped: 0 });
  expect(code).toBe(0);
});

test("the command as it is typed prints its report, and what it will cost beside it", async () => {
  const { code, stdout, stderr } = await typed(
    ...["--base-url", mock.baseURL, ...KEYED, "--format", "json", "--only", "listModels/*"],
  );
  const { summary, findings } = JSON.parse(stdout);
  expect(findings).toEqual([]);
  expect(Object.keys(summary)).toEqual(["requests", "passed", "breaks", "undocumented", "notes", "skipped"]);
  expect(summary).toMatchObject({ breaks: 0, undocumented: 0, notes: 0, skipped: 0 });
  expect(code).toBe(0);
  expect(stderr).toMatch(/\d+ requests, at most \d+ tokens/);
});

test("a break ends with 1, and neither the report nor its command holds the key", async () => {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        object: "list",
        data: [{ id: "gpt-5.4" }],
        echo: request.headers.authorization?.length,
      }),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const { code, stdout } = await run(
    "--base-url",
    url,
    ...KEYED,
    "--format",
    "json",
    "--only",
    "createChatCompletion/documented*",
  );
  server.closeAllConnections();
  server.close();
  const [first] = JSON.parse(stdout).findings;
  expect(code).toBe(1);
  expect(Object.keys(first)).toEqual([
    "kind",
    "operation",
    "case",
    "pointer",
    "message",
    "expected",
    "actual",
    "curl",
  ]);
  expect(first.curl).toContain('-H "authorization: Bearer $KEY"');
  expect(stdout).not.toContain("sk-known-key");
});

test.each([
  [
    "nothing listens there",
    ["--base-url", "http://127.0.0.1:48999/v1"],
    /Nothing answers at .*ECONNREFUSED/s,
  ],
  ["the URL is none", ["--base-url", "relay"], /relay is not a URL/],
  ["the URL is missing", [], /--base-url is missing/],
  [
    "the variable of the key is not set",
    ["--base-url", "http://127.0.0.1:9", "--api-key-env", "NO_SUCH"],
    /NO_SUCH .* is not set/,
  ],
  ["the format is unknown", ["--format", "pdf"], /no format pdf.*text, json, junit, html/s],
  ["an option is unknown", ["--bases"], /Unknown option/],
])("the run ends with 2 and says why when %s", async (_, args, message) => {
  const { code, stderr } = await run(...args);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(code).toBe(2);
});

test("the run ends with 2 when the server refuses the token", async () => {
  vi.stubEnv("OTHER", "sk-other-key");
  const { code, stderr } = await run("--base-url", mock.baseURL, "--api-key-env", "OTHER");
  expect(stderr).toMatch(/refuses the token.*--api-key-env/s);
  expect(code).toBe(2);
});

test("--dry-run lists the cases and sends nothing", async () => {
  mock.reset();
  const { code, stdout } = await run("--dry-run", "--only", "*temperature*");
  expect(stdout).toContain("createChatCompletion/temperature is 2.1\n");
  expect(mock.requests).toEqual([]);
  expect(code).toBe(0);
});

test("--max-requests ends the run, and says how many cases it skipped", async () => {
  const { stdout } = await onMock("--max-requests", "10", "--format", "json");
  const { requests, skipped } = JSON.parse(stdout).summary;
  expect(requests).toBe(10);
  expect(skipped).toBeGreaterThan(100);
});

test.each([
  ["junit", /^<\?xml.*<testsuite name="conformance" tests="\d+" failures="0" skipped="0">/s],
  ["html", /^<!doctype html>.*0 breaks/s],
  ["text", /cases passed, 0 breaks, 0 undocumented, 0 notes\n$/],
])("--format %s writes that form", async (format, form) => {
  const { stdout } = await onMock("--format", format, "--only", "listModels/*");
  expect(stdout).toMatch(form);
});

describe("of a server before the mock", () => {
  let server: DeviatingServer;
  beforeAll(async () => {
    vi.stubEnv("KNOWN", KEY);
    server = await startDeviating();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const on = (change: Change, ...args: string[]) =>
    run("--base-url", server.with(change), "--api-key-env", "KNOWN", ...args);

  test.each([
    ["retry-after", "0", "0 s"],
    ["retry-after-ms", "20", "1 s"],
    ["retry-after", new Date(0).toUTCString(), "1 s"],
  ])("a 429 with %s %s is waited for, and said, and no finding", async (name, value, wait) => {
    let asked = 0;
    const change: Change = (reply) => {
      if (asked++ !== 2) return;
      reply.status = 429;
      reply.headers[name] = value;
    };
    const { code, stdout, stderr } = await on(change, "--only", "listModels/*", "--format", "json");
    expect(stderr).toContain(`429 Too Many Requests: waiting ${wait}.\n`);
    const { findings, summary } = JSON.parse(stdout);
    expect(findings).toEqual([]);
    // The repetition, and the look for the journal of a mock, are requests too.
    expect(summary.requests).toBe(asked);
    expect(code).toBe(0);
  });

  test("a server that is always busy is a note", async () => {
    const change: Change = (reply) => {
      if (reply.path !== "/v1/chat/completions") return;
      Object.assign(reply, { status: 429, chunks: undefined, json: { error: { message: "Slow down." } } });
      Object.assign(reply.headers, { "content-type": "application/json", "retry-after": "0" });
    };
    const { code, stdout } = await on(change, "--only", "createChatCompletion/stop", "--format", "json");
    expect(JSON.parse(stdout).findings.map(({ kind, message }: Finding) => [kind, message])).toEqual([
      ["note", "The server was busy at every try."],
    ]);
    expect(code).toBe(0);
  });

  test("Ctrl+C ends the run with the report so far", async () => {
    const gone = Promise.withResolvers<void>();
    let asked = 0;
    const change: Change = (reply) => {
      if (reply.path !== "/v1/chat/completions" || ++asked < 20) return;
      reply.text = "";
      reply.finally = "hang";
      if (asked === 20) setTimeout(() => process.emit("SIGINT"), 10);
      gone.resolve();
    };
    const { code, stdout, stderr } = await on(change, "--format", "json");
    await gone.promise;
    const { summary } = JSON.parse(stdout);
    expect(stderr).toContain("\nStopping; the report holds what was found so far.\n");
    expect(summary).toMatchObject({ breaks: 0 });
    expect(summary.passed).toBeGreaterThan(0);
    expect(summary.skipped).toBeGreaterThan(100);
    expect(code).toBe(0);
  });

  test("--suggest prints the YAML of members that came at least twice", async () => {
    let asked = 0;
    const change: Change = (reply) => {
      for (const one of completions(reply)) one.usage &&= { ...one.usage, cost: 0.5 };
      for (const one of completions(reply)) if (asked++ === 0) one.once = true;
    };
    const { stderr } = await on(change, "--only", "createChatCompletion/*conversation*", "--suggest");
    expect(stderr).toMatch(/^# openapi\/components\/schemas\/CompletionUsage\.yaml: cost came \d+ times$/m);
    const yaml = stderr.slice(stderr.indexOf("# openapi"));
    expect(parse(yaml)).toEqual({
      properties: {
        cost: { description: "Seen in relays of this kind.", type: ["number", "null"], examples: [0.5] },
      },
    });
  });
});

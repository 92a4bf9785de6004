import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningMock } from "../../../scripts/mock/index.ts";
import { ask, failure, get, raw, start } from "../support.ts";

/** `/__mock`: what a test in another process or language sees and changes. */
let mock: RunningMock;
beforeAll(async () => {
  const operation = "createChatCompletion";
  mock = await start({
    tps: 0,
    scenarios: [{ name: "own", operation, when: { "/body/model": "^own$" }, value: saying("own") }],
  });
});
afterAll(() => mock.close());

function saying(content: string) {
  return { choices: [{ message: { content } }] };
}

const admin = (path: string, init: RequestInit = {}, at = mock) => fetch(`${at.url}/__mock${path}`, init);
const send = (method: string, content: unknown) =>
  admin("/scenarios", {
    method,
    body: JSON.stringify(content),
    headers: { "content-type": "application/json" },
  });
const text = async (model: string, headers = {}) => {
  const response = await ask(mock, { model, messages: [{ role: "user", content: "Hi" }] }, headers);
  return (await response.json()).choices[0].message.content;
};

describe("scenarios over HTTP", () => {
  const scenario = (name: string) => ({
    name,
    operation: "chat.completions.create",
    when: { "/body/model": `^${name}$` },
    value: saying(name),
  });

  it("are replaced by PUT, added by POST, and as they were after DELETE", async () => {
    expect(await (await send("PUT", [scenario("a")])).json()).toEqual({ scenarios: 1 });
    expect([await text("a"), (await text("own")).slice(0, 4)]).toEqual(["a", "This"]);
    await send("POST", scenario("b"));
    expect([await text("a"), await text("b")]).toEqual(["a", "b"]);
    expect(await (await admin("/scenarios")).json()).toMatchObject([{ name: "b" }, { name: "a" }]);
    expect((await admin("/scenarios", { method: "DELETE" })).status).toBe(204);
    expect([await text("own"), (await text("a")).slice(0, 4)]).toEqual(["own", "This"]);
  });

  it("that are wrong are refused in the contract's shape, and change nothing", async () => {
    const refused = await failure(send("PUT", [{ ...scenario("a"), wehn: {} }]));
    expect([refused.status, refused.code]).toEqual([400, "invalid_scenario"]);
    expect(refused.message).toContain("Did you mean when?");
    expect(await text("own")).toBe("own");
    expect((await failure(send("PUT", ["/etc/passwd"]))).message).toContain("as a JSON object");
    expect((await failure(admin("/scenarios", { method: "PUT", body: "{" }))).status).toBe(400);
  });

  it("keep their order when many come at once", async () => {
    await send("PUT", []);
    await Promise.all(Array.from({ length: 10 }, (_, i) => send("POST", scenario(`n${i}`))));
    expect(await (await admin("/scenarios")).json()).toHaveLength(10);
    await admin("/scenarios", { method: "DELETE" });
  });
});

describe("GET /__mock/requests", () => {
  it("is filtered by session, operation, scenario and status", async () => {
    mock.reset();
    await text("own", { "x-mock-session": "blue" });
    await text("m", { "x-mock-session": "blue" });
    await text("own", { authorization: "Bearer secret-token" });
    await get(mock, "/v1/models");
    await ask(mock, {});
    const count = async (query: string) => (await (await admin(`/requests?${query}`)).json()).length;
    expect(await count("session=blue")).toBe(2);
    expect(await count("session=secret-token")).toBe(1);
    expect(await count("operation=chat.completions.create")).toBe(4);
    expect(await count("operation=listModels")).toBe(1);
    expect(await count("scenario=own&session=blue")).toBe(1);
    expect(await count("status=400")).toBe(1);
    expect(await count("session=nobody")).toBe(0);
    expect((await failure(admin("/requests?status=bad"))).param).toBe("status");
    expect(JSON.stringify(mock.requests)).not.toContain("secret-token");
    await admin("/requests?session=blue", { method: "DELETE" });
    expect(await count("session=blue")).toBe(0);
    expect(await count("operation=listModels")).toBe(1);
  });

  it("masks cookies and tokens", async () => {
    mock.reset();
    await get(mock, "/v1/models", {
      cookie: "sid=hidden",
      "api-key": "hidden",
      "proxy-authorization": "Basic hidden",
      authorization: "Bearer hidden",
    });
    expect(JSON.stringify(mock.requests)).not.toContain("hidden");
    expect(mock.requests[0]?.headers["cookie"]).toBe("***");
  });
});

it("tells its health, and its metrics as Prometheus reads them", async () => {
  expect(await (await admin("/health")).json()).toMatchObject({ status: "ok" });
  mock.reset();
  await text("own");
  const metrics = await (await admin("/metrics")).text();
  expect(metrics).toMatch(
    /mock_requests_total\{operation="createChatCompletion",status="200",scenario="own"\} \d+\n/,
  );
  expect(metrics).toMatch(/^mock_streams_open 0$/m);
  expect(metrics).toMatch(/^mock_tokens_sent_total [1-9]\d*$/m);
});

it("answers HEAD, starts counters over at a PUT, and is off where it would know a part alone", async () => {
  expect((await admin("/requests", { method: "HEAD" })).status).toBe(200);
  const answers = ["a", "b"].map((content) => ({ value: saying(content) }));
  const sequence = { name: "s", operation: "createChatCompletion", when: {}, answers };
  for (let count = 0; count < 2; count++) {
    await send("PUT", sequence);
    expect(await text("any")).toBe("a");
  }
  await admin("/scenarios", { method: "DELETE" });
  await using one = await start({ alone: false });
  expect(await failure(admin("/requests", {}, one))).toMatchObject({ status: 501, code: "off_with_workers" });
});

it("responds 404 to any other path, naming those that there are", async () => {
  expect((await failure(admin("/nothing"))).message).toContain("/__mock/health");
});

describe("a page of another origin", () => {
  const foreign = { origin: "https://evil.example" };

  it.each(["/requests", "/scenarios", "/metrics", "/openapi.json"])("may not read %s", async (path) => {
    const answer = await failure(admin(path, { headers: foreign }));
    expect(answer.status).toBe(403);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect((await admin(path, { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(403);
  });

  it("is one on another port or another host of the same site, and one that reached the mock by another name", async () => {
    const { port } = mock;
    const ask = (headers: string) =>
      raw(mock, `GET /__mock/requests HTTP/1.1\r\nConnection: close\r\n${headers}\r\n`);
    for (const [headers, status] of [
      [`Host: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\n`, 200],
      [`Host: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port + 1}\r\n`, 403],
      [`Host: 127.0.0.1:${port}\r\nSec-Fetch-Site: same-site\r\n`, 403],
      [`Host: rebound.example:${port}\r\n`, 403],
      [`Host: app.localhost:${port}\r\n`, 200],
    ] as const)
      expect([headers, (await ask(headers))[0]?.status]).toEqual([headers, status]);
  });

  it("gets no preflight, though the API gives one, for private networks too", async () => {
    const init = {
      method: "OPTIONS",
      headers: { ...foreign, "access-control-request-private-network": "true" },
    };
    expect((await admin("/scenarios", init)).status).toBe(403);
    const api = await fetch(`${mock.url}/v1/models`, init);
    expect(api.headers.get("access-control-allow-private-network")).toBe("true");
  });

  it("may read no answer of the mock's own, even one that anybody may ask for", async () => {
    for (const path of ["/", "/__mock/health", "/__mock/requests"])
      expect((await fetch(mock.url + path)).headers.get("access-control-allow-origin")).toBeNull();
  });

  it("may use everything with the admin token, and nobody anything without it", async () => {
    await using guarded = await start({ adminToken: "open sesame" });
    const authorization = "Bearer open sesame";
    const allowed = await admin("/requests", { headers: { ...foreign, authorization } }, guarded);
    expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
    expect((await admin("/requests", {}, guarded)).status).toBe(401);
    expect((await admin("/health", {}, guarded)).status).toBe(200);
    expect((await admin("/requests", { method: "OPTIONS", headers: foreign }, guarded)).status).toBe(204);
  });
});

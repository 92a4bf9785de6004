import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  type ClientOptions,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  Routescope,
  UnprocessableEntityError,
} from "../../generated/client.ts";
import { connect, failure, KEY, MODELS } from "./connect.ts";
import { type Answer, answer, serve } from "./server.ts";

const WHOLE = {
  choices: [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }],
};
const PLAIN = { model: "m", messages: [{ role: "user" as const, content: "Hi" }] };

afterEach(() => vi.unstubAllEnvs());

describe("what is sent", () => {
  it("the key, the path and what to answer with", async () => {
    const { client, received } = await connect([answer(200, MODELS)]);
    expect(await client.models.list()).toEqual(MODELS);
    expect(received[0]).toMatchObject({
      method: "GET",
      url: "/v1/models",
      body: "",
      headers: { authorization: `Bearer ${KEY}`, accept: "application/json" },
    });
    expect(received[0]?.headers).not.toHaveProperty("content-type");
  });

  it("a body as JSON, with members that the contract does not know", async () => {
    const { client, received } = await connect([answer(200, { id: "1", choices: [] })]);
    const body = { ...PLAIN, provider: { order: ["x"] } };
    await client.chat.completions.create(body);
    expect(JSON.parse(received[0]?.body ?? "")).toEqual(body);
    expect(received[0]?.headers["content-type"]).toBe("application/json");
  });

  it.each([
    ["a/b", "/v1/models/a%2Fb"],
    ["a b?c#d%", "/v1/models/a%20b%3Fc%23d%25"],
    ["...", "/v1/models/..."],
    ["mödel", "/v1/models/m%C3%B6del"],
    ["$&{model}", "/v1/models/%24%26%7Bmodel%7D"],
  ])("the model %s within its segment of the path", async (model, url) => {
    const { client, received } = await connect([answer(200, { id: model })]);
    await client.models.retrieve(model);
    expect(received[0]?.url).toBe(url);
  });

  it.each(["", ".", "..", "%2e", ".%2E", undefined, null])(
    "never a model that leads elsewhere: %j",
    async (model) => {
      const { client, received } = await connect([answer(200, MODELS)]);
      await expect(client.models.retrieve(model as string)).rejects.toThrow(/^model must/);
      expect(received).toHaveLength(0);
    },
  );

  it("headers of the client, then of the call; null leaves one out", async () => {
    const { client, received } = await connect([answer(200, MODELS)], {
      defaultHeaders: { "x-a": "1", "x-b": "1", "x-c": "1" },
    });
    await client.models.list({ headers: { "x-b": "2", "x-c": null } });
    expect(received[0]?.headers).toMatchObject({ "x-a": "1", "x-b": "2" });
    expect(received[0]?.headers).not.toHaveProperty("x-c");
    await client.models.list({ headers: new Headers({ authorization: "Bearer other" }) });
    expect(received[1]?.headers.authorization).toBe("Bearer other");
  });

  it("the key that a function gives, asked for each request", async () => {
    let count = 0;
    const apiKey = async () => `key-${++count}`;
    const { client, received } = await connect(
      [answer(500, {}, { "retry-after-ms": "1" }), answer(200, MODELS)],
      {
        apiKey,
        maxRetries: 1,
      },
    );
    await client.models.list();
    expect(received.map(({ headers }) => headers.authorization)).toEqual(["Bearer key-1", "Bearer key-2"]);
  });

  it("through a fetch of one's own, and middleware, which does not see the key", async () => {
    const seen: string[] = [];
    const { client } = await connect([answer(200, MODELS)], {
      fetch: (url, init) => {
        seen.push(`fetch ${new Headers(init.headers).get("authorization")}`);
        return fetch(url, { ...init });
      },
    });
    client.http.use({
      onRequest: ({ request, schemaPath }) => {
        seen.push(`${schemaPath} ${request.headers.get("authorization")}`);
      },
      onResponse: ({ response }) => {
        seen.push(String(response.status));
      },
    });
    await client.models.list();
    expect(seen).toEqual(["/v1/models null", `fetch Bearer ${KEY}`, "200"]);
  });

  it("through a fetch with a single parameter, which gets a Request that reads as its URL", async () => {
    const seen: unknown[] = [];
    const { client, received } = await connect([answer(200, WHOLE)], {
      fetch: async (request: Request) => {
        seen.push([request.method, request.headers.get("authorization"), await request.clone().json()]);
        seen.push(String(request) === request.url);
        return fetch(request);
      },
    });
    await client.chat.completions.create(PLAIN);
    expect(seen).toEqual([["POST", `Bearer ${KEY}`, PLAIN], true]);
    expect(JSON.parse(received[0]?.body ?? "")).toEqual(PLAIN);
  });

  it("through a fetch of another library, which reads what it does not know as text", async () => {
    const { client, received } = await connect([answer(200, WHOLE)], {
      fetch: (url: string, init: RequestInit = {}) => fetch(String(url), init),
    });
    await client.chat.completions.create(PLAIN);
    expect(JSON.parse(received[0]?.body ?? "")).toEqual(PLAIN);
    expect(received[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it("the openapi-fetch client underneath sends the key as well", async () => {
    const { client, received } = await connect([answer(200, MODELS)]);
    const { data } = await client.http.GET("/v1/models");
    expect(data).toEqual(MODELS);
    expect(received[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });
});

describe("where it is sent", () => {
  it.each(["", "/", "/v1", "/v1/", "/v1//"])("a base URL that ends in %j", async (end) => {
    const { url, received } = await serve(answer(200, MODELS));
    await new Routescope({ apiKey: KEY, baseURL: url + end }).models.list();
    expect(received[0]?.url).toBe("/v1/models");
  });

  it("a host that is called like the prefix", async () => {
    let address = "";
    const fetch = async (url: string, _init: RequestInit) => {
      address = url;
      return Response.json(MODELS);
    };
    await new Routescope({ apiKey: KEY, baseURL: "http://v1", fetch }).models.list();
    expect(address).toBe("http://v1/v1/models");
  });

  it("a base URL with a path", async () => {
    const { url, received } = await serve(answer(200, MODELS));
    for (const path of ["/relay", "/relay/v1", "/xv1"])
      await new Routescope({ apiKey: KEY, baseURL: url + path }).models.list();
    expect(received.map((request) => request.url)).toEqual([
      "/relay/v1/models",
      "/relay/v1/models",
      "/xv1/v1/models",
    ]);
  });

  it("the environment's, and the document's first server without it", async () => {
    const { url, received } = await serve(answer(200, MODELS));
    vi.stubEnv("ROUTESCOPE_API_KEY", "from-env");
    vi.stubEnv("ROUTESCOPE_BASE_URL", url);
    await new Routescope().models.list();
    expect(received[0]?.headers.authorization).toBe("Bearer from-env");
    vi.stubEnv("ROUTESCOPE_BASE_URL", "");
    let address = "";
    const fetch = async (url: string, _init: RequestInit) => {
      address = url;
      return Response.json(MODELS);
    };
    await new Routescope({ apiKey: undefined, fetch }).models.list();
    expect(address).toBe("https://api.routescope.ai/v1/models");
  });

  it.each([
    "example.com",
    "ftp://example.com",
    `https://u:${KEY}@example.com`,
    "https://example.com/?k=1",
    KEY,
  ])("never to %s, nor is that repeated", (baseURL) => {
    const create = () => new Routescope({ apiKey: KEY, baseURL });
    expect(create).toThrow(/The base URL must be an http\(s\) address/);
    expect(create).not.toThrow(baseURL);
  });
});

describe("answers", () => {
  it("keep what the contract does not know", async () => {
    const { client } = await connect([answer(200, MODELS)]);
    expect((await client.models.list()).data[0]).toEqual(MODELS.data[0]);
  });

  it("without a content-type", async () => {
    const { client } = await connect([answer(200, JSON.stringify(MODELS))]);
    expect(await client.models.list()).toEqual(MODELS);
  });

  it("with a member named __proto__ do no harm", async () => {
    const { client } = await connect([answer(200, '{"data": [], "__proto__": {"polluted": true}}')]);
    await client.models.list();
    expect({}).not.toHaveProperty("polluted");
  });

  const unusable: [string, Answer, RegExp][] = [
    ["no content", answer(204), /204 The answer is empty/],
    ["an empty body", answer(200), /200 The answer is empty/],
    [
      "an empty body in pieces",
      (response) => response.writeHead(200).flushHeaders() ?? response.end(),
      /empty/,
    ],
    ["HTML", answer(200, "<title>Login</title>", { "content-type": "text/html" }), /not JSON: Login/],
    ["JSON that is cut", answer(200, '{"data": ['), /not JSON: \{"data": \[/],
    [
      "an error with status 200",
      answer(200, { error: { message: "No such model." } }),
      /^APIError: 200 No such model.$/,
    ],
    ["an error as text with status 200", answer(200, { error: "nope" }), /200 nope/],
  ];
  it.each(unusable)("%s: raised", async (_, reply, message) => {
    const error = await failure(reply);
    expect(String(error)).toMatch(message);
    expect(error.constructor).toBe(APIError);
  });

  it("with an `error` of null are not errors", async () => {
    const { client } = await connect([answer(200, { ...MODELS, error: null, message: "success" })]);
    expect((await client.models.list()).data).toHaveLength(1);
  });
});

describe("errors", () => {
  it.each([
    [400, BadRequestError],
    [401, AuthenticationError],
    [402, APIError],
    [403, PermissionDeniedError],
    [404, NotFoundError],
    [409, ConflictError],
    [413, APIError],
    [418, APIError],
    [422, UnprocessableEntityError],
    [429, RateLimitError],
    [500, InternalServerError],
    [503, InternalServerError],
    [529, InternalServerError],
  ])("%i is of its class, and has all that the server said", async (status, Class) => {
    const error = { message: "No.", type: "some_error", code: "some_code", param: "messages[0]" };
    const thrown = await failure(answer(status, { error }, { "x-request-id": "req_1" }));
    expect(thrown.constructor).toBe(Class);
    expect(thrown.name).toBe(Class.name);
    expect(thrown).toMatchObject({ ...error, message: `${status} No.`, status, error, request_id: "req_1" });
    expect(thrown.headers?.get("x-request-id")).toBe("req_1");
  });

  const bodies: [string, unknown, Partial<APIError>][] = [
    ["a number as code", { error: { message: "No.", code: 1302 } }, { message: "400 No.", code: "1302" }],
    ["no code", { error: { message: "No." } }, { message: "400 No.", code: undefined }],
    ["null as code", { error: { message: "No.", code: null, param: "" } }, { code: null, param: "" }],
    ["an error that is text", { error: "No." }, { message: "400 No.", error: "No." }],
    ["a top-level message", { message: "No.", error: null }, { message: "400 No." }],
    [
      "a message that is not a text",
      { error: { message: { a: 1 } } },
      { message: '400 {"error":{"message":{"a":1}}}' },
    ],
    ["a list", ["No."], { message: "400 No." }],
    ["nothing", "", { message: "400 Bad Request" }],
    ["plain text", "No.", { message: "400 No.", error: "No." }],
    ["JSON null", "null", { message: "400 Bad Request" }],
  ];
  it.each(bodies)("%s", async (_, body, expected) => {
    const error = await failure(answer(400, body));
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject(expected);
  });

  it("a page of HTML becomes its words", async () => {
    const page = `<!doctype html><style>p { color: red }</style><h1>Bad gateway</h1>\n<p>cloud ${"x".repeat(9000)}</p>`;
    const error = await failure(answer(502, page, { "content-type": "text/html" }));
    expect(error).toBeInstanceOf(InternalServerError);
    expect(error.message).toMatch(/^502 Bad gateway cloud x+$/);
    expect(error.message.length).toBeLessThan(600);
  });

  it("a connection that is refused", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    server.close();
    const client = new Routescope({ apiKey: KEY, baseURL: `http://127.0.0.1:${port}`, maxRetries: 0 });
    const error = await client.models.list().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APIConnectionError);
    const message = `Connection error: 127.0.0.1:${port} connect ECONNREFUSED 127.0.0.1:${port}`;
    expect(error).toMatchObject({ status: undefined, message });
  });

  it.each([200, 500])("a connection that is lost in the middle of a body of status %i", async (status) => {
    const error = await failure((response) => {
      response.writeHead(status, { "content-length": "1000" });
      response.write("{", () => response.socket?.destroy());
    });
    expect(error).toBeInstanceOf(APIConnectionError);
    expect(error).toHaveProperty("cause");
  });

  it("a fetch that throws before it promises anything", async () => {
    const fetch = () => {
      throw new TypeError("no network here");
    };
    const client = new Routescope({ apiKey: KEY, fetch, maxRetries: 0 });
    const error = await client.models.list().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APIConnectionError);
    expect(error).toHaveProperty("cause.message", "no network here");
  });

  it("what middleware throws is passed on as it is", async () => {
    const { client, received } = await connect([answer(200, MODELS)], { maxRetries: 3 });
    const own = new Error("mine");
    client.http.use({
      onResponse: () => {
        throw own;
      },
    });
    await expect(client.models.list()).rejects.toBe(own);
    expect(received).toHaveLength(1);
  });
});

describe("tries", () => {
  const soon = { "retry-after-ms": "1" };
  const lose: Answer = (response) => response.socket?.destroy();

  it.each([408, 409, 429, 500, 502, 503, 504])("%i is tried again", async (status) => {
    const { client, received } = await connect([answer(status, {}, soon), answer(200, MODELS)], {
      maxRetries: 2,
    });
    expect(await client.models.list()).toEqual(MODELS);
    expect(received).toHaveLength(2);
  });

  it.each([400, 401, 403, 404, 413, 422])("%i is not", async (status) => {
    const { client, received } = await connect([answer(status, {}, soon)], { maxRetries: 2 });
    await expect(client.models.list()).rejects.toHaveProperty("status", status);
    expect(received).toHaveLength(1);
  });

  it("twice by default, and the last error is raised", async () => {
    const { url, received } = await serve(
      answer(500, { error: { message: "1" } }, soon),
      answer(500, { error: { message: "2" } }, soon),
      answer(503, { error: { message: "3" } }, soon),
    );
    await expect(new Routescope({ apiKey: KEY, baseURL: url }).models.list()).rejects.toThrow("503 3");
    expect(received).toHaveLength(3);
  });

  it("as often as the call says", async () => {
    const { client, received } = await connect([answer(500, {}, soon)], { maxRetries: 2 });
    await expect(client.models.list({ maxRetries: 1 })).rejects.toThrow(InternalServerError);
    expect(received).toHaveLength(2);
  });

  it("sends the same body again", async () => {
    const replies = [answer(500, {}, soon), answer(200, { id: "1", choices: [] })];
    const { client, received } = await connect(replies, { maxRetries: 1 });
    await client.chat.completions.create(PLAIN);
    expect(received.map(({ body }) => JSON.parse(body))).toEqual([PLAIN, PLAIN]);
  });

  it.each(["before an answer", "in the middle of one"])(
    "a connection lost %s is made again",
    async (when) => {
      const cut: Answer = (response) => {
        response.writeHead(200, { "content-length": "1000" });
        response.write("{", () => response.socket?.destroy());
      };
      vi.spyOn(Math, "random").mockReturnValue(1);
      const { client, received } = await connect(
        [when === "before an answer" ? lose : cut, answer(200, MODELS)],
        {
          maxRetries: 1,
        },
      );
      expect(await client.models.list()).toEqual(MODELS);
      expect(received).toHaveLength(2);
      vi.restoreAllMocks();
    },
  );

  it("x-should-retry overrules the status", async () => {
    const no = await connect([answer(500, {}, { ...soon, "x-should-retry": "false" })], { maxRetries: 2 });
    await expect(no.client.models.list()).rejects.toThrow(InternalServerError);
    expect(no.received).toHaveLength(1);
    const yes = await connect([answer(400, {}, { ...soon, "x-should-retry": "true" }), answer(200, MODELS)], {
      maxRetries: 2,
    });
    expect(await yes.client.models.list()).toEqual(MODELS);
  });

  it("gives up at once if it would have to wait for more than a minute", async () => {
    const { client, received } = await connect([answer(429, {}, { "retry-after": "3600" })], {
      maxRetries: 2,
    });
    await expect(client.models.list()).rejects.toThrow(RateLimitError);
    expect(received).toHaveLength(1);
  });

  it("an abort ends the pause at once", async () => {
    const controller = new AbortController();
    const busy: Answer = (response, request) => {
      answer(429, {}, { "retry-after": "30" })(response, request);
      setTimeout(() => controller.abort(new Error("enough")), 50);
    };
    const { client, received } = await connect([busy], { maxRetries: 2 });
    const listing = client.models.list({ signal: controller.signal });
    await expect(listing).rejects.toThrow(APIUserAbortError);
    expect(received).toHaveLength(1);
  });
});

describe("time", () => {
  const never: Answer = () => {};

  it("an answer that does not come", async () => {
    const error = await failure(never, { timeout: 50 });
    expect(error).toBeInstanceOf(APIConnectionTimeoutError);
    expect(error.message).toMatch(/50 ms/);
  });

  it.each([200, 400])("a body of status %i that does not end", async (status) => {
    const error = await failure(
      (response) => response.writeHead(status, { "content-type": "application/json" }).write("{"),
      { timeout: 50 },
    );
    expect(error).toBeInstanceOf(APIConnectionTimeoutError);
  });

  it("the call's timeout goes first, and the next try has its own", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    onTestFinished(() => void vi.restoreAllMocks());
    const { client } = await connect([never, answer(200, MODELS)], { timeout: 60_000, maxRetries: 1 });
    expect(await client.models.list({ timeout: 1000 })).toEqual(MODELS);
  });

  const stuck = () => new Promise<never>(() => {});
  it.each<[string, ClientOptions]>([
    ["a key that does not come", { apiKey: stuck }],
    ["a fetch that ignores the signal", { fetch: stuck }],
  ])("%s", async (_, options) => {
    const client = new Routescope({ apiKey: KEY, maxRetries: 0, ...options });
    await expect(client.models.list({ timeout: 50 })).rejects.toThrow(APIConnectionTimeoutError);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await expect(client.models.list({ signal: controller.signal })).rejects.toThrow(APIUserAbortError);
  });

  it("abort closes the connection and raises", async () => {
    const controller = new AbortController();
    const { client, received } = await connect([() => controller.abort("enough")], { maxRetries: 2 });
    const error = await client.models.list({ signal: controller.signal }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APIUserAbortError);
    expect(error).toHaveProperty("cause", "enough");
    expect(received).toHaveLength(1);
    expect(await received[0]?.cut).toBe(true);
  });

  it("nothing is sent if it was aborted before", async () => {
    const { client, received } = await connect([answer(200, MODELS)]);
    await expect(client.models.list({ signal: AbortSignal.abort() })).rejects.toThrow(APIUserAbortError);
    expect(received).toHaveLength(0);
  });

  it.each([200, 404])("leaves neither a timer nor a listener behind after a %i", async (status) => {
    const { client } = await connect([answer(status, MODELS)]);
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    await client.models.list({ signal, timeout: 123_456 }).catch(() => {});
    expect(timers()).toBeLessThanOrEqual(before);
    expect(added).toHaveBeenCalled();
    expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
  });

  it.each([{ timeout: Number.NaN }, { timeout: -1 }, { maxRetries: Number.NaN }, { maxRetries: -1 }])(
    "%o is refused",
    async (options) => {
      expect(() => new Routescope({ apiKey: KEY, ...options })).toThrow(/must be a number from 0/);
      const { client } = await connect([answer(200, MODELS)]);
      await expect(client.models.list(options)).rejects.toThrow(/must be a number from 0/);
    },
  );
});

/** Where the key is sent, and where it must not be seen. */
import { inspect } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { APIError, Routescope } from "../../generated/client.ts";
import { connect, failure, KEY, MODELS } from "./connect.ts";
import { answer, serve } from "./server.ts";

afterEach(() => vi.unstubAllEnvs());

describe("the key", () => {
  it("must be there", () => {
    vi.stubEnv("ROUTESCOPE_API_KEY", "");
    expect(() => new Routescope()).toThrow(
      "There is no API key. Pass it as new Routescope({ apiKey }), or set ROUTESCOPE_API_KEY.",
    );
    expect(() => new Routescope({ apiKey: "" })).toThrow(/empty/);
  });

  it.each([`${KEY}\n`, `${KEY}\r\nx: y`, `${KEY}\0`, `${KEY}ö`, ` ${KEY}`])(
    "cannot be %j, nor is it shown",
    async (key) => {
      expect(() => new Routescope({ apiKey: key })).toThrow(/line break/);
      expect(() => new Routescope({ apiKey: key })).not.toThrow(KEY);
      const { client, received } = await connect([answer(200, MODELS)], { apiKey: () => key });
      const error = await client.models.list().catch((thrown: unknown) => thrown);
      expect(inspect(error, { depth: null })).toMatch(/line break/);
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain(KEY);
      expect(received).toHaveLength(0);
    },
  );

  it.each(["defaultHeaders", "headers"])("is not shown if a line break is in %s", async (where) => {
    const { url, received } = await serve(answer(200, MODELS));
    const headers = { authorization: `Bearer ${KEY}\nx` };
    const list = async () => {
      const inClient = where === "defaultHeaders";
      const client = new Routescope({
        apiKey: "k",
        baseURL: url,
        ...(inClient && { defaultHeaders: headers }),
      });
      return client.models.list(inClient ? {} : { headers });
    };
    const error = await list().catch((thrown: unknown) => thrown);
    expect(String(error)).toBe("TypeError: The header authorization holds a line break.");
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(KEY);
    expect(received).toHaveLength(0);
  });

  it.each([
    ["JSON", { error: { message: `Wrong key: ${KEY}.`, type: KEY } }],
    ["text", `Wrong key: ${KEY}.`],
  ])("is not in an error whose server repeats it in %s", async (_, body) => {
    const error = await failure(answer(401, body));
    expect(error.message).toBe("401 Wrong key: ***.");
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(KEY);
  });

  it("is not in an error whose server repeats it as a part of an address", async () => {
    const key = "sk/with+signs/0123456789";
    const error = await failure(answer(401, `See /keys?key=${encodeURIComponent(key)}.`), { apiKey: key });
    expect(error.message).toBe("401 See /keys?key=***.");
  });

  it("is not in an error that is nested too deeply to be looked through", async () => {
    const text = `${'{"error":'.repeat(6000)}"${KEY}"${"}".repeat(6000)}`;
    const error = await failure(answer(400, text));
    expect(error).toBeInstanceOf(APIError);
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(KEY);
  });

  it("is not looked for in words if it is too short to be one", async () => {
    expect((await failure(answer(401, "Unkind."), { apiKey: "k" })).message).toBe("401 Unkind.");
  });

  it("may have spaces in it", async () => {
    const { client, received } = await connect([answer(200, MODELS)], { apiKey: "My API Key" });
    await client.models.list();
    expect(received[0]?.headers.authorization).toBe("Bearer My API Key");
  });

  it("is not in the client, nor in what it throws", async () => {
    const replies = [answer(401, { error: { message: "no" } }), answer(200, "<html>")];
    const { client } = await connect([...replies, (response) => response.socket?.destroy()]);
    const thrown: unknown[] = [client, client.models];
    for (const _ of [1, 2, 3]) thrown.push(await client.models.list().catch((error: unknown) => error));
    expect(thrown.slice(2).every((error) => error instanceof APIError)).toBe(true);
    for (const value of thrown) {
      expect(inspect(value, { depth: null, showHidden: true })).not.toContain(KEY);
      expect(JSON.stringify(value)).not.toContain(KEY);
    }
  });

  it.each([301, 302, 307, 308])("does not follow a %i to another origin", async (status) => {
    const other = await serve(answer(200, MODELS));
    const { client, received } = await connect([answer(status, "", { location: `${other.url}/v1/models` })]);
    await client.models.list();
    expect(received[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(other.received).toHaveLength(1);
    expect(other.received[0]?.headers).not.toHaveProperty("authorization");
  });
});

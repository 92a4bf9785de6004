/** A client of a server that gives these answers, one after the other. */
import { expect } from "vitest";
import { APIError, type ClientOptions, Routescope } from "../../generated/client.ts";
import { type Answer, serve } from "./server.ts";

export const KEY = "sk-this-is-the-secret-key";
export const MODELS = { object: "list", data: [{ id: "a/b", extra: { known: "to nobody" } }] };

/** A server with these answers, and a client of it that does not try again. */
export async function connect(replies: Answer[], options: ClientOptions = {}) {
  const server = await serve(...replies);
  return {
    ...server,
    client: new Routescope({ apiKey: KEY, baseURL: server.url, maxRetries: 0, ...options }),
  };
}

/** What listing the models throws. */
export async function failure(reply: Answer, options?: ClientOptions): Promise<APIError> {
  const { client } = await connect([reply], options);
  const error = await client.models.list().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(APIError);
  return error as APIError;
}

/** Deviations of refusals and of models. */
import type { Any, Change } from "../deviating-server.ts";
import { accepts, completion, error, model, models, refuses, status } from "./changes.ts";

export const REFUSALS: Record<string, Change> = {
  "no token accepted": (reply) => {
    if (reply.status === 401 && reply.authorization === "")
      Object.assign(reply, { status: 200, json: completion({}) });
  },
  "403 for a wrong token": status(401, 403),
  "401 in another form": (reply) => {
    if (reply.status === 401) reply.json = { detail: "Not authenticated" };
  },
  "401 as a page": (reply) => {
    if (reply.status !== 401) return;
    reply.headers["content-type"] = "text/html";
    reply.text = "<h1>401</h1>";
  },
  "temperature 2.1 accepted": accepts(({ temperature }) => temperature > 2),
  "top_p 1.1 accepted": accepts(({ top_p }) => top_p > 1),
  "max_tokens 0 accepted": accepts(({ max_tokens }) => max_tokens === 0),
  "no messages accepted": accepts(({ messages }) => messages?.length === 0),
  "an unknown role accepted": accepts(({ messages }) => messages?.[0]?.role === "not one of these!"),
  "no model accepted": accepts((asked) => asked.model === undefined),
  "stream as text accepted": accepts(({ stream }) => stream === "text"),
  "422 in place of 400": status(400, 422),
  "500 in place of 400": status(400, 500),
  "an error as text": error((_, reply) => (reply.json.error = "something went wrong")),
  "an error without message": error((one) => delete one.message),
  "an empty message": error((one) => (one.message = "")),
  "a null error": error((_, reply) => (reply.json = { error: null, message: "success" })),
  "another field named": error((one) => {
    if (one.param) Object.assign(one, { param: "seed", message: "seed: is wrong" });
  }),
  "no field named": error((one) => {
    if (one.param) Object.assign(one, { param: null, message: "Bad request" });
  }),
  "broken JSON answered by 500": (reply) => {
    if (reply.status === 400 && reply.asked === undefined) reply.status = 500;
  },
  "an unknown path as a page": (reply) => {
    if (reply.status !== 404 || !reply.path.includes("no-such-path")) return;
    reply.headers["content-type"] = "text/html";
    reply.text = "<h1>Not found</h1>";
  },
  "an unknown path answered": (reply) => {
    if (reply.path.includes("no-such-path")) Object.assign(reply, { status: 200, json: {} });
  },
  "another method answered": (reply) => {
    if (reply.status === 405) Object.assign(reply, { status: 200, json: { object: "list", data: [] } });
  },
  "every chat fails": (reply) => {
    if (reply.json?.choices) Object.assign(reply, { status: 500, json: { error: { message: "boom" } } });
  },
  "401 without a body": (reply) => {
    if (reply.status === 401) reply.text = "";
  },
  "404 for no token": status(401, 404),
  "a refusal under 200": status(400, 200),
  "a refusal in a list": (reply) => {
    if (reply.status === 400) reply.json = [reply.json];
  },
  "a message without an error": (reply) => {
    if (reply.status === 400) reply.json = { message: "bad" };
  },
  "a number as message": error((one) => (one.message = 5)),
  "temperature -0.1 accepted": accepts(({ temperature }) => temperature < 0),
  "temperature as text accepted": accepts(({ temperature }) => typeof temperature === "string"),
  "temperature 2 refused": refuses(({ temperature }) => temperature === 2),
  "max_tokens of 1.5 accepted": accepts(({ max_tokens }) => max_tokens === 1.5),
  "broken JSON accepted": (reply) => {
    if (reply.status === 400 && reply.asked === undefined)
      Object.assign(reply, { status: 200, json: completion({}) });
  },
  "another media type accepted": (reply) => {
    if (reply.status === 415) Object.assign(reply, { status: 200, json: completion(reply.asked) });
  },
  "an unknown path redirected": (reply) => {
    if (reply.path.includes("no-such-path")) Object.assign(reply, { status: 302, text: "" });
  },
  "405 as a page": (reply) => {
    if (reply.status !== 405) return;
    reply.headers["content-type"] = "text/html";
    reply.text = "<h1>405</h1>";
  },
};

export const MODELS: Record<string, Change> = {
  "another kind of list": models((list) => (list.object = "models")),
  "a bare list": (reply) => {
    if (reply.path === "/v1/models" && reply.status === 200) reply.json = reply.json.data;
  },
  "an empty list": models((list) => (list.data = [])),
  "a model listed twice": models((list) => list.data.push(list.data[0])),
  "a model without ID": models((list) => delete list.data[1].id),
  "models of another kind": models((list) =>
    list.data?.forEach((one: Any) => {
      one.object = "engine";
    }),
  ),
  "created in milliseconds": models((list) =>
    list.data?.forEach((one: Any) => {
      one.created *= 1000;
    }),
  ),
  "created as text": models((list) => (list.data[0].created = "2026-01-01")),
  "a listed model that is not there": (reply) => {
    if (reply.path.endsWith("/gpt-5.4-nano"))
      Object.assign(reply, { status: 404, json: { error: { message: "no such model" } } });
  },
  "another owner there than in the list": model((one) => (one.owned_by = "nobody")),
  "another model than asked for": model((one) => (one.id = "gpt-5")),
  "a model in an envelope": model((_, reply) => (reply.json = { data: reply.json })),
  "an unknown model found": (reply) => {
    if (reply.status === 404 && reply.path.includes("/models/no-such"))
      Object.assign(reply, {
        status: 200,
        json: { id: "no-such-id-0000", object: "model", created: 1, owned_by: "x" },
      });
  },
  "an unknown model as an error under 200": (reply) => {
    if (reply.status === 404 && reply.path.includes("/models/no-such")) reply.status = 200;
  },
  "null data": models((list) => (list.data = null)),
  "a map of models": models((list) => {
    list.data = Object.fromEntries(list.data?.map((one: Any) => [one.id, one]) ?? []);
  }),
  "IDs alone": models((list) => (list.data = list.data?.map((one: Any) => one.id))),
  "a model with an empty ID": models((list) => (list.data[1].id = "")),
  "a list in place of a model": model((one, reply) => (reply.json = { object: "list", data: [one] })),
  "null in place of a model": model((_, reply) => (reply.json = null)),
  "another created there than in the list": model((one) => (one.created += 100)),
  "400 for an unknown model": (reply) => {
    if (reply.status === 404 && reply.path.includes("/models/no-such")) reply.status = 400;
  },
  "an unknown model as null": (reply) => {
    if (reply.status === 404 && reply.path.includes("/models/no-such"))
      Object.assign(reply, { status: 200, json: null });
  },
  "no token accepted for the list": (reply) => {
    if (reply.status === 401 && reply.path === "/v1/models")
      Object.assign(reply, { status: 200, json: { object: "list", data: [{ id: "gpt-5.4" }] } });
  },
};

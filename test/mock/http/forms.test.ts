/** Forms and cookies of documents that others wrote. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Document } from "../../../scripts/document/model.ts";
import { type Running, start } from "../support.ts";

const text = { type: "string" };
const schema = {
  type: "object",
  required: ["amount"],
  properties: {
    amount: { type: "integer", minimum: 1 },
    tags: { type: "array", items: { type: "integer" } },
    meta: { type: "object", properties: { n: { type: "integer" } } },
    on: { type: "boolean" },
    file: { type: "string", format: "binary" },
  },
};
const responses = {
  "200": {
    description: "Done.",
    content: {
      "application/json": {
        examples: {
          all: { value: { form: {} }, "x-fill": { "/form": "$request.body" } },
          on: {
            "x-when": { properties: { body: { required: ["on"], properties: { on: { const: true } } } } },
            value: { on: true },
          },
        },
      },
    },
  },
};
const body = (type: string, encoding: object = {}) => ({ content: { [type]: { schema, encoding } } });
const document = {
  openapi: "3.1.1",
  info: { title: "Forms", version: "1" },
  paths: {
    "/plain": {
      post: {
        requestBody: body("application/x-www-form-urlencoded", {
          meta: { style: "deepObject", explode: true },
        }),
        responses,
      },
    },
    "/parts": {
      post: {
        requestBody: body("multipart/form-data", { meta: { contentType: "application/json" } }),
        responses,
      },
    },
    "/cookies": {
      get: {
        parameters: [
          { in: "cookie", name: "session", required: true, schema: text },
          { in: "cookie", name: "age", schema: { type: "integer" } },
        ],
        responses,
      },
    },
  },
} as unknown as Document;

let mock: Running;
beforeAll(async () => {
  mock = await start({ document });
});
afterAll(() => mock.close());

const send = async (path: string, body: BodyInit, headers: Record<string, string> = {}) => {
  const response = await fetch(mock.url + path, { method: "POST", body, headers });
  return { status: response.status, body: await response.json() };
};
const plain = (form: string) =>
  send("/plain", form, { "content-type": "application/x-www-form-urlencoded; charset=utf-8" });

it("conditions and fills see a form as an object, with the types of its schema", async () => {
  expect(await plain("amount=3&tags=1&meta[n]=2&other=x")).toEqual({
    status: 200,
    body: { form: { amount: 3, tags: [1], meta: { n: 2 }, other: "x" } },
  });
  expect((await plain("amount=3&on=true")).body).toEqual({ on: true });
});

it("parts of a form are values, and files by their names", async () => {
  const form = new FormData();
  form.set("amount", "3");
  form.set("meta", new Blob(['{"n":2}'], { type: "application/json" }));
  form.set("file", new File([Uint8Array.of(0xff, 0)], "a.bin"));
  expect((await send("/parts", form)).body).toEqual({ form: { amount: 3, meta: { n: 2 }, file: "a.bin" } });
});

it("a wrong field is refused in the words that JSON has", async () => {
  expect((await plain("amount=0")).body).toMatchObject({ status: 400, field: "amount" });
  expect((await plain("amount=x")).body).toMatchObject({ status: 400, field: "amount" });
  expect((await plain("tags=1")).body).toMatchObject({ code: "missing_required_parameter", field: "amount" });
  expect((await plain("amount=1&meta[n]=x")).body).toMatchObject({ status: 400, field: "meta.n" });
});

it("what is not a form is a 400, and too many fields are a 413", async () => {
  const broken = await send("/parts", "no form", { "content-type": "multipart/form-data; boundary=x" });
  expect(broken).toMatchObject({ status: 400, body: { code: "invalid_form" } });
  expect((await plain("amount=1&".repeat(20_001))).status).toBe(413);
});

// The work grew with the square of the number of fields: six minutes for the first of these.
it.each(["other[k@]=1", "other=1", "tags=1", "other[]=1", "other[][n]=1"])(
  "20,000 fields of one name are read at once: %s",
  async (field) => {
    const fields = Array.from({ length: 19_999 }, (_, index) => field.replace("@", String(index)));
    const { status, body } = await plain(`amount=1&${fields.join("&")}`);
    expect(status).toBe(200);
    expect(Object.keys(Object.values(body.form)[1] as object)).toHaveLength(19_999);
  },
);

it("a field nested too deeply is a 400, and one by the name of a prototype is a field", async () => {
  expect((await plain(`amount=1&a${"[b]".repeat(300)}=1`)).body).toMatchObject({ code: "invalid_form" });
  const nested = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  expect((await plain(`amount=1&tags=${nested}`)).body).toMatchObject({ code: "invalid_json" });
  expect((await plain("amount=1&__proto__[a]=1&b[__proto__][c]=2&d[e]f]=3")).body).toEqual(
    JSON.parse('{"form":{"amount":1,"__proto__":{"a":"1"},"b":{"__proto__":{"c":"2"}},"d[e]f]":"3"}}'),
  );
});

it("cookies are checked as they are declared", async () => {
  const ask = async (cookie: string) => {
    const response = await fetch(`${mock.url}/cookies`, { headers: { cookie } });
    return response.status === 200 ? 200 : ((await response.json()) as { field: string }).field;
  };
  expect(await ask("other=1")).toBe("session");
  expect(await ask("session=a; age=x")).toBe("age");
  expect(await ask('session=a%20b;age = "3" ; =x; y')).toBe(200);
});

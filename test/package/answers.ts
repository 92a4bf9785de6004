/** Requests to compare two servers by: each part of Prism that the bundle replaces lies on the way of one of them. */

/** A contract with what the mock leaves to Prism: parameters in every place, forms, security, and values from schemas. */
export const SHOP = `
openapi: 3.1.0
jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema
info: { title: Shop, version: 1.0.0 }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    login: { type: http, scheme: basic }
  schemas:
    Item:
      type: object
      required: [id, size]
      properties:
        id: { type: string, format: uuid }
        size: { type: integer, minimum: 2, maximum: 9 }
        at: { type: string, format: date-time }
        mail: { type: string, format: email }
        tags: { type: array, minItems: 2, items: { type: string, enum: [red, green] } }
        parent: { $ref: '#/components/schemas/Item' }
        either: { oneOf: [{ type: string, pattern: '^a+$' }, { type: number }] }
paths:
  /items/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }
    get:
      operationId: getItem
      security: [{ key: [] }, { login: [] }]
      parameters:
        - { name: page, in: query, schema: { type: integer, maximum: 10 } }
        - { name: sort, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: string, enum: [a, b] } } }
        - { name: filter, in: query, style: deepObject, explode: true, schema: { type: object, properties: { min: { type: integer } } } }
        - { name: X-Trace, in: header, schema: { type: string, format: uuid } }
        - { name: visits, in: cookie, schema: { type: integer } }
      responses:
        '200':
          description: An item
          headers:
            X-Rate: { schema: { type: integer, minimum: 5 } }
            X-Next: { schema: { type: string, format: uri } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } }
        '404':
          description: None
          content: { application/json: { schema: { type: object, required: [reason], properties: { reason: { type: string, const: none } } } } }
        '204': { description: Empty }
  /items:
    post:
      operationId: addItem
      requestBody:
        content:
          application/json: { schema: { $ref: '#/components/schemas/Item' } }
          application/x-www-form-urlencoded: { schema: { type: object, required: [size], properties: { size: { type: integer } } } }
          multipart/form-data: { schema: { type: object, required: [name], properties: { name: { type: string, minLength: 2 } } } }
      callbacks:
        done: { 'http://127.0.0.1:1/done': { post: { responses: { '200': { description: Fine } } } } }
      responses:
        '201': { description: Added, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Item' } } } } }
        '202': { description: Later, content: { application/xml: { schema: { type: string } }, application/json: { example: { later: true } } } }
`;

export interface Asked {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const PARTS = { "content-type": "multipart/form-data; boundary=x" };
const JSON_BODY = { "content-type": "application/json" };
const part = (name: string, value: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--x--\r\n`;
const item = (path: string, headers: Record<string, string> = { "x-key": "k" }): Asked => ({
  method: "GET",
  path,
  headers,
});
const add = (headers: Record<string, string>, body: string): Asked => ({
  method: "POST",
  path: "/items",
  headers,
  body,
});

/** Requests to the mock of `SHOP`. */
export const shopRequests: Asked[] = [
  item("/items/1"),
  item("/items/1", {}),
  item("/items/1", { authorization: "Basic YTpi" }),
  item("/items/0"),
  item("/items/x"),
  item("/items/1?page=11"),
  item("/items/1?page=a"),
  item("/items/1?sort=a|b"),
  item("/items/1?sort=a|c"),
  item("/items/1?filter[min]=3"),
  item("/items/1?filter[min]=x"),
  item("/items/1", { "x-key": "k", "x-trace": "none" }),
  item("/items/1", { "x-key": "k", cookie: "visits=often" }),
  ...["code=404", "code=204", "code=500", "dynamic=true", "example=none"].map((prefer) =>
    item("/items/1", { "x-key": "k", prefer }),
  ),
  ...["text/html", "application/xml", "*/*;q=0.1", "garbage"].map((accept) =>
    item("/items/1", { "x-key": "k", accept }),
  ),
  add(JSON_BODY, '{"id":"0e3f2f0e-6d1d-4a5b-9a55-0c3c4b1f9f10","size":3}'),
  add(JSON_BODY, '{"id":1,"size":99}'),
  add({ ...JSON_BODY, prefer: "code=202" }, '{"id":"0e3f2f0e-6d1d-4a5b-9a55-0c3c4b1f9f10","size":3}'),
  add(FORM, "size=3"),
  add(FORM, "size=many"),
  add(FORM, ""),
  add(PARTS, part("name", "Ada")),
  add(PARTS, part("name", "A")),
  add({ "content-type": "text/plain" }, "3"),
];

const chat = (fields: object, headers: Record<string, string> = {}): Asked => ({
  method: "POST",
  path: "/v1/chat/completions",
  headers: { authorization: "Bearer k", "content-type": "application/json", ...headers },
  body: JSON.stringify({ model: "gpt-5.4", messages: [{ role: "user", content: "Say hello." }], ...fields }),
});
const models = (path: string, headers: Record<string, string> = {}): Asked => ({
  method: "GET",
  path,
  headers: { authorization: "Bearer k", ...headers },
});
const WEATHER = {
  type: "function",
  function: {
    name: "weather",
    parameters: { type: "object", required: ["city"], properties: { city: { type: "string" } } },
  },
};

/** Requests to the mock of our own contract. */
export const ownRequests: Asked[] = [
  chat({}),
  chat({ stream: true }),
  chat({ stream: true, stream_options: { include_usage: true }, n: 2 }),
  chat({ tools: [WEATHER] }),
  chat({ tools: [WEATHER], stream: true }),
  chat({
    response_format: { type: "json_schema", json_schema: { name: "a", schema: WEATHER.function.parameters } },
  }),
  // Not a plain schema: a worker samples it.
  chat({
    response_format: {
      type: "json_schema",
      json_schema: {
        name: "a",
        schema: { type: "object", properties: { b: { oneOf: [{ pattern: "^x{3}$" }] } } },
      },
    },
  }),
  chat({ enable_thinking: true }),
  chat({ temperature: 9 }),
  chat({ messages: [] }),
  chat({ model: "none" }),
  ...["401", "403", "429", "500", "503", "418"].map((code) => chat({}, { prefer: `code=${code}` })),
  ...["fault=cut:3", "fault=error_200", "example=refusal", "example=none"].map((prefer) =>
    chat({ stream: true }, { prefer }),
  ),
  { ...chat({}), body: '{"model":' },
  { ...chat({}), headers: { "content-type": "application/json" } },
  chat({}, { "content-type": "text/plain" }),
  models("/v1/models"),
  models("/v1/models/gpt-5.4"),
  models("/v1/models/none"),
  models("/v1/models", { accept: "text/html" }),
  models("/v1/models", { accept: "garbage" }),
  models("/v1/none"),
  { method: "DELETE", path: "/v1/models" },
  { method: "OPTIONS", path: "/v1/models", headers: { origin: "http://a.example" } },
];

/**
 * Sends the requests one after the other, and returns what makes up each answer.
 *
 * @param origin the address of the server, without a path
 */
export async function answersOf(origin: string, requests: Asked[]): Promise<object[]> {
  const answers: object[] = [];
  for (const { method, path, headers, body } of requests) {
    const response = await fetch(new URL(path, origin), {
      method,
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
    });
    const { date: _, ...fields } = Object.fromEntries(response.headers);
    const text = await response.text().catch((error: Error) => error.message);
    answers.push({ request: `${method} ${path}`, status: response.status, fields, text });
  }
  return answers;
}

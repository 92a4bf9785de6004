/** A document with an operation of each kind of request and answer, in as many copies as are asked for. */
// biome-ignore lint/suspicious/noExplicitAny: the client is generated while the test runs
type Client = any;

interface Kind {
  method: string;
  /** Below `/kinds{copy}/{name}`. */
  path?: string;
  operation: object;
  /** Calls the method of the client, and says what comes of it. */
  call: (method: Client) => Promise<unknown>;
  /** What has to come; absent where it is an object that the schema of the JSON answer describes. */
  comes?: unknown;
}

const text = { type: "string" };
const id = { name: "id", in: "path", required: true, schema: text };
const pet = (copy: number) => ({ $ref: `#/components/schemas/Pet${copy}` });
const json = (schema: object, more: object = {}) => ({ "application/json": { schema, ...more } });
const ok = (content: object) => ({ responses: { 200: { description: "It worked.", content } } });
const events = (schema: object, more: object = {}) => ({
  "text/event-stream": {
    schema: { type: "string", contentMediaType: "application/json", contentSchema: schema },
    ...more,
  },
});
async function all(list: PromiseLike<AsyncIterable<unknown>>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of await list) items.push(item);
  return items;
}
const [one, two] = [{ n: 1 }, { n: 2 }];
const number = { type: "object", required: ["n"], properties: { n: { type: "integer" } } };
const animal = { name: "Tom", kind: "cat", lives: 9 };

/** The kinds, by the operation's name. */
const KINDS: Record<string, (copy: number) => Kind> = {
  createJson: (copy) => ({
    method: "post",
    operation: { requestBody: { required: true, content: json(pet(copy)) }, ...ok(json(pet(copy))) },
    call: (method) => method(animal),
  }),
  retrieveJson: (copy) => ({
    method: "get",
    path: "/{id}",
    operation: {
      parameters: [id, { name: "tags", in: "query", explode: false, schema: { type: "array", items: text } }],
      ...ok(json({ $ref: `#/components/schemas/Owner${copy}` })),
    },
    call: (method) => method("a b/c", { tags: ["x", "y"] }),
  }),
  updateForm: (copy) => ({
    method: "put",
    operation: {
      requestBody: {
        content: {
          "application/x-www-form-urlencoded": { schema: { type: "object", properties: { q: text } } },
        },
      },
      ...ok({ "application/vnd.kinds+json": { schema: pet(copy) } }),
    },
    call: (method) => method({ q: "a&b" }),
  }),
  uploadFile: (copy) => ({
    method: "post",
    operation: {
      requestBody: {
        content: {
          "multipart/form-data": {
            schema: {
              type: "object",
              required: ["file"],
              properties: { file: { type: "string", format: "binary" }, note: text },
            },
          },
        },
      },
      ...ok(json(pet(copy))),
    },
    call: (method) => method({ file: new File(["content"], "a.txt"), note: "n" }),
  }),
  readText: () => ({
    method: "get",
    operation: ok({ "text/plain": { schema: text, example: "Hello." } }),
    call: (method) => method(),
    comes: "Hello.",
  }),
  readXml: () => ({
    method: "get",
    operation: ok({ "application/xml": { schema: { type: "object" }, example: "<a/>" } }),
    call: (method) => method(),
    comes: "<a/>",
  }),
  downloadBytes: () => ({
    method: "get",
    operation: ok({
      "image/png": {
        schema: { type: "string", format: "binary" },
        examples: { one: { externalValue: "data:image/png;base64,AAH/" } },
      },
    }),
    call: async (method) => [...new Uint8Array(await (await method()).arrayBuffer())],
    comes: [0, 1, 255],
  }),
  streamChunks: () => ({
    method: "post",
    operation: {
      requestBody: {
        content: json({ type: "object", properties: { stream: { type: "boolean" } } }),
      },
      ...ok({
        ...json(number, { example: one }),
        ...events(number, { examples: { two: { value: [one, two] } } }),
      }),
    },
    call: (method) => all(method({ stream: true })),
    comes: [one, two],
  }),
  streamEvents: () => ({
    method: "post",
    operation: ok(
      events(
        { type: "object", required: ["type"], properties: { type: text, answer: number } },
        {
          "x-stream": { name: "/type", end: ["done"], result: { event: "done", pointer: "/answer" } },
          examples: { two: { value: [{ type: "begun" }, { type: "done", answer: two }] } },
        },
      ),
    ),
    call: async (method) => (await method()).final(),
    comes: two,
  }),
  listLines: () => ({
    method: "get",
    operation: ok({ "application/x-ndjson": { schema: number, example: '{"n":1}\n{"n":2}\n' } }),
    call: (method) => all(method()),
    comes: [one, two],
  }),
  listPages: () => ({
    method: "get",
    operation: {
      parameters: ["after", "limit"].map((name) => ({ name, in: "query", schema: text })),
      "x-pagination": {
        items: "/data",
        cursor: { parameter: "after", value: "/data/-1/id" },
        limit: "limit",
        more: "/more",
      },
      ...ok(
        json(
          {
            type: "object",
            properties: {
              data: { type: "array", items: { type: "object", properties: { id: text } } },
              more: { type: "boolean" },
            },
          },
          { example: { data: ["a", "b", "c"].map((name) => ({ id: name })), more: false } },
        ),
      ),
    },
    call: (method) => all(method({ limit: 2 })),
    comes: [{ id: "a" }, { id: "b" }, { id: "c" }],
  }),
  deleteNothing: () => ({
    method: "delete",
    path: "/{id}",
    operation: { parameters: [id], responses: { 204: { description: "It is gone." } } },
    call: (method) => method("1"),
    comes: undefined,
  }),
};

/** The schemas of a copy: inherited, told apart, in circles, and in the manner of 3.0. */
const schemas = (copy: number) => ({
  [`Animal${copy}`]: {
    type: "object",
    required: ["name", "kind"],
    discriminator: { propertyName: "kind" },
    properties: { name: { ...text, minLength: 1 }, kind: text, nick: { ...text, nullable: true } },
  },
  [`Cat${copy}`]: {
    allOf: [
      { $ref: `#/components/schemas/Animal${copy}` },
      {
        type: "object",
        properties: {
          kind: { enum: ["cat"] },
          lives: { type: "integer", minimum: 0, exclusiveMinimum: true },
        },
      },
    ],
  },
  [`Dog${copy}`]: {
    allOf: [
      { $ref: `#/components/schemas/Animal${copy}` },
      { type: "object", properties: { kind: { enum: ["dog"] }, loud: { type: "boolean" } } },
    ],
  },
  [`Pet${copy}`]: {
    oneOf: [{ $ref: `#/components/schemas/Cat${copy}` }, { $ref: `#/components/schemas/Dog${copy}` }],
  },
  [`Owner${copy}`]: {
    type: "object",
    required: ["id"],
    properties: {
      id: { type: "integer", readOnly: true },
      pets: { type: "array", items: pet(copy) },
      friend: { nullable: true, allOf: [{ $ref: `#/components/schemas/Owner${copy}` }] },
      more: { type: "object", additionalProperties: { anyOf: [text, { type: "number" }] } },
    },
  },
});

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The document, in OpenAPI 3.0, whose `operationId`s are the names of the kinds with the number of the copy. */
export function kindsDocument(copies: number): object {
  const paths = range(copies).flatMap((copy) =>
    Object.entries(KINDS).map(([name, make]) => {
      const { method, path = "", operation } = make(copy);
      return [`/kinds${copy}/${name}${path}`, { [method]: { operationId: name + copy, ...operation } }];
    }),
  );
  return {
    openapi: "3.0.3",
    info: { title: "Kinds", version: "1.0.0" },
    paths: Object.fromEntries(paths),
    components: { schemas: Object.assign({}, ...range(copies).map(schemas)) },
  };
}

/** Calls each method of the generated client once, and says what came and what has to come, see `Kind`. */
export async function* answers(client: Client, copies: number) {
  for (const copy of range(copies))
    for (const [name, make] of Object.entries(KINDS)) {
      const { call, ...kind } = make(copy);
      const operationId = name + copy;
      const answer = await call((...given: unknown[]) => client[operationId](...given));
      yield { operationId, answer, isDescribed: !("comes" in kind), comes: kind.comes };
    }
}

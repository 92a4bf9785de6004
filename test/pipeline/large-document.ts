/** A document of the size and oddity of OpenAI's: about 180 paths, 800 schemas and 3 MB, the same for the same scale. */

type Node = Record<string, unknown>;

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: unknown) => ({ "application/json": { schema } });

/** Text that compresses as badly as prose, so that the size is that of a described API. */
const prose = (seed: number, words: number) =>
  range(words)
    .map((index) => `word${((seed * 7919 + index * 104_729) % 9973).toString(36)}`)
    .join(" ");

/** The forms that schemas take in the documents of others, by turns. */
const FORMS: ((index: number) => Node)[] = [
  (index) => ({ type: "object", required: ["id"], properties: properties(index) }),
  (index) => ({ allOf: [ref(schema(index - 1)), { type: "object", properties: properties(index) }] }),
  (index) => ({ type: "object", nullable: true, properties: properties(index), "x-order": index }),
  (index) => ({
    anyOf: [ref(schema(index - 1)), ref(schema(index - 3)), { type: "string" }],
    nullable: true,
  }),
  (index) => ({
    oneOf: [ref(schema(index - 4)), ref(schema(index - 2))],
    discriminator: { propertyName: "kind" },
  }),
  (index) => ({ type: "array", items: ref(schema(index - 1)), example: [{ $ref: "not a reference" }] }),
  (index) => ({ type: "string", enum: range(20).map((value) => `value_${index}_${value}`) }),
  (index) => ({ type: "object", additionalProperties: ref(schema(index + 5)), deprecated: true }),
  (index) => ({
    type: "object",
    properties: { ...properties(index), self: ref(schema(index)), later: ref(schema(index + 2)) },
    anyOf: [{ required: ["name"] }, { required: ["count"] }],
  }),
];

const COUNT_PER_PATH = 5;
let total = 0;
const schema = (index: number) => `Schema${((index % total) + total) % total}`;

function properties(index: number): Node {
  return {
    id: {
      type: "string",
      readOnly: index % 36 === 0,
      description: prose(index, 100),
      example: { $id: "one" },
    },
    kind: { type: "string", description: prose(index + 1, 30) },
    name: {
      type: "string",
      nullable: true,
      maxLength: 64,
      pattern: "^[\\w\\-]+$",
      description: prose(index, 140),
    },
    count: {
      type: "integer",
      minimum: 0,
      exclusiveMinimum: true,
      default: 1,
      description: prose(index, 120),
    },
    secret: { type: "string", writeOnly: index % 72 === 0 },
    parent: { allOf: [ref(schema(index + 1))], nullable: true, description: prose(index, 40) },
  };
}

function operation(index: number, method: string): Node {
  const body = { content: json(ref(schema(index * COUNT_PER_PATH))) };
  return {
    operationId: `${method}-thing_${index}`,
    summary: prose(index, 5),
    description: prose(index, 120),
    tags: [`tag ${index % 12}`],
    parameters: [{ name: "limit", in: "query", schema: { type: "integer", maximum: 100 } }],
    ...(method !== "get" && { requestBody: body }),
    responses: {
      "200": {
        description: "Done.",
        content: {
          ...json(ref(schema(index * COUNT_PER_PATH + 1))),
          ...(index % 10 === 0 && { "text/event-stream": { schema: ref(schema(index)) } }),
        },
      },
      "4XX": { description: "Wrong.", content: json(ref(schema(7))) },
    },
  };
}

/**
 * Makes the document, in OpenAPI 3.0.
 *
 * @param paths the number of paths; 180 gives about 3 MB
 */
export function largeDocument(paths: number): Node {
  total = paths * COUNT_PER_PATH;
  const schemas = range(total).map((index) => {
    const form = FORMS[index % FORMS.length] as (index: number) => Node;
    return [`Schema${index}`, { description: prose(index, 40), ...form(index) }];
  });
  const items = range(paths).map((index) => [
    `/things${index}/{id}`,
    {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      get: operation(index, "get"),
      ...(index % 2 === 0 && { post: operation(index, "post") }),
    },
  ]);
  return {
    openapi: "3.0.3",
    info: { title: "Large API", version: "1.0.0" },
    servers: [{ url: "https://large.example/v1" }],
    paths: Object.fromEntries(items),
    components: { schemas: Object.fromEntries(schemas) },
  };
}

/** The JSON Schema of `x-pagination`: how a list is divided into pages. */
const pointer = { type: "string", pattern: "^(/([^~/]|~[01])*)+$" };

export default {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "x-pagination",
  description:
    "How an operation gives a list page by page. JSON Pointers (RFC 6901) lead into its answer; in them the index -1 means the last item of a list. Parameters are query parameters of the operation.",
  type: "object",
  required: ["items", "cursor"],
  properties: {
    items: { description: "Where the items of a page are, such as `/data`.", ...pointer },
    cursor: {
      description: "What the next request sends to get the next page.",
      type: "object",
      required: ["parameter", "value"],
      properties: {
        parameter: { description: "The query parameter, such as `after`.", type: "string", minLength: 1 },
        value: { description: "Where its value is, such as `/last_id` or `/data/-1/id`.", ...pointer },
      },
      additionalProperties: false,
    },
    limit: {
      description: "The query parameter that says how many items a page has at most.",
      type: "string",
      minLength: 1,
    },
    more: {
      description:
        "Where a boolean says whether more pages follow, such as `/has_more`. Without it, they do as long as there is a cursor and the page has items.",
      ...pointer,
    },
  },
  additionalProperties: false,
};

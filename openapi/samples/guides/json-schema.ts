import { Routescope } from "@routescope/api";

const client = new Routescope();
const { choices } = await client.chat.completions.create({
  model: "gpt-5.4",
  messages: [{ role: "user", content: "Who wrote the first program?" }],
  response_format: {
    type: "json_schema",
    json_schema: {
      name: "person",
      strict: true,
      schema: {
        type: "object",
        properties: { name: { type: "string" }, born: { type: "integer" } },
        required: ["name", "born"],
        additionalProperties: false,
      },
    },
  },
});
const person: { name: string; born: number } = JSON.parse(choices[0]?.message.content ?? "{}");
console.log(person.name, person.born);

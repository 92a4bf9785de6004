import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://api.routescope.ai/v1",
  apiKey: process.env.ROUTESCOPE_API_KEY,
});
const schema = {
  type: "object",
  properties: { name: { type: "string" }, born: { type: "integer" } },
  required: ["name", "born"],
  additionalProperties: false,
};
const { choices } = await client.chat.completions.create({
  model: "gpt-5.4",
  messages: [{ role: "user", content: "Who wrote the first program?" }],
  response_format: { type: "json_schema", json_schema: { name: "person", strict: true, schema } },
});
console.log(JSON.parse(choices[0].message.content).name);

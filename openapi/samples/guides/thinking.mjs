import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://api.routescope.ai/v1",
  apiKey: process.env.ROUTESCOPE_API_KEY,
});
const { choices } = await client.chat.completions.create({
  model: "qwen3-max",
  messages: [{ role: "user", content: "How many primes are below 20?" }],
  enable_thinking: true,
});
console.log(choices[0].message.reasoning_content);
console.log(choices[0].message.content);

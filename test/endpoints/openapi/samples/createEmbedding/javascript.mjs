import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://api.routescope.ai/v1",
  apiKey: process.env.ROUTESCOPE_API_KEY,
});

const { model, usage } = await client.embeddings.create({
  model: "text-embedding-3-small",
  input: ["Hello", "Goodbye"],
});
console.log(model, usage.total_tokens);

import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://api.routescope.ai/v1",
  apiKey: process.env.ROUTESCOPE_API_KEY,
});

const response = await client.responses.create({ model: "gpt-5.4", input: "Say hello." });
console.log(response.output_text);

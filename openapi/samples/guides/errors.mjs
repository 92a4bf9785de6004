import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://api.routescope.ai/v1",
  apiKey: process.env.ROUTESCOPE_API_KEY,
  timeout: 60_000,
  maxRetries: 3,
});
try {
  const { choices } = await client.chat.completions.create({
    model: "gpt-5.4",
    messages: [{ role: "user", content: "Say hello." }],
  });
  console.log(choices[0].message.content);
} catch (error) {
  if (error instanceof OpenAI.BadRequestError) console.error("Correct", error.param, error.message);
  else if (error instanceof OpenAI.RateLimitError) console.error("Try again later", error.requestID);
  else throw error;
}

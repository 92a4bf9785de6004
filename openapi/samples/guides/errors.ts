import { APIConnectionError, BadRequestError, RateLimitError, Routescope } from "@routescope/api";

const client = new Routescope({ timeout: 60_000, maxRetries: 3 });
try {
  const { choices } = await client.chat.completions.create({
    model: "gpt-5.4",
    messages: [{ role: "user", content: "Say hello." }],
  });
  console.log(choices[0]?.message.content);
} catch (error) {
  if (error instanceof BadRequestError) console.error("Correct", error.param, error.message);
  else if (error instanceof RateLimitError) console.error("Try again later", error.request_id);
  else if (error instanceof APIConnectionError) console.error("The answer is incomplete", error.partial);
  else throw error;
}

import { APIConnectionError, BadRequestError, RateLimitError, Routescope } from "@routescope/api";

const client = new Routescope({ timeout: 60_000, maxRetries: 3 });
try {
  const { choices } = await client.chat.completions.create({
    model: "gpt-5.4",
    messages: [{ role: "user", content: "Say hello." }],
  });
  console.log(choices[0]?.message.content);
} catch (error) {
  if (error instanceof BadRequestError) console.error("Mend", error.param, error.message);
  else if (error instanceof RateLimitError) console.error("Come again later", error.request_id);
  else if (error instanceof APIConnectionError) console.error("No whole answer came", error.partial);
  else throw error;
}

import { Routescope } from "@routescope/api";

const client = new Routescope();
const stream = await client.chat.completions.create({
  model: "qwen3-max",
  messages: [{ role: "user", content: "How many primes are below 20?" }],
  enable_thinking: true,
  stream: true,
});
for await (const { choices } of stream) {
  const delta = choices[0]?.delta;
  process.stdout.write(delta?.reasoning_content ?? delta?.content ?? "");
}

import { Routescope } from "@routescope/api";

const client = new Routescope({ apiKey: process.env.ROUTESCOPE_API_KEY });

const stream = await client.chat.completions.create({
  model: "gpt-5.4",
  messages: [{ role: "user", content: "Introduce Routescope API in one sentence." }],
  stream: true,
});
for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? "");
}

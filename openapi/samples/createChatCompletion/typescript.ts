import { Routescope } from "@routescope/api";

const client = new Routescope({ apiKey: process.env.ROUTESCOPE_API_KEY });

const completion = await client.chat.completions.create({
  model: "gpt-5.4",
  messages: [
    {
      role: "user",
      content: "Introduce Routescope API in one sentence.",
    },
  ],
  temperature: 0.7,
});
console.log(completion.choices[0]?.message.content);

import { Routescope } from "@routescope/api";

const client = new Routescope({ apiKey: process.env.ROUTESCOPE_API_KEY });

const { model, usage } = await client.embeddings.create({
  model: "text-embedding-3-small",
  input: ["Hello", "Goodbye"],
});
console.log(model, usage.total_tokens);

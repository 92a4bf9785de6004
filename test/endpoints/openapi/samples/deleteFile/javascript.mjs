import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://api.routescope.ai/v1",
  apiKey: process.env.ROUTESCOPE_API_KEY,
});

const { deleted } = await client.files.delete("file-1");
console.log(deleted);

import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://api.routescope.ai/v1",
  apiKey: process.env.ROUTESCOPE_API_KEY,
});

const content = await client.files.content("file-1");
console.log((await content.arrayBuffer()).byteLength);

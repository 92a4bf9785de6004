import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://api.routescope.ai/v1",
  apiKey: process.env.ROUTESCOPE_API_KEY,
});

const sound = await client.audio.speech.create({ model: "tts-1", input: "Hello", voice: "alloy" });
console.log((await sound.arrayBuffer()).byteLength);

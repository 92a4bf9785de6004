import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://api.routescope.ai/v1",
  apiKey: process.env.ROUTESCOPE_API_KEY,
});

const { text } = await client.audio.transcriptions.create({
  model: "whisper-1",
  file: new File(["sound"], "hello.mp3", { type: "audio/mpeg" }),
});
console.log(text);

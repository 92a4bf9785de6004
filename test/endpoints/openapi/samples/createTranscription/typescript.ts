import { Routescope } from "@routescope/api";

const client = new Routescope({ apiKey: process.env.ROUTESCOPE_API_KEY });

const { text } = await client.audio.transcriptions.create({
  model: "whisper-1",
  file: new File(["sound"], "hello.mp3", { type: "audio/mpeg" }),
});
console.log(text);

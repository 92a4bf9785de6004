import { Routescope } from "@routescope/api";

const client = new Routescope({ apiKey: process.env.ROUTESCOPE_API_KEY });

const sound = await client.audio.speech.create({ model: "tts-1", input: "Hello", voice: "alloy" });
console.log(sound.size);

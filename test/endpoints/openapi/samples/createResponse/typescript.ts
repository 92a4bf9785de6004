import { Routescope } from "@routescope/api";

const client = new Routescope({ apiKey: process.env.ROUTESCOPE_API_KEY });

const response = await client.responses.create({ model: "gpt-5.4", input: "Say hello." });
console.log(response.output[0]?.content[0]?.text);

import { Routescope } from "@routescope/api";

const client = new Routescope({ apiKey: process.env.ROUTESCOPE_API_KEY });

const model = await client.models.retrieve("gpt-5.4");
console.log(model.id);

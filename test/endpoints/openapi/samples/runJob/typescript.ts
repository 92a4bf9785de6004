import { Routescope } from "@routescope/api";

const client = new Routescope({ apiKey: process.env.ROUTESCOPE_API_KEY });

for await (const { step } of await client.jobs.run({ name: "nightly", stream: true })) console.log(step);

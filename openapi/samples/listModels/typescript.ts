import { Routescope } from "@routescope/api";

const client = new Routescope({ apiKey: process.env.ROUTESCOPE_API_KEY });

for (const model of (await client.models.list()).data) {
  console.log(model.id);
}

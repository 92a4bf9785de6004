import { Routescope } from "@routescope/api";

const client = new Routescope({ apiKey: process.env.ROUTESCOPE_API_KEY });

const content = await client.files.content("file-1");
console.log(content.size);

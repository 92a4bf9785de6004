import { Routescope } from "@routescope/api";

const client = new Routescope({ apiKey: process.env.ROUTESCOPE_API_KEY });

const { deleted } = await client.files.delete("file-1");
console.log(deleted);

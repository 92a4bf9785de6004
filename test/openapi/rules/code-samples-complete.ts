import type { Cases } from "../../pipeline/fixture.ts";

const sample = (lang: string) => ({ lang, label: lang, source: "x" });
const all = ["Shell", "TypeScript", "JavaScript", "Python"].map(sample);
const operation = (samples?: object[]) => ({
  paths: { "/pets": { get: { ...(samples && { "x-codeSamples": samples }) } } },
});
const missing = (lang: string, path: string) => ({
  path,
  message: `There is no sample in ${lang}. Add it to x-codeSamples, from openapi/samples.`,
});

export const cases: Cases = {
  passes: [operation([...all, sample("Go")]), { webhooks: { born: { post: {} } } }],
  fails: [
    {
      document: operation(),
      findings: ["Shell", "TypeScript", "JavaScript", "Python"].map((lang) =>
        missing(lang, "paths//pets/get"),
      ),
    },
    {
      document: operation([...all.slice(0, 3), { lang: "Python", label: "Python", source: " " }]),
      findings: [{ path: "paths//pets/get/x-codeSamples/3", message: "The sample has no source. Add it." }],
    },
  ],
  bite: {
    change: ["paths/models.yaml", "- lang: Python", "- lang: Ruby"],
    found: ["paths/models.yaml", "x-codeSamples:"],
  },
};

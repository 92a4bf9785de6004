/** A reader finds a sample in each of the languages that the reference offers. */
import { calls } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";

const LANGUAGES = ["Shell", "TypeScript", "JavaScript", "Python"];

function check(document) {
  return calls(document).flatMap(({ operation, path }) => {
    const samples = Array.isArray(operation["x-codeSamples"]) ? operation["x-codeSamples"] : [];
    const here = operation["x-codeSamples"] === undefined ? path : [...path, "x-codeSamples"];
    return [
      ...LANGUAGES.filter((lang) => !samples.some((sample) => sample?.lang === lang)).map((lang) => ({
        message: `There is no sample in ${lang}. Add it to x-codeSamples, from openapi/samples.`,
        path: here,
      })),
      ...samples.flatMap((sample, index) =>
        ["label", "source"]
          .filter((member) => typeof sample?.[member] !== "string" || sample[member].trim() === "")
          .map((member) => ({ message: `The sample has no ${member}. Add it.`, path: [...here, index] })),
      ),
    ];
  });
}

export default rule("Every operation has samples in Shell, TypeScript, JavaScript and Python.", check);

/** A path without a version cannot be changed without breaking who calls it. */
import { entries } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";

function check({ paths }) {
  return entries(paths)
    .filter(([path]) => !path.startsWith("x-") && !/^\/v\d+(\/|$)/.test(path))
    .map(([path]) => ({
      message: `The path "${path}" has no version. Begin it with /v1.`,
      path: ["paths", path],
    }));
}

export default rule("Every path begins with the version of the API.", check);

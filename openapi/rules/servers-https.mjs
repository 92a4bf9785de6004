/** A token that travels in clear text is a token that is lost. */
import { rule } from "./functions/rule.mjs";
import { walk } from "./functions/walk.mjs";

function check(document) {
  return walk(document).flatMap(({ node, path }) =>
    path.at(-2) === "servers" && typeof node.url === "string" && !/^(https:\/\/|\/)/.test(node.url)
      ? [
          {
            message: `The server ${node.url} is not reached by https. Write https://.`,
            path: [...path, "url"],
          },
        ]
      : [],
  );
}

export default rule("Every server is reached by https.", check);

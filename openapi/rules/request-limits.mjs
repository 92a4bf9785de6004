/**
 * What too many requests and too large ones get, so that clients can wait and try again.
 *
 * Of the OWASP ruleset for APIs these fit: 429 with Retry-After, and 413 (here); https (`servers-https`); no credentials
 * in URLs (`credentials-not-in-url`); 400, 401 and a default error (`operation-errors`). Left out, with reasons:
 * - limits of strings, arrays and integers, and closed objects: a relay passes fields on, and the upstream limits them;
 *   a limit that the API does not document would refuse requests that it accepts
 * - IDs that cannot be guessed: the IDs of models are public names
 * - the headers of rate limits on every answer: they are seen in relays of this kind, not promised
 */
import { calls, entries, responses } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";

function check(document) {
  return calls(document).flatMap((call) => {
    const { operation, path } = call;
    const answers = responses(document, call);
    const here = [...path, "responses"];
    const limit = answers.find(({ status }) => status === "429");
    const waits = entries(limit?.node.headers).some(([name]) => name.toLowerCase() === "retry-after");
    return [
      ...(limit
        ? []
        : [
            {
              message: "The operation declares no 429 response. Say what too many requests get.",
              path: here,
            },
          ]),
      ...(limit && !waits
        ? [{ message: "The 429 response has no Retry-After header. Say how long to wait.", path: limit.path }]
        : []),
      ...(operation.requestBody && !answers.some(({ status }) => status === "413")
        ? [
            {
              message:
                "The operation takes a body, but declares no 413 response. Say what one that is too large gets.",
              path: here,
            },
          ]
        : []),
    ];
  });
}

export default rule("Every operation says what too many requests and too large ones get.", check);

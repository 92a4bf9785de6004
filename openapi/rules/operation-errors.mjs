/**
 * Every operation declares what a malformed request (400), a missing token (401) and any other failure (default) get,
 * each with an example: the mock answers from them, and without them it would answer in another form. Webhooks and
 * callbacks are left out, because there the consumer answers.
 */
import { calls, entries, responses } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";

const STATUSES = ["400", "401", "default"];

function check(document) {
  return calls(document).flatMap((call) => {
    const declared = responses(document, call);
    return STATUSES.flatMap((status) => {
      const response = declared.find((one) => one.status === status);
      if (!response)
        return [
          {
            message: `The operation declares no ${status} response. Add one.`,
            path: [...call.path, "responses"],
          },
        ];
      if (entries(response.node.content?.["application/json"]?.examples).length > 0) return [];
      return [
        {
          message: `The ${status} response has no example. Add one under application/json.`,
          path: [...call.path, "responses", status],
        },
      ];
    });
  });
}

export default rule("Every operation declares 400, 401 and default responses, each with an example.", check);

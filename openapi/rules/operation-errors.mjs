/**
 * Every operation declares what a malformed request (400), a missing token (401) and any other failure (default) get,
 * each with an example: the mock answers from them, and without them it would answer in a shape of its own.
 */
const STATUSES = ["400", "401", "default"];

function check(operation, _, { path }) {
  const findings = [];
  for (const status of STATUSES) {
    const response = operation.responses?.[status];
    if (!response)
      findings.push({
        message: `The operation declares no ${status} response. Add one.`,
        path: [...path, "responses"],
      });
    else if (Object.keys(response.content?.["application/json"]?.examples ?? {}).length === 0)
      findings.push({
        message: `The ${status} response has no example. Add one under application/json.`,
        path: [...path, "responses", status],
      });
  }
  return findings;
}

export default {
  description: "Every operation declares 400, 401 and default responses, each with an example.",
  message: "{{error}}",
  severity: "error",
  given: "$.paths[*][get,put,post,delete,options,head,patch,trace]",
  then: { function: check },
};

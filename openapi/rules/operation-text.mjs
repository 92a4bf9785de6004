/** What a reader, a client's doc comment and a search find of an operation. */
const NAME = /^[a-z][A-Za-z0-9]*$/;

function check(operation, _, { path }) {
  const findings = [];
  for (const member of ["operationId", "summary", "description", "tags"]) {
    if (operation[member] === undefined || operation[member].length === 0)
      findings.push({ message: `The operation has no ${member}. Add it.`, path });
  }
  if (operation.operationId && !NAME.test(operation.operationId))
    findings.push({
      message: `The operationId "${operation.operationId}" is not camelCase. Write it like listModels.`,
      path: [...path, "operationId"],
    });
  return findings;
}

export default {
  description: "Every operation has a camelCase operationId, a summary, a description and a tag.",
  message: "{{error}}",
  severity: "error",
  given: "$.paths[*][get,put,post,delete,options,head,patch,trace]",
  resolved: false,
  then: { function: check },
};

/** The form that the house rules share. */

/**
 * A rule over the whole document, its references left as they are.
 *
 * @param description one sentence: what holds where the rule is kept
 * @param check from the document to findings, `{ message, path }`
 */
export function rule(description, check) {
  return {
    description,
    message: "{{error}}",
    severity: "error",
    given: "$",
    resolved: false,
    then: { function: check },
  };
}

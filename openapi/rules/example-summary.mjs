/** An example's summary is the name of its tab in the docs. */
export default {
  description: "Every named example has a summary.",
  message: "The example has no summary. Say in a few words what it shows.",
  severity: "error",
  given: ["$.paths..content[*].examples[*]", "$.components.responses..content[*].examples[*]"],
  resolved: false,
  then: {
    function: (example) => (example?.$ref || example?.summary ? [] : [{ message: "no summary" }]),
  },
};

/** A field without a description is one that every reader has to guess, in the docs and in the editor. */
export default {
  description: "Every property is described, itself or by what it refers to.",
  message: "{{error}}",
  severity: "error",
  given: "$.components.schemas..properties",
  then: {
    function: (properties, _, { path }) =>
      // A property may itself be called `properties`, and an example may hold a schema.
      path.at(-2) === "properties" || path.includes("examples") || path.includes("default")
        ? []
        : Object.entries(properties)
            .filter(([, schema]) => typeof schema === "object" && schema !== null && !schema.description)
            .map(([name]) => ({
              message: `"${name}" has no description. Say what it is.`,
              path: [...path, name],
            })),
  },
};

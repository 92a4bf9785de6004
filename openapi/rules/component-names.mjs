/** A component's name is its file's name, the name of its type, and a heading of the docs. */
export default {
  description: "Components are named in PascalCase.",
  message: "{{error}}",
  severity: "error",
  given: "$.components[schemas,parameters,headers,responses,requestBodies,securitySchemes]",
  resolved: false,
  then: {
    function: (components, _, { path }) =>
      Object.keys(components)
        .filter((name) => !/^([A-Z][a-z0-9]*)+$/.test(name))
        .map((name) => ({
          message: `"${name}" is not PascalCase. Rename the component, and its file.`,
          path: [...path, name],
        })),
  },
};

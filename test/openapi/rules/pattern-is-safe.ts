import type { Cases } from "../../pipeline/fixture.ts";

const safe = ["^[a-z_-]{1,64}$", "^(a|b)+$", "^(?:ab?c)*$", "(a+)?b", "[(+*)]+", "\\(a+\\)+", "^(\\d{3})+$"];
const unsafe = ["(a+)+$", "^(a*)*b", "([a-z]+\\s?)+!", "^(a|a)*$", "(x(y+))+z", "(a{2,})+", "(?<n>\\w+)*"];
const schemas = (patterns: string[]) => ({
  components: { schemas: Object.fromEntries(patterns.map((pattern, index) => [`S${index}`, { pattern }])) },
});
const message = (pattern: string) =>
  `The pattern ${pattern} can take exponential time, because it repeats what already repeats or may match in two ways. Write it without a repetition inside a repetition.`;

export const cases: Cases = {
  passes: [schemas(safe)],
  fails: [
    {
      document: schemas(unsafe),
      findings: unsafe.map((pattern, index) => ({
        path: `components/schemas/S${index}/pattern`,
        message: message(pattern),
      })),
    },
    {
      document: { components: { schemas: { Map: { patternProperties: { "(a+)+": {} } } } } },
      findings: [{ path: "components/schemas/Map/patternProperties/(a+)+", message: message("(a+)+") }],
    },
  ],
  bite: {
    change: [
      "components/schemas/FunctionDefinition.yaml",
      "pattern: ^[a-zA-Z0-9_-]{1,64}$",
      "pattern: ^([a-z_]+)+$",
    ],
    found: ["components/schemas/FunctionDefinition.yaml", "pattern: ^([a-z_]+)+$"],
  },
};

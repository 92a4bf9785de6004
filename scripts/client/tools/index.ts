/** `@routescope/api/tools`: answers parsed by a schema, and a loop over functions. Costs nothing unless it is imported. */
export { type Parsed, ParseError, parse, type ResponseFormat, responseFormat } from "./parse.ts";
export { RoundsError, type RunToolsOptions, type RunToolsResult, runTools, type Tool, tool } from "./run.ts";
export type { Schema, StandardSchema } from "./schema.ts";

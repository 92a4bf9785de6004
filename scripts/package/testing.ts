/** `@routescope/testing`: the mock for tests. */
export type * from "../mock/index.ts";
export { createMock, startMock } from "../mock/index.ts";

/** `@routescope/testing`: the mock and the recording proxy for tests. */
export type * from "../mock/index.ts";
export { createMock, startMock } from "../mock/index.ts";
export type * from "../proxy/index.ts";
export { type StartProxyOptions, startProxy } from "./proxy.ts";

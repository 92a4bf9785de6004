/** Both npm packages as their users install them. */
import { join } from "node:path";
import { checkPackage } from "@arethetypeswrong/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeApi, makeTesting } from "../../scripts/package/make.ts";
import { readManifest } from "../../scripts/package/manifests.ts";
import { describeApi } from "./api.ts";
import { api, install, project, testing, uninstall, where } from "./installed.ts";
import { filesThatName, forAttw, publintMessages, read, readmeBlocks, repository } from "./support.ts";
import { describeTesting } from "./testing.ts";
import { typeCheckers } from "./type-checkers.ts";

beforeAll(install, 300_000);
afterAll(uninstall);

const packages = [
  { name: "@routescope/api", make: makeApi, tarball: () => api },
  { name: "@routescope/testing", make: makeTesting, tarball: () => testing },
];

describe.each(packages)("$name", ({ make, tarball }) => {
  it("is not made when its version is not the contract's; the error names both", async () => {
    const { info } = JSON.parse(await read(tarball(), "generated/openapi.json"));
    await expect(make(join(where, "never"), { ...readManifest(), version: "99.0.0" })).rejects.toThrow(
      `package.json  The version is 99.0.0, but the contract's \`info.version\` is ${info.version}.\n  Make them equal: `,
    );
  });

  it("names no folder of the machine that made it", async () => {
    expect(await filesThatName([repository, where], tarball())).toEqual([]);
  });

  it("passes publint", async () => {
    expect(await publintMessages(tarball())).toEqual([]);
  });

  it("passes attw: the types are found and right wherever ES modules are", async () => {
    const result = await checkPackage(await forAttw(tarball()), { excludeEntrypoints: [/openapi/] });
    if (!result.types) throw new Error("The package has no types.");
    const { exports } = JSON.parse(await read(tarball(), "package.json"));
    const code = Object.keys(exports).filter((name) => !/openapi/.test(name));
    expect(Object.keys(result.entrypoints).sort()).toEqual(code.sort());
    // The package has ES modules only; Node's `require` loads them too.
    const problems = result.problems.filter(
      (problem) => !("resolutionKind" in problem && /^node10$|^node16-cjs$/.test(problem.resolutionKind)),
    );
    expect(problems).toEqual([]);
  });
});

const API = `
import contract from "@routescope/api/openapi.json" with { type: "json" };
import { APIError, type ClientOptions, Routescope, Stream, type components as exported } from "@routescope/api";
import type { components, paths } from "@routescope/api/schema";

const same: components["schemas"] = null as unknown as exported["schemas"];
export const version: string = contract.info.version;
export const options: ClientOptions = { apiKey: "k", fetch: (url, init) => fetch(url, init) };
export const client = new Routescope(options);
export type Paths = keyof paths;
export function told(error: unknown) {
  if (error instanceof APIError) return [error.status, error.request_id, same];
  return error instanceof Stream;
}
// @ts-expect-error: there is no such option
new Routescope({ apiKey: 1 });
`;

const TESTING = `
import { createMock, type JournalEntry, type Mock, type RunningMock, type Scenario, startMock } from "@routescope/testing";

const scenario: Scenario = { operation: "listModels", value: { data: [] }, fault: "latency:5" };
export const mock: Promise<RunningMock> = startMock({ seed: "1", scenarios: [scenario] });
export const another: typeof createMock = async () => null as unknown as Mock;
export const statuses = (entries: readonly JournalEntry[]) => entries.map(({ status }) => status);
// @ts-expect-error: a port is a number
startMock({ port: "0" });
`;

describe("Both packages in TypeScript", { timeout: 180_000 }, () => {
  beforeAll(async () => {
    await project.link("@types/node");
    await project.write("typed-api.ts", API);
    await project.write("typed-testing.ts", TESTING);
    const codes = [...(await readmeBlocks(api, "ts")), ...(await readmeBlocks(testing, "ts"))];
    for (const [index, code] of codes.entries()) await project.write(`readme-${index}.ts`, code);
  });

  it.each(typeCheckers)(
    "compile strictly under TypeScript $version, for Node and for bundlers",
    async (checker) => {
      expect(await checker.check(project)).toMatchObject({ code: 0, stdout: "" });
    },
  );
});

describeApi();
describeTesting();

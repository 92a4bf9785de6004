/** What the proxy does with an exchange that has passed, each part without the traffic. */
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { contractOf } from "../../scripts/conformance/compiled-contract.ts";
import { decode } from "../../scripts/proxy/decode.ts";
import { DriftReport } from "../../scripts/proxy/drift.ts";
import { operationFor } from "../../scripts/proxy/route.ts";
import { contract } from "../openapi/validator.ts";

const compiled = contractOf(contract);

describe("a body", () => {
  test("is decompressed from the last coding to the first, as far as it goes if it was cut", async () => {
    const whole = gzipSync("a text");
    const both = await decode(brotliCompressSync(whole), "GZIP, br");
    expect(String(Buffer.from(both ?? []))).toBe("a text");
    expect(String(Buffer.from((await decode(whole.subarray(0, -9), "gzip")) ?? []))).toBe("a text");
    expect(String(Buffer.from((await decode(Buffer.from("plain"), "identity")) ?? []))).toBe("plain");
  });

  test("that is broken, of an unknown coding, or larger than 32 MiB is none", async () => {
    expect(await decode(Buffer.from("no gzip"), "gzip")).toBeUndefined();
    expect(await decode(Buffer.from("a"), "compress")).toBeUndefined();
    const large = gzipSync(Buffer.alloc(32 * 1024 * 1024 + 1), { level: 1 });
    expect((await decode(large, "gzip"))?.length).toBeUndefined();
  });
});

describe("drift", () => {
  test("is kept of a thousand kinds, each counted", () => {
    const report = new DriftReport();
    for (let path = 0; path < 1001; path++) report.unknownRequest("GET", `/v2/${path}?q=1`);
    expect(report.unknownRequest("GET", "/v2/0")).toEqual([]);
    expect(report.all).toHaveLength(1000);
    expect(report.all[0]).toMatchObject({ operation: "GET /v2/0", count: 2 });
  });

  test("is not what the upstream refused: the client learned of it", () => {
    const operation = operationFor(compiled, "POST", "/v1/chat/completions");
    if (!operation) return expect.unreachable();
    const exchange = {
      operation,
      url: "/v1/chat/completions",
      asked: { model: "gpt-5.4", messages: [] },
      headers: { "content-type": "application/json" },
      keys: [],
      end: "complete" as const,
      first: 0,
      last: 0,
    };
    const error = JSON.stringify({ error: { message: "messages: must not be empty" } });
    const sides = (status: number, text: string) =>
      new DriftReport().check(compiled, { ...exchange, status, text }, 0).map(({ side }) => side);
    expect(sides(400, error)).not.toContain("request");
    expect(sides(200, error)).toContain("request");
  });
});

describe("the operation of a request", () => {
  const of = (method: string, url: string) => operationFor(compiled, method, url)?.name;
  test("is found below other paths, without the version, and for HEAD", () => {
    expect(of("GET", "/openai/v1/models?limit=1")).toBe("listModels");
    expect(of("GET", "/compat/models/gpt-5.4")).toBe("retrieveModel");
    expect(of("HEAD", "/v1/models")).toBe("listModels");
    expect(of("DELETE", "/v1/models")).toBeUndefined();
    expect(of("GET", "/v1/model")).toBeUndefined();
  });

  test("is the one with the fewest parameters", () => {
    const responses = { 200: { description: "OK" } };
    const pets = contractOf({
      openapi: "3.1.1",
      info: { title: "Pets", version: "1" },
      paths: {
        "/v1/pets/{id}": { get: { operationId: "one", responses } },
        "/v1/pets/mine": { get: { operationId: "mine", responses } },
      },
    });
    expect(operationFor(pets, "GET", "/v1/pets/mine")?.name).toBe("mine");
    expect(operationFor(pets, "GET", "/v1/pets/7")?.name).toBe("one");
  });
});

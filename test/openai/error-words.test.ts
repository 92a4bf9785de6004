import { describe, expect, it } from "vitest";
import { errorHolder, errorWords, isErrorReport } from "../../scripts/openai/error-words.ts";

describe("the server's own words", () => {
  it.each<[unknown, string]>([
    [{ error: { message: "Too long." } }, "Too long."],
    [{ error: "Too long." }, "Too long."],
    [{ error: { error: "Too long.", error_code: 7 } }, "Too long."],
    [{ object: "error", message: "Too long.", code: 400 }, "Too long."],
    [{ message: "Too long.", error: null }, "Too long."],
    [{ message: { detail: [{ msg: "Too long." }] } }, "Too long."],
    [{ detail: "Too long." }, "Too long."],
    [
      { detail: [{ loc: ["body", "model"], msg: "is missing" }, { msg: "Too long." }] },
      "body.model: is missing; Too long.",
    ],
    [{ errors: [{ code: 1, message: "Too long." }], success: false }, "Too long."],
    [{ errors: ["Too long.", "Too long."] }, "Too long."],
    [{ errors: { model: ["is unknown"], n: "is odd" } }, "model: is unknown; n: is odd"],
    [{ code: 7, msg: "Too long." }, "Too long."],
    [{ error_message: "Too long.", choices: null }, "Too long."],
    [{ error: "invalid_grant", error_description: "Too long." }, "invalid_grant: Too long."],
    [{ base_resp: { status_code: 7, status_msg: "Too long." } }, "Too long."],
    [{ title: "Bad Request", violations: [{ field: "n", message: "is odd" }] }, "is odd"],
    [{ title: "Bad Request", detail: "Too long.", status: 400 }, "Too long."],
    [[{ error: { code: 400, message: "Too long." } }], "Too long."],
    [{ statusCode: 429, error: "Too Many Requests", message: "Wait." }, "Too Many Requests: Wait."],
    [{ status: 404, error: "Not Found", path: "/v4/v1" }, "Not Found: /v4/v1"],
    [{ code: 400, details: "Too long." }, "Too long."],
    [{ error: { message: '{"error":{"message":"Too long."}}' } }, "Too long."],
    ['{"detail":"Too long."}', "Too long."],
    [
      { error: { message: "Provider failed", metadata: { raw: '{"message":"Too long."}' } } },
      "Provider failed: Too long.",
    ],
    ["  Too long.\n", "Too long."],
    ["<|im_start|> is not a token", "<|im_start|> is not a token"],
    [
      "<html><head><title>502</title><style>a{}</style></head><body><h1>502</h1><!-- no --> Bad&nbsp;gateway</body>",
      "502 Bad gateway",
    ],
    [{ Error: { Code: "Quota", Message: "Too long." } }, "Too long."],
    [{ fault: { faultstring: "Too long.", detail: { code: 7 } } }, "Too long."],
    [{ ok: false, err: "Too long." }, "Too long."],
    [{ errCode: 7, errMsg: "Too long." }, "Too long."],
    [{ choices: [{ error: { message: "Too long." } }] }, "Too long."],
    ["<image> takes 5 tokens", "<image> takes 5 tokens"],
    ["<?xml version='1.0'?><Error><Message>Too long.</Message></Error>", "Too long."],
    ["<title>Login</title><p>Please &amp; thank you</p><script>let a", "Login Please & thank you"],
  ])("of %j", (body, expected) => {
    expect(errorWords(body)).toBe(expected);
  });

  it.each([
    [undefined],
    [null],
    [7],
    [""],
    [{}],
    [[]],
    [{ error: {} }],
    [{ message: { a: 1 } }],
    [{ base_resp: { status_code: 0, status_msg: "success" } }],
  ])("are not in %j", (body) => {
    expect(errorWords(body)).toBeUndefined();
  });

  it("are short, however long or deep the body is", () => {
    expect(errorWords("x".repeat(100_000))).toHaveLength(500);
    expect(errorWords(`<p>${"x".repeat(100_000)}`)?.length).toBeLessThanOrEqual(500);
    let deep: unknown = { message: "bottom" };
    for (let depth = 0; depth < 10_000; depth++) deep = { error: deep };
    expect(errorWords(deep)).toBeUndefined();
    expect(errorHolder(deep)).toEqual({});
  });
});

describe("an error under a status of success", () => {
  const choices = [{ index: 0, message: { content: "Hi" } }];
  it.each([
    [{ error: { message: "No." } }],
    [{ error: { message: "No." }, choices }],
    [{ error: "No.", choices: null }],
    [{ error: {} }],
    [{ choices: [{ ...choices[0], error: { message: "No." } }] }],
    [{ object: "error", message: "No." }],
    [{ code: 401, msg: "No.", success: false }],
    [{ id: "x", choices: null, base_resp: { status_code: 1008, status_msg: "No." } }],
    [{ choices: [], base_resp: { status_code: 1008, status_msg: "No." } }],
    [[{ error: { message: "No." } }]],
  ])("is %j", (answer) => {
    expect(isErrorReport(answer, ["choices"])).toBe(true);
  });

  it.each([
    [{ choices }],
    [{ choices, error: {} }],
    [{ choices, error: null, message: "success" }],
    [{ choices, error: { code: null, message: "" } }],
    [{ choices, base_resp: { status_code: 0, status_msg: "success" } }],
    [{ choices: [], usage: {} }],
    [{ usage: {} }],
    [[]],
    ["text"],
    [null],
  ])("is not %j", (answer) => {
    expect(isErrorReport(answer, ["choices"])).toBe(false);
  });

  it("is told by `error` alone where nothing is known of the answer", () => {
    expect(isErrorReport({ message: "Hello." })).toBe(false);
    expect(isErrorReport({ error: "No." })).toBe(true);
  });
});

it("the code, type and field stand beside the words", () => {
  expect(errorHolder({ error: { message: "No.", code: 7 } })).toHaveProperty("code", 7);
  expect(errorHolder([{ error: { message: "No.", type: "t" } }])).toHaveProperty("type", "t");
  expect(errorHolder({ errors: [{ message: "No.", param: "model" }] })).toHaveProperty("param", "model");
  expect(errorHolder('{"code":7}')).toHaveProperty("code", 7);
  expect(errorHolder("No.")).toEqual({});
});

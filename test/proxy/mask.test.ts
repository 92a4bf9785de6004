/** Which texts of a request are keys, and that none of them is left in what is kept. */
import { expect, test } from "vitest";
import { holdsKey, keysIn, valueWithoutKeys, withoutKeys } from "../../scripts/proxy/mask.ts";

test("keys are the credentials in headers and in the query", () => {
  const headers = {
    authorization: "Bearer sk-authorization",
    "api-key": "azure-key-1",
    "x-api-key": "x-api-key-1",
    cookie: "session=cookie-value-1; theme=dark",
    accept: "application/json",
  };
  expect(keysIn(headers, "/v1/models?key=query-key-1&api_key=query-key-2&after=page-token-1")).toEqual([
    "sk-authorization",
    "azure-key-1",
    "x-api-key-1",
    "cookie-value-1",
    "query-key-1",
    "query-key-2",
  ]);
});

test("short words are not keys: they would be found in any text", () => {
  expect(keysIn({ authorization: "Bearer key" }, "/?token=abc")).toEqual([]);
});

test("no key is left in the texts, the names and the depths of a value", () => {
  const keys = ["sk-0123456789"];
  const value = { "of sk-0123456789": [{ told: "It was sk-0123456789, sk-0123456789." }, 1, null] };
  const kept = valueWithoutKeys(value, keys);
  expect(kept).toEqual({ "of ***": [{ told: "It was ***, ***." }, 1, null] });
  expect(holdsKey(JSON.stringify(value), keys)).toBe(true);
  expect(holdsKey(JSON.stringify(kept), keys)).toBe(false);
  expect(withoutKeys("sk-0123456789", [])).toBe("sk-0123456789");
});

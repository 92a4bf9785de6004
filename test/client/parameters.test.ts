import { expect, it } from "vitest";
import { headerValues } from "../../scripts/client/parameters.ts";

it("sends no headers for a call in JavaScript that leaves out the required ones, so that the API says which", () => {
  expect(headerValues(undefined)).toEqual({});
  expect(headerValues({ "x-version": 1, "x-tags": ["a", "b"], "x-none": undefined })).toEqual({
    "x-version": "1",
    "x-tags": "a,b",
  });
});

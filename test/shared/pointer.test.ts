import { expect, it } from "vitest";
import type { Json } from "../../scripts/shared/json.ts";
import { put } from "../../scripts/shared/pointer.ts";

it("A value that is put at __proto__ becomes a member, and no prototype", () => {
  const root = put({ a: {} }, "/a/__proto__", { admin: true }) as { a: { [name: string]: Json } };
  expect(Object.keys(root.a)).toEqual(["__proto__"]);
  expect(root.a["admin"]).toBeUndefined();
});

import { expect, it } from "vitest";
import { safeNext, signUpPath } from "./paths";

it.each([
  ["/invite?token=a", "/invite?token=a"],
  ["/settings/people", "/settings/people"],
  [null, "/"],
  ["https://evil.test", "/"],
  ["//evil.test", "/"],
  ["/\\evil.test", "/"],
  ["/\t/evil.test", "/"],
  ["/sign-up", "/"],
])("%s goes on at %s", (given, expected) => {
  expect(safeNext(given)).toBe(expected);
});

it("carries the address along", () => {
  expect(signUpPath("/")).toBe("/sign-up");
  expect(signUpPath("/invite?token=a")).toBe("/sign-up?next=%2Finvite%3Ftoken%3Da");
});

import { expect, it } from "vitest";
import { amount, nearness, share } from "./amounts";

it.each([
  [0, "bytes", "0 B"],
  [999, "bytes", "999 B"],
  [1_500, "bytes", "1.5 kB"],
  [20_000_000_000, "bytes", "20 GB"],
  [5_000_000_000_000_000, "bytes", "5,000 TB"],
  [12_345, "messages", "12,345"],
])("says %s %s as %s", (value, unit, text) => {
  expect(amount(value, unit, "en-GB")).toBe(text);
});

it.each([
  [0, null, "calm", null],
  [799, 1000, "calm", 0.799],
  [800, 1000, "near", 0.8],
  [1000, 1000, "reached", 1],
  [1200, 1000, "reached", 1],
  [0, 0, "reached", 1],
] as const)("%s of %s is %s", (used, limit, how, filled) => {
  expect(nearness({ used, limit })).toBe(how);
  expect(share({ used, limit })).toBe(filled);
});

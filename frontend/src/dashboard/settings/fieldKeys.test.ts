import { expect, it } from "vitest";
import { isKey, keyFor } from "./fieldKeys";

it.each([
  ["Tanggal lahir", "tanggal_lahir"],
  ["  Größe (EU)  ", "gro_e_eu"],
  ["Café", "cafe"],
  ["2nd address", "nd_address"],
  ["💬", ""],
  ["x".repeat(80), "x".repeat(60)],
])("calls %j %j", (name, key) => {
  expect(keyFor(name)).toBe(key);
  expect(isKey(key)).toBe(key !== "");
});

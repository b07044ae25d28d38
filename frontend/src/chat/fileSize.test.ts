import { expect, it } from "vitest";
import { fileSize } from "./fileSize";

it.each([
  [999, "999 bytes"],
  [12_345, "12 kB"],
  [5_242_880, "5.2 MB"],
])("%i bytes", (bytes, shown) => {
  expect(fileSize(bytes, "en")).toBe(shown);
});

it("follows the language", () => {
  expect(fileSize(5_242_880, "id")).toBe("5,2 MB");
});

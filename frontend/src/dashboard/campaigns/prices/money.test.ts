import { expect, it } from "vitest";
import { money, unitPrice } from "./money";

it("writes sums as the currency is written, and prices to their last fraction", () => {
  expect(money(703596.4, "IDR", "en-GB")).toBe("Rp\u00a0703,596");
  expect(unitPrice(586.33, "IDR", "id-ID")).toBe("Rp\u00a0586,33");
  expect(unitPrice(1239.5, "IDR", "en-GB")).toBe("Rp\u00a01,239.50");
  expect(unitPrice(0.0411, "USD", "en-GB")).toBe("$0.0411");
});

it("writes what is no currency all the same", () => {
  expect(money(2, "X", "en-GB")).toBe("X 2");
});

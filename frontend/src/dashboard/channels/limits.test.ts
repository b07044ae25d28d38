import { expect, it } from "vitest";
import { dictionaries } from "../../words/language";
import { limitText, paceText } from "./limits";

it.each([
  ["TIER_250", "250"],
  ["TIER_2K", "2,000"],
  ["TIER_100K", "100,000"],
  ["TIER_UNLIMITED", "No limit"],
  ["-1", "No limit"],
  ["10000", "10,000"],
  ["", "Not known yet"],
  ["TIER_NOT_SET", "Not known yet"],
])("a limit of %s is %s", (limit, shown) => {
  expect(limitText(limit, dictionaries.en, "en")).toBe(shown);
});

it("says how fast a number is, and how slow", () => {
  expect([80, 0.5].map((perSecond) => paceText(perSecond, dictionaries.en))).toEqual(["80 a second", "One every 2 s"]);
});

import { expect, it } from "vitest";
import { dictionaries } from "../../words/language";
import { limitText } from "./limits";

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

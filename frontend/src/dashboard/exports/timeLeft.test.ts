import { expect, it } from "vitest";
import { english } from "../../words/english";
import { durationText, progressText, secondsLeft } from "./timeLeft";

it.each([
  [500, 1000, 10_000, 10],
  [1, 100, 3_000, 297],
  [0, 100, 10_000, null],
  [100, 100, 10_000, null],
  [50, null, 10_000, null],
  [50, 100, 1_000, null],
])("%s of %s after %s ms leaves %s s", (done, total, since, left) => {
  expect(secondsLeft(done, total, since)).toBe(left);
});

it.each([
  [0.2, "1 s"],
  [45, "45 s"],
  [89, "89 s"],
  [90, "2 min"],
  [600, "10 min"],
  [7140, "119 min"],
  [12_500, "3 h 28 min"],
])("says %s seconds as %s", (seconds, text) => {
  expect(durationText(seconds, english)).toBe(text);
});

it("counts with a number and the time left, or says that it is getting ready", () => {
  expect(progressText(1200, 100_000, 75, english)).toBe("1,200 of 100,000 · 75 s left");
  expect(progressText(1200, null, null, english)).toBe("1,200 so far");
  expect(progressText(0, null, null, english)).toBe("Getting ready");
});

import { expect, it } from "vitest";
import { english } from "../words/english";
import { indonesian } from "../words/indonesian";
import { clockTime, dayLabel, listTime } from "./days";
import { threadRows } from "./threadRows";

const at = (day: number, hour: number, minute = 0) => new Date(2026, 5, day, hour, minute).getTime();
const now = at(17, 9);

it("names days by what a reader would call them", () => {
  expect(dayLabel(at(17, 0, 1), now, "en", english)).toBe("Today");
  expect(dayLabel(at(16, 23, 59), now, "en", english)).toBe("Yesterday");
  expect(dayLabel(at(16, 23, 59), now, "id", indonesian)).toBe("Kemarin");
  expect(dayLabel(at(13, 8), now, "en", english)).toBe("Saturday");
  expect(dayLabel(at(13, 8), now, "id", indonesian)).toBe("Sabtu");
  expect(dayLabel(at(2, 8), now, "en", english)).toBe("2 June 2026");
});

it("shows the 24-hour clock with a colon in both languages", () => {
  expect(clockTime(at(17, 0, 5), "en")).toBe("00:05");
  expect(clockTime(at(17, 18, 5), "id")).toBe("18:05");
});

it("shortens the time in lists", () => {
  expect(listTime(at(17, 8, 30), now, "en", english)).toBe("08:30");
  expect(listTime(at(16, 8), now, "en", english)).toBe("Yesterday");
  expect(listTime(at(14, 8), now, "en", english)).toBe("Sun");
  expect(listTime(at(1, 8), now, "en", english)).toBe("01/06/26");
});

it("marks where a day and where a run begins", () => {
  const rows = threadRows([
    { at: at(16, 10), direction: "in" as const },
    { at: at(16, 11), direction: "in" as const },
    { at: at(16, 12), direction: "out" as const },
    { at: at(17, 8), direction: "out" as const },
  ]);
  expect(rows.map(({ startsDay }) => startsDay)).toEqual([true, false, false, true]);
  expect(rows.map(({ startsRun }) => startsRun)).toEqual([true, false, true, true]);
});

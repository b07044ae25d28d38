import { describe, expect, it } from "vitest";
import type { Conversation } from "../api/shapes";
import { answererOf, obstacleOf, timeLeftToAnswer } from "./answering";

const minute = 60_000;
const conversation = { blocked: false, has_window: true, open_until: 100 * minute } as Conversation;

describe("what stands against an answer", () => {
  it("is nothing while the window is open", () => {
    expect(obstacleOf(conversation, 99 * minute)).toBeNull();
  });
  it("is the window from its last millisecond on, and when nobody has written yet", () => {
    expect(obstacleOf(conversation, 100 * minute)).toBe("window-closed");
    expect(obstacleOf({ ...conversation, open_until: null }, 0)).toBe("window-closed");
  });
  it("is no window on a linked phone, which has none", () => {
    expect(obstacleOf({ ...conversation, has_window: false, open_until: null }, 0)).toBeNull();
  });
  it("is first of all that the contact is blocked", () => {
    expect(obstacleOf({ ...conversation, blocked: true, open_until: null }, 0)).toBe("blocked");
  });
});

describe("the time that is left", () => {
  it("is told when it runs out soon", () => {
    expect(timeLeftToAnswer(600 * minute, 0)).toBeNull();
    expect(timeLeftToAnswer(150 * minute, 0)).toEqual({ unit: "hour", count: 2 });
    expect(timeLeftToAnswer(59 * minute, 0)).toEqual({ unit: "minute", count: 59 });
    expect(timeLeftToAnswer(10, 0)).toEqual({ unit: "minute", count: 1 });
    expect(timeLeftToAnswer(0, 0)).toBeNull();
    expect(timeLeftToAnswer(null, 0)).toBeNull();
  });
});

describe("who answers", () => {
  const taken = (by: string | null) => ({ by, team: null, since: 1, back_at: null });
  it.each([
    [null, "bot"],
    [taken(null), "waiting"],
    [taken("ana"), "me"],
    [taken("budi"), "colleague"],
    [taken("phone"), "phone"],
    [taken("key-1"), "program"],
  ] as const)("%o is %s", (who, expected) => {
    expect(answererOf(who, "ana", ["ana", "budi"])).toBe(expected);
  });
});

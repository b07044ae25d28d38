import type { Conversation } from "../api/shapes";

const hourMs = 3_600_000;
const soonMs = 3 * hourMs;

/** Why nothing may be written now; null when something may. */
export type Obstacle = "blocked" | "window-closed";

export function obstacleOf({ blocked, has_window: hasWindow, open_until: openUntil }: Conversation, now: number): Obstacle | null {
  if (blocked) return "blocked";
  return hasWindow && (openUntil === null || openUntil <= now) ? "window-closed" : null;
}

/** Whole hours, or minutes in the last ones, that are left to answer; null while there is plenty. */
export function timeLeftToAnswer(openUntil: number | null, now: number): { unit: "hour" | "minute"; count: number } | null {
  const left = (openUntil ?? 0) - now;
  if (left <= 0 || left > soonMs) return null;
  return left >= hourMs ? { unit: "hour", count: Math.floor(left / hourMs) } : { unit: "minute", count: Math.max(1, Math.floor(left / 60_000)) };
}

/** Who answers: the bot, oneself, a colleague, somebody on the shared phone, a program, or nobody yet. */
export type Answerer = "bot" | "me" | "colleague" | "phone" | "program" | "waiting";

export function answererOf(taken: Conversation["taken"], me: string | null, colleagues: readonly string[]): Answerer {
  if (taken === null) return "bot";
  if (taken.by === null) return "waiting";
  if (taken.by === me) return "me";
  if (taken.by === "phone") return "phone";
  return colleagues.includes(taken.by) ? "colleague" : "program";
}

import { clockTime, listTime } from "../../chat/days";
import type { Language } from "../../words/language";
import type { Words } from "../../words/english";

const dayMs = 24 * 3_600_000;

/** The time of today, and before that the day with it. */
export function sinceText(at: number, now: number, language: Language, words: Words): string {
  const isToday = now - at < dayMs && new Date(at).getDate() === new Date(now).getDate();
  const time = clockTime(at, language);
  return isToday ? time : `${listTime(at, now, language, words)} ${time}`;
}

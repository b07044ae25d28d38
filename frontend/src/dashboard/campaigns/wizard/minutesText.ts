import type { Words } from "../../../words/english";

/** "5 min", "3 h 20 min". */
export function minutesText(minutes: number, words: Words): string {
  const rounded = Math.max(1, Math.round(minutes));
  if (rounded < 120) return words.campaigns.minutes(String(rounded));
  return words.campaigns.hours(String(Math.floor(rounded / 60)), String(rounded % 60));
}

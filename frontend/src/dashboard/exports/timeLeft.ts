import type { Words } from "../../words/english";

const soonestMs = 2000; // before that the pace says little

/** How long the rest takes at the pace so far; null while nobody can tell. */
export function secondsLeft(done: number, total: number | null, sinceMs: number): number | null {
  if (total === null || done <= 0 || done >= total || sinceMs < soonestMs) return null;
  return Math.ceil(((sinceMs / done) * (total - done)) / 1000);
}

/** "45 s", "3 min", "3 h 20 min". */
export function durationText(seconds: number, words: Words): string {
  return seconds < 90 ? words.imports.seconds(String(Math.max(1, Math.round(seconds)))) : minutesText(seconds / 60, words);
}

/** "5 min", "3 h 20 min". */
export function minutesText(minutes: number, words: Words): string {
  const rounded = Math.max(1, Math.round(minutes));
  if (rounded < 120) return words.imports.minutes(String(rounded));
  return words.imports.hours(String(Math.floor(rounded / 60)), String(rounded % 60));
}

const number = new Intl.NumberFormat("en-GB");

/** Thousands apart, as the language writes them. */
export function counted(count: number, locale?: string): string {
  return locale === undefined ? number.format(count) : new Intl.NumberFormat(locale).format(count);
}

export function progressText(done: number, total: number | null, left: number | null, words: Words, locale?: string): string {
  if (total === null) return done === 0 ? words.contacts.exportCounting : words.contacts.exportSoFar(counted(done, locale));
  const shown = words.contacts.exportProgress(counted(done, locale), counted(total, locale));
  return left === null ? shown : `${shown} · ${words.imports.left(durationText(left, words))}`;
}

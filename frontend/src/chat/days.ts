import type { Words } from "../words/english";
import type { Language } from "../words/language";

export const locales: Record<Language, string> = { en: "en-GB", id: "id-ID" };

const dayMs = 86_400_000;

/** A key that two moments share when they fall on the same local day. */
export function dayKey(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

function daysBetween(earlier: number, later: number): number {
  const start = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((start(later) - start(earlier)) / dayMs);
}

/** "Today", "Yesterday", a weekday within the week, else the date. */
export function dayLabel(at: number, now: number, language: Language, words: Words): string {
  const locale = locales[language];
  const days = daysBetween(at, now);
  if (days === 0) return words.common.today;
  if (days === 1) return words.common.yesterday;
  if (days > 1 && days < 7) return new Intl.DateTimeFormat(locale, { weekday: "long" }).format(at);
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" }).format(at);
}

const clock = (locale: string) => new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
// Every bubble shows one, and making a formatter takes longer than drawing the bubble.
const clocks: Record<Language, Intl.DateTimeFormat> = { en: clock(locales.en), id: clock(locales.id) };

/** Hours and minutes, on the 24-hour clock, whatever the language. */
export function clockTime(at: number, language: Language): string {
  return clocks[language].format(at).replace(".", ":");
}

/** Short form for lists: time today, "Yesterday", weekday, else the date. */
export function listTime(at: number, now: number, language: Language, words: Words): string {
  const days = daysBetween(at, now);
  if (days <= 0) return clockTime(at, language);
  if (days === 1) return words.common.yesterday;
  if (days < 7) return new Intl.DateTimeFormat(locales[language], { weekday: "short" }).format(at);
  return new Intl.DateTimeFormat(locales[language], { day: "2-digit", month: "2-digit", year: "2-digit" }).format(at);
}

export function fullTime(at: number, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: "medium", timeStyle: "medium" }).format(at);
}

/** "7 December 2026" */
export function dayDate(at: number, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: "long" }).format(at);
}

/** "7 Dec 2026", for tables. */
export function shortDate(at: number, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: "medium" }).format(at);
}

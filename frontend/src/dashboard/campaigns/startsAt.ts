import { locales } from "../../chat/days";
import type { Language } from "../../words/language";
import type { Words } from "../../words/english";
import type { Campaign } from "./campaignShapes";

/** "Starts 1 Dec 2026, 09:00 (Asia/Jakarta)", by the clocks of its own time zone; null when it has not been told to. */
export function startsAtText({ status, starts_at: at, time_zone: zone }: Campaign, language: Language, words: Words): string | null {
  if (status !== "scheduled" || at === null) return null;
  // It is read and written as if in UTC, which leaves its hour as it is.
  const time = new Intl.DateTimeFormat(locales[language], { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }).format(new Date(`${at}Z`));
  return words.campaigns.startsAt(time, zone.replaceAll("_", " "));
}

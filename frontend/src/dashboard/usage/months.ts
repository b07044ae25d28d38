import { locales } from "../../chat/days";
import type { Language } from "../../words/language";

/** "November 2026", or short: "Nov". Months are those of UTC. */
export function monthName(month: string, language: Language, form: "long" | "short" = "long"): string {
  const [year, number] = month.split("-").map(Number);
  const at = Date.UTC(year ?? 0, (number ?? 1) - 1, 1);
  const how: Intl.DateTimeFormatOptions = form === "long" ? { month: "long", year: "numeric" } : { month: "short" };
  return new Intl.DateTimeFormat(locales[language], { ...how, timeZone: "UTC" }).format(at);
}

import type { Words } from "../../words/english";
import { locales } from "../../chat/days";
import type { Language } from "../../words/language";

const thousand = 1000;
const million = 1_000_000;

/** Meta writes limits as a number, -1, or the name of a tier: "TIER_2K". In words for people. */
export function limitText(limit: string, words: Words, language: Language): string {
  if (limit === "-1" || /UNLIMITED/i.test(limit)) return words.channels.unlimited;
  const tier = /^(?:TIER_)?(\d+)(K|M)?$/i.exec(limit);
  if (!tier) return words.channels.notKnown;
  const unit = tier[2]?.toUpperCase();
  const count = Number(tier[1]) * (unit === "K" ? thousand : unit === "M" ? million : 1);
  return new Intl.NumberFormat(locales[language]).format(count);
}

/** "80 a second", or "one every 2 s" where it is slower than one. */
export function paceText(perSecond: number, words: Words): string {
  return perSecond >= 1 ? words.channels.perSecond(perSecond) : words.channels.oneEvery(Math.round(1 / perSecond));
}

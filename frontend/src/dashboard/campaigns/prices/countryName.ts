import { locales } from "../../../chat/days";
import type { Language } from "../../../words/language";

/** "Malaysia" of "MY". */
export function countryName(code: string, language: Language): string {
  try {
    return new Intl.DisplayNames(locales[language], { type: "region" }).of(code) ?? code;
  } catch {
    return code; // two letters that are no country
  }
}

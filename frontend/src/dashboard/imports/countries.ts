import { locales } from "../../chat/days";
import type { Language } from "../../words/language";

/** Countries where WhatsApp is much used; numbers of all others carry their code. */
const codes = [
  "ID", "AE", "AR", "AU", "BD", "BR", "CA", "CL", "CO", "DE", "EG", "ES", "FR", "GB", "HK", "IE", "IL", "IN", "IT", "JP", "KE",
  "KH", "KW", "LK", "MA", "MM", "MX", "MY", "NG", "NL", "NP", "NZ", "PE", "PH", "PK", "PL", "PT", "QA", "RO", "SA", "SG", "TH",
  "TL", "TR", "TW", "TZ", "UA", "UG", "US", "VN", "ZA",
];

/** By their names in the language. */
export function countries(language: Language): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locales[language], { type: "region" });
  return codes
    .map((code) => ({ value: code, label: names.of(code) ?? code }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

import { english, type Words } from "./english";
import { indonesian } from "./indonesian";

export const dictionaries = { en: english, id: indonesian } as const satisfies Record<string, Words>;

export type Language = keyof typeof dictionaries;

export const languages = Object.keys(dictionaries) as Language[];

const storageKey = "kabar.language";

function isLanguage(value: string | null): value is Language {
  return value !== null && value in dictionaries;
}

/** The language chosen earlier, else the first of the browser's that we speak, else English. */
export function startingLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  for (const tag of preferred) {
    const base = tag.toLowerCase().split("-")[0] ?? "";
    // "in" is the code that old Android browsers still send for Indonesian.
    const known = base === "in" ? "id" : base;
    if (isLanguage(known)) return known;
  }
  return "en";
}

export function storedLanguage(): string | null {
  return localStorage.getItem(storageKey);
}

export function storeLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
}

import { createContext, useContext } from "react";
import type { Words } from "./english";
import { dictionaries, type Language } from "./language";

export interface WordsValue {
  language: Language;
  words: Words;
  setLanguage: (language: Language) => void;
}

export const WordsContext = createContext<WordsValue>({
  language: "en",
  words: dictionaries.en,
  setLanguage: () => undefined,
});

export function useWords(): WordsValue {
  return useContext(WordsContext);
}

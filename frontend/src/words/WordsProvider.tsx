import { useEffect, useMemo, useState, type ReactNode } from "react";
import { dictionaries, startingLanguage, storedLanguage, storeLanguage, type Language } from "./language";
import { WordsContext } from "./useWords";

export function WordsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() =>
    startingLanguage(storedLanguage(), navigator.languages),
  );

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const value = useMemo(
    () => ({
      language,
      words: dictionaries[language],
      setLanguage: (next: Language) => {
        storeLanguage(next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <WordsContext value={value}>{children}</WordsContext>;
}

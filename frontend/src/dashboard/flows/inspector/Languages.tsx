import { Languages as Icon } from "lucide-react";
import { useWords } from "../../../words/useWords";
import fields from "./fields.module.css";
import styles from "./Inspector.module.css";
import { knownLanguages } from "./localText";

interface LanguagesProps {
  languages: readonly string[];
  chosen: string | null;
  readOnly: boolean;
  onChoose: (language: string) => void;
  onAdd: (language: string) => void;
}

/** In which language the step's texts are read and written. */
export function Languages({ languages, chosen, readOnly, onChoose, onAdd }: LanguagesProps) {
  const { words, language } = useWords();
  const texts = words.flows.inspector;
  const names = new Intl.DisplayNames([language], { type: "language" });
  const others = [...knownLanguages].filter((code) => !languages.includes(code)).map((code) => ({ code, name: names.of(code) ?? code }));
  others.sort((a, b) => a.name.localeCompare(b.name));
  if (readOnly && languages.length === 0) return null;
  return (
    <div className={styles.languages} role="group" aria-label={texts.languages}>
      <Icon size={15} aria-hidden />
      {languages.map((code) => (
        <button key={code} type="button" className={fields.tab} aria-pressed={code === chosen} onClick={() => onChoose(code)}>
          {names.of(code.replace("_", "-")) ?? code}
        </button>
      ))}
      {!readOnly && (
        <select aria-label={texts.addLanguage} value="" onChange={(event) => onAdd(event.target.value)}>
          <option value="">{texts.addLanguage}</option>
          {others.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

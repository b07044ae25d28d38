import { SelectField, TextArea, TextField } from "../../design/Field";
import { dictionaries, languages } from "../../words/language";
import { useWords } from "../../words/useWords";
import styles from "./Knowledge.module.css";
import type { AskingSettings } from "./knowledgeCalls";
import { RerankSwitch } from "./RerankSwitch";

interface AnswerSettingsProps {
  settings: AskingSettings;
  canRerank: boolean;
  onChange: (settings: AskingSettings) => void;
}

/** The least and the most that the API takes. */
const bounds = { passages: [1, 10], characters: [100, 3500] } as const;

/** How answers are written, beside which passages they are made of. */
export function AnswerSettings({ settings, canRerank, onChange }: AnswerSettingsProps) {
  const { words } = useWords();
  const texts = words.knowledge.writing;
  const set = (change: Partial<AskingSettings>) => onChange({ ...settings, ...change });
  const number = (name: keyof typeof bounds) => {
    const [least, most] = bounds[name];
    return (
      <TextField
        label={texts[name]}
        hint={texts.between(String(least), String(most))}
        type="number"
        min={least}
        max={most}
        value={String(settings[name])}
        onChange={(text) => set({ [name]: Math.min(most, Math.max(0, Math.round(Number(text)))) })}
        onBlur={() => set({ [name]: Math.max(least, settings[name]) })}
      />
    );
  };
  const named = languages.map((code) => ({ value: code, label: dictionaries[code].languageName }));
  const others = ["", ...languages].includes(settings.language) ? [] : [{ value: settings.language, label: settings.language }];
  return (
    <details className={styles.writing}>
      <summary>{texts.title}</summary>
      <div className={styles.writingFields}>
        <TextArea
          label={texts.instructions}
          hint={texts.instructionsHint}
          rows={3}
          maxLength={2000}
          value={settings.instructions}
          onChange={(instructions) => set({ instructions })}
        />
        <SelectField label={texts.language} value={settings.language} options={[{ value: "", label: texts.customers }, ...named, ...others]} onChange={(language) => set({ language })} />
        {number("characters")}
        {number("passages")}
        <label className={styles.switch}>
          <input type="checkbox" checked={settings.show_sources} onChange={({ target }) => set({ show_sources: target.checked })} />
          {texts.showSources}
        </label>
        <label className={styles.switch}>
          <input type="checkbox" checked={settings.rewrite} onChange={({ target }) => set({ rewrite: target.checked })} />
          {texts.rewrite}
        </label>
        <RerankSwitch settings={settings} isOffered={canRerank} onChange={onChange} />
      </div>
    </details>
  );
}

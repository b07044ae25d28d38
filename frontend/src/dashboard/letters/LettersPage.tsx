import { MailCheck } from "lucide-react";
import { useState } from "react";
import { SelectField } from "../../design/Field";
import { Notice } from "../../design/Notice";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { usePages } from "../api/usePages";
import { useServices } from "../services";
import { PageHead } from "../settings/PageHead";
import { PagesState } from "../settings/PagesState";
import settings from "../settings/Settings.module.css";
import { causes, type LetterSelection } from "./letterCalls";
import { LetterBar } from "./LetterBar";
import { LetterJobs } from "./LetterJobs";
import { LetterRow } from "./LetterRow";
import styles from "./Letters.module.css";
import { lettersKey } from "./lettersKey";

const nothing: ReadonlySet<string> = new Set();

export function LettersPage() {
  const { words } = useWords();
  const { api } = useServices();
  const may = useMay();
  const [selection, setSelection] = useState<LetterSelection>({});
  const [chosen, setChosen] = useState(nothing);
  const list = usePages([...lettersKey, selection], (cursor, signal) => api.letters.list(selection, cursor, signal));
  const texts = words.letters;
  const isFiltered = Object.keys(selection).length > 0;
  const canAct = may("dead_letters:redrive");

  const narrow = (field: keyof LetterSelection) => (value: string) => {
    const { [field]: _, ...others } = selection;
    setSelection(value === "" ? others : { ...others, [field]: value });
    setChosen(nothing);
  };
  const choose = (id: string, on: boolean) => {
    const after = new Set(chosen);
    if (on) after.add(id);
    else after.delete(id);
    setChosen(after);
  };
  return (
    <div className={settings.page}>
      <PageHead title={texts.title} lead={texts.lead} />
      <div className={styles.filters}>
        <SelectField
          label={texts.queue}
          value={selection.queue ?? ""}
          options={[{ value: "", label: texts.everyQueue }, ...named(texts.queues)]}
          onChange={narrow("queue")}
        />
        <SelectField
          label={texts.cause}
          value={selection.cause ?? ""}
          options={[{ value: "", label: texts.everyCause }, ...causes.map((value) => ({ value, label: texts.causes[value] ?? value }))]}
          onChange={narrow("cause")}
        />
      </div>
      <LetterJobs canStop={canAct} />
      <PagesState
        list={list}
        empty={
          isFiltered ? (
            texts.emptyFiltered
          ) : (
            <Notice icon={<MailCheck size={22} aria-hidden />} title={texts.emptyTitle} text={texts.empty} />
          )
        }
      >
        {(letters) => (
          <section className={styles.letters} aria-label={texts.title}>
            {canAct && (
              <LetterBar
                shown={letters.map(({ id }) => id)}
                chosen={chosen}
                selection={selection}
                onChoose={(ids) => setChosen(new Set(ids))}
              />
            )}
            <ul>
              {letters.map((letter) => (
                <LetterRow
                  key={letter.id}
                  letter={letter}
                  chosen={chosen.has(letter.id)}
                  {...(canAct ? { onChoose: (on: boolean) => choose(letter.id, on) } : {})}
                />
              ))}
            </ul>
          </section>
        )}
      </PagesState>
    </div>
  );
}

function named(names: Record<string, string>): { value: string; label: string }[] {
  return Object.entries(names)
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label));
}

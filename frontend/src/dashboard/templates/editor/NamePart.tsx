import { SelectField, TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import styles from "../Templates.module.css";
import { categories, languages, type Template, type TemplateAccount } from "../templateShapes";
import type { PartProps } from "./editing";

interface NamePartProps extends PartProps {
  edited: Template | null;
  accounts: readonly TemplateAccount[];
}

const named = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9_]+/g, "_");

export function NamePart({ draft, change, wrong, edited, accounts }: NamePartProps) {
  const { words } = useWords();
  const texts = words.templates;
  const fixedCategory = edited?.status === "APPROVED";
  const known: string[] = [...languages];
  const offered = known.includes(draft.language) ? known : [draft.language, ...known];
  return (
    <div className={styles.main}>
      <div className={styles.two}>
        {edited === null && (
          <TextField
            label={texts.name}
            hint={texts.nameHint}
            error={wrong("name")}
            maxLength={512}
            autoComplete="off"
            spellCheck={false}
            value={draft.name}
            onChange={(name) => change({ name: named(name) })}
          />
        )}
        {edited === null && (
          <SelectField
            label={texts.language}
            error={wrong("language")}
            value={draft.language}
            options={offered.map((value) => ({ value, label: value }))}
            onChange={(language) => change({ language })}
          />
        )}
        {!fixedCategory && (
          <SelectField
            label={texts.category}
            error={wrong("category")}
            value={draft.category}
            options={categories.map((value) => ({ value, label: texts.categories[value] ?? value }))}
            onChange={(category) => change({ category, ...(category === "MARKETING" ? {} : { offer: null, cards: null }) })}
          />
        )}
        {edited === null && accounts.length > 1 && (
          <SelectField
            label={texts.account}
            error={wrong("waba_id")}
            value={draft.wabaId || (accounts[0]?.waba_id ?? "")}
            options={accounts.map(({ waba_id, name }) => ({ value: waba_id, label: `${name} (${waba_id})` }))}
            onChange={(wabaId) => change({ wabaId })}
          />
        )}
      </div>
    </div>
  );
}

import { TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import type { JsonObject } from "../model/storedFlow";
import styles from "./SimulatorPanel.module.css";

interface SimulatedContactProps {
  contact: JsonObject;
  /** Once begun, the flow has its own copy. */
  started: boolean;
  onChange: (contact: JsonObject) => void;
}

const written = (value: unknown) => (typeof value === "string" ? value : "");

export function SimulatedContact({ contact, started, onChange }: SimulatedContactProps) {
  const { words } = useWords();
  const texts = words.flows.simulator;
  const tags = Array.isArray(contact.tags) ? contact.tags.filter((each) => typeof each === "string") : [];
  return (
    <details className={styles.values}>
      <summary>{texts.contact}</summary>
      {started && <p className={styles.quiet}>{texts.contactFixed}</p>}
      <div className={styles.fields}>
        <TextField label={texts.contactName} disabled={started} value={written(contact.name)} onChange={(name) => onChange({ ...contact, name })} />
        <TextField label={texts.contactLanguage} disabled={started} value={written(contact.language)} onChange={(language) => onChange({ ...contact, language })} />
        <TextField
          label={texts.contactTags}
          disabled={started}
          value={tags.join(", ")}
          onChange={(value) => onChange({ ...contact, tags: value.split(/,\s*/).filter((each) => each !== "") })}
        />
      </div>
    </details>
  );
}

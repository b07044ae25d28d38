import { useState } from "react";
import { Field } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import type { Json } from "../model/storedFlow";
import type { FieldProps } from "./editing";
import styles from "./fields.module.css";

const written = (value: Json | undefined) => (value === undefined ? "" : JSON.stringify(value, null, 2));

/** JSON by hand. What is not JSON yet stays here and is not stored. */
export function JsonField({ label, hint, value, readOnly, onChange }: FieldProps & { readOnly: boolean }) {
  const { words } = useWords();
  const [draft, setDraft] = useState<string | null>(null);
  const change = (text: string) => {
    try {
      const parsed = JSON.parse(text) as Json;
      setDraft(written(parsed) === text ? null : text);
      onChange(parsed);
    } catch {
      setDraft(text);
    }
  };
  const isJson = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  return (
    <Field label={label} hint={hint} error={draft !== null && !isJson(draft) ? words.flows.simulator.notJson : undefined}>
      {(described) => (
        <textarea
          {...described}
          className={`${styles.input} ${styles.mono}`}
          rows={4}
          spellCheck={false}
          readOnly={readOnly}
          value={draft ?? written(value)}
          onChange={(event) => change(event.target.value)}
          onBlur={() => {
            if (draft !== null && isJson(draft)) setDraft(null);
          }}
        />
      )}
    </Field>
  );
}

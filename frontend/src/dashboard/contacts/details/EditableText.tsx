import { useState, type KeyboardEvent } from "react";
import { useWords } from "../../../words/useWords";
import styles from "./EditableText.module.css";

interface EditableTextProps {
  label: string;
  type?: "text" | "tel" | "email" | "number" | "date";
  value: string;
  /** As it is read, where that differs from what is entered. */
  shown?: string;
  empty?: string;
  hint?: string | undefined;
  editable: boolean;
  onSave: (value: string) => void;
}

/** A text that becomes a field when pressed. Enter and leaving save; Escape takes it back. */
export function EditableText({ label, type = "text", value, shown = value, empty, hint, editable, onSave }: EditableTextProps) {
  const { words } = useWords();
  const [draft, setDraft] = useState<string | null>(null);
  const text = shown === "" ? <span className={styles.empty}>{empty ?? words.contacts.nothing}</span> : shown;
  if (!editable) return <span className={styles.text}>{text}</span>;
  if (draft === null) {
    return (
      <button type="button" className={styles.text} aria-label={`${words.contacts.editOf(label)}: ${shown}`} onClick={() => setDraft(value)}>
        {text}
      </button>
    );
  }
  const finish = () => {
    setDraft(null);
    if (draft.trim() !== value) onSave(draft.trim());
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter") finish();
    if (event.key === "Escape") setDraft(null);
  };
  return (
    <>
      <input
        className={styles.input}
        aria-label={label}
        title={hint}
        type={type === "number" ? "text" : type}
        inputMode={type === "number" ? "decimal" : undefined}
        autoComplete="off"
        autoFocus
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKey}
        onBlur={finish}
      />
      {hint && <p className={styles.hint}>{hint}</p>}
    </>
  );
}

import { useEffect, useId, useRef, useState, type SubmitEvent } from "react";
import { Button } from "../design/Button";
import { useWords } from "../words/useWords";
import styles from "./NewCustomerDialog.module.css";

interface NewCustomerDialogProps {
  onCreate: (name: string, hideNumber: boolean) => Promise<string>;
  onCreated: (id: string) => void;
  onClose: () => void;
}

const longestName = 60; // as the stand-in allows

export function NewCustomerDialog({ onCreate, onCreated, onClose }: NewCustomerDialogProps) {
  const { words } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [name, setName] = useState("");
  const [hideNumber, setHideNumber] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const titleId = useId();
  const hintId = useId();

  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
  }, []);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy || name.trim() === "") return;
    setBusy(true);
    setFailed(false);
    onCreate(name.trim(), hideNumber)
      .then((id) => {
        onCreated(id);
        onClose();
      })
      .catch(() => {
        setFailed(true);
        setBusy(false);
      });
  };

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={titleId} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <h2 id={titleId}>{words.phone.newCustomerTitle}</h2>
        <p className={styles.lead}>{words.phone.newCustomerLead}</p>
        {failed && (
          <p className={styles.failure} role="alert">
            {words.phone.createFailed}
          </p>
        )}
        <label className={styles.field}>
          {words.phone.name}
          <input autoFocus required maxLength={longestName} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label className={styles.check}>
          <input
            type="checkbox"
            aria-label={words.phone.hideNumber}
            aria-describedby={hintId}
            checked={hideNumber}
            onChange={(event) => setHideNumber(event.target.checked)}
          />
          <span>
            {words.phone.hideNumber}
            <small id={hintId}>{words.phone.hideNumberHint}</small>
          </span>
        </label>
        <div className={styles.actions}>
          <Button onClick={onClose}>{words.phone.cancel}</Button>
          <Button look="primary" type="submit" busy={busy} disabled={name.trim() === ""}>
            {words.phone.create}
          </Button>
        </div>
      </form>
    </dialog>
  );
}

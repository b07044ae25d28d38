import { useEffect, useId, useRef, type ReactNode, type SubmitEvent } from "react";
import styles from "./Dialog.module.css";

interface DialogProps {
  title: string;
  lead?: string;
  /** Buttons at the bottom, the one that goes on last. */
  actions: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children?: ReactNode;
}

/** A form that floats over the page until it is answered; Escape closes it. */
export function Dialog({ title, lead, actions, onSubmit, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
  }, []);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={titleId} onClose={onClose}>
      <form className={styles.body} onSubmit={submit} noValidate>
        <h2 id={titleId}>{title}</h2>
        {lead && <p className={styles.lead}>{lead}</p>}
        {children}
        <div className={styles.actions}>{actions}</div>
      </form>
    </dialog>
  );
}

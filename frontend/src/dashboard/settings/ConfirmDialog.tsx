import type { ReactNode } from "react";
import { Dialog } from "../../design/Dialog";
import { DialogButtons } from "../../design/DialogButtons";
import { Failure } from "../../design/Failure";
import { useWords } from "../../words/useWords";
import { problemText, useAct } from "../api/useAct";

interface ConfirmDialogProps {
  title: string;
  lead: string;
  /** What the button does, in its own word. */
  action: string;
  disabled?: boolean;
  /** False for what only begins something. */
  danger?: boolean;
  work: () => Promise<void>;
  onClose: () => void;
  children?: ReactNode;
}

/** Asks before what cannot be undone, or reaches many people. */
export function ConfirmDialog({ title, lead, action, disabled = false, danger = true, work, onClose, children }: ConfirmDialogProps) {
  const { words } = useWords();
  const act = useAct();
  const submit = () => {
    if (disabled) return;
    act.run(async () => {
      await work();
      onClose();
    });
  };
  return (
    <Dialog
      title={title}
      lead={lead}
      onSubmit={submit}
      onClose={onClose}
      actions={<DialogButtons submit={action} danger={danger} busy={act.busy} disabled={disabled} onClose={onClose} />}
    >
      {act.problem && <Failure>{[problemText(act.problem, words), ...act.problem.errors.map(({ field, message }) => `${field}: ${message}`)].join(" ")}</Failure>}
      {children}
    </Dialog>
  );
}

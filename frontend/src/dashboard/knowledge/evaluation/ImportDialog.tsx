import { useState } from "react";
import { Dialog } from "../../../design/Dialog";
import { DialogButtons } from "../../../design/DialogButtons";
import { Failure } from "../../../design/Failure";
import { Field } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { problemText, useAct } from "../../api/useAct";
import { useServices } from "../../services";
import type { KnowledgeBase } from "../knowledgeCalls";
import { reasonText } from "../../../words/reasonText";
import styles from "./Evaluation.module.css";

interface ImportDialogProps {
  base: KnowledgeBase;
  onClose: () => void;
  onDone: () => Promise<void>;
}

/** A CSV file of questions: all of it, or what is wrong with which row. */
export function ImportDialog({ base, onClose, onDone }: ImportDialogProps) {
  const { words } = useWords();
  const { api } = useServices();
  const act = useAct();
  const [file, setFile] = useState<File | null>(null);
  const [replace, setReplace] = useState(false);
  const texts = words.evaluation;
  const errors = act.problem?.errors ?? [];
  const bring = () =>
    act.run(async () => {
      if (file === null) return;
      await api.evaluations.importGolden(base.id, await file.text(), replace);
      await onDone();
    });
  return (
    <Dialog
      title={texts.importCsv}
      lead={texts.importLead}
      onSubmit={bring}
      onClose={onClose}
      actions={<DialogButtons submit={texts.importNow} busy={act.busy} disabled={file === null} onClose={onClose} />}
    >
      {act.problem && <Failure>{errors.length > 0 ? texts.importRefused(errors.length) : problemText(act.problem, words)}</Failure>}
      {errors.length > 0 && (
        <ul className={styles.errors} aria-label={texts.importErrors}>
          {errors.map(({ field, message }, index) => (
            <li key={index}>
              <b>{reasonText(field, texts.rowPlaces)}</b> {reasonText(message, texts.rowProblems)}
            </li>
          ))}
        </ul>
      )}
      <Field label={texts.file} hint={texts.fileHint}>
        {(described) => (
          <input
            {...described}
            type="file"
            accept=".csv,text/csv"
            onChange={({ target }) => {
              setFile(target.files?.[0] ?? null);
              act.forget();
            }}
          />
        )}
      </Field>
      <label className={styles.check}>
        <input type="checkbox" checked={replace} onChange={({ target }) => setReplace(target.checked)} />
        {texts.replace}
      </label>
    </Dialog>
  );
}

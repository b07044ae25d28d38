import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Dialog } from "../../../design/Dialog";
import { DialogButtons } from "../../../design/DialogButtons";
import { Failure } from "../../../design/Failure";
import { TextArea, TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { fieldProblem, formProblem, useAct } from "../../api/useAct";
import { useServices } from "../../services";
import type { KnowledgeBase } from "../knowledgeCalls";
import styles from "./Evaluation.module.css";
import type { GoldenChange, GoldenQuestion } from "./evaluationShapes";

const empty: GoldenChange = { question: "", document: "", passage: "", answer: "", is_unanswerable: false };
const fields = ["question", "document", "passage", "answer"] as const;

interface GoldenDialogProps {
  base: KnowledgeBase;
  /** Null for a new one. */
  before: GoldenQuestion | null;
  onClose: () => void;
  onDone: () => Promise<void>;
}

export function GoldenDialog({ base, before, onClose, onDone }: GoldenDialogProps) {
  const { words } = useWords();
  const { api } = useServices();
  const act = useAct();
  const [golden, setGolden] = useState<GoldenChange>(before ?? empty);
  const texts = words.evaluation;
  const names = useId();
  const documents = useQuery({
    queryKey: ["knowledge-documents", base.id],
    queryFn: ({ signal }) => api.knowledge.documents(base.id, null, signal),
  });
  const isReady = golden.question.trim() !== "" && (golden.is_unanswerable || fields.slice(1).some((name) => golden[name as "answer"].trim() !== ""));
  const save = () => {
    const { question, is_unanswerable } = golden;
    const change = is_unanswerable ? { ...empty, question, is_unanswerable } : { ...golden };
    act.run(async () => {
      const body = { question: change.question, document: change.document, passage: change.passage, answer: change.answer, is_unanswerable };
      await (before ? api.evaluations.changeGolden(base.id, before, body) : api.evaluations.addGolden(base.id, body));
      await onDone();
    });
  };
  const said = formProblem(act.problem, fields, words);
  return (
    <Dialog
      title={before ? texts.change : texts.add}
      onSubmit={() => isReady && save()}
      onClose={onClose}
      actions={<DialogButtons submit={before ? texts.save : texts.add} busy={act.busy} disabled={!isReady} onClose={onClose} />}
    >
      {said && <Failure>{said}</Failure>}
      <TextField
        label={texts.question}
        error={fieldProblem(act.problem, "question")}
        maxLength={1000}
        autoFocus
        value={golden.question}
        onChange={(question) => setGolden({ ...golden, question })}
      />
      <label className={styles.check}>
        <input type="checkbox" checked={golden.is_unanswerable} onChange={({ target }) => setGolden({ ...golden, is_unanswerable: target.checked })} />
        {texts.unanswerableCheck}
      </label>
      {!golden.is_unanswerable && (
        <>
          <TextArea
            label={texts.answer}
            hint={texts.answerHint}
            error={fieldProblem(act.problem, "answer")}
            rows={3}
            maxLength={2000}
            value={golden.answer}
            onChange={(answer) => setGolden({ ...golden, answer })}
          />
          <TextField
            label={texts.document}
            hint={texts.documentHint}
            error={fieldProblem(act.problem, "document")}
            list={names}
            maxLength={200}
            value={golden.document}
            onChange={(document) => setGolden({ ...golden, document })}
          />
          <datalist id={names}>
            {(documents.data?.items ?? []).map(({ id, name }) => (
              <option key={id} value={name} />
            ))}
          </datalist>
          <TextArea
            label={texts.passage}
            hint={texts.passageHint}
            error={fieldProblem(act.problem, "passage")}
            rows={2}
            maxLength={2000}
            value={golden.passage}
            onChange={(passage) => setGolden({ ...golden, passage })}
          />
        </>
      )}
    </Dialog>
  );
}

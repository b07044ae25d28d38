import { useState } from "react";
import { Dialog } from "../../design/Dialog";
import { DialogButtons } from "../../design/DialogButtons";
import { Failure } from "../../design/Failure";
import { SelectField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { problemText, useAct } from "../api/useAct";
import { paces } from "./letterCalls";

interface RedriveDialogProps {
  /** Null for all that fit. */
  count: number | null;
  work: (perSecond: number) => Promise<void>;
  onClose: () => void;
}

export function RedriveDialog({ count, work, onClose }: RedriveDialogProps) {
  const { words } = useWords();
  const act = useAct();
  const [pace, setPace] = useState("5");
  const texts = words.letters;
  const submit = () =>
    act.run(async () => {
      await work(Number(pace));
      onClose();
    });
  return (
    <Dialog
      title={texts.redriveAsk(count)}
      lead={texts.redriveLead}
      onSubmit={submit}
      onClose={onClose}
      actions={<DialogButtons submit={texts.redrive} busy={act.busy} onClose={onClose} />}
    >
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      <SelectField
        label={texts.perSecond}
        hint={texts.paceHint}
        value={pace}
        options={paces.map((rate) => ({ value: String(rate), label: texts.pace(rate) }))}
        onChange={setPace}
      />
    </Dialog>
  );
}

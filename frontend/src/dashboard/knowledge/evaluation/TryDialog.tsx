import { useState } from "react";
import { Dialog } from "../../../design/Dialog";
import { DialogButtons } from "../../../design/DialogButtons";
import { Failure } from "../../../design/Failure";
import { SelectField, TextArea, TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { formProblem, useAct } from "../../api/useAct";
import { useServices } from "../../services";
import { Dial } from "../Dial";
import type { AskingSettings, KnowledgeBase } from "../knowledgeCalls";
import { RerankSwitch } from "../RerankSwitch";

const passages = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => ({ value: String(number), label: String(number) }));

interface TryDialogProps {
  base: KnowledgeBase;
  onClose: () => void;
  onStarted: () => Promise<void>;
}

/** Other settings, for an evaluation alone: customers are answered as before. */
export function TryDialog({ base, onClose, onStarted }: TryDialogProps) {
  const { words } = useWords();
  const { api } = useServices();
  const act = useAct();
  const [note, setNote] = useState("");
  const [settings, setSettings] = useState<AskingSettings>(base.settings);
  const texts = words.evaluation;
  const said = formProblem(act.problem, [], words);
  const start = () =>
    act.run(async () => {
      await api.evaluations.start(base.id, note.trim(), settings);
      await onStarted();
    });
  return (
    <Dialog
      title={texts.trySettings}
      lead={texts.tryLead}
      onSubmit={start}
      onClose={onClose}
      actions={<DialogButtons submit={texts.start} busy={act.busy} onClose={onClose} />}
    >
      {said && <Failure>{said}</Failure>}
      <TextField label={texts.note} hint={texts.noteHint} maxLength={200} value={note} onChange={setNote} />
      <Dial
        label={words.knowledge.threshold}
        hint={words.knowledge.thresholdHint}
        value={settings.threshold}
        onChange={(threshold) => setSettings({ ...settings, threshold })}
      />
      <Dial
        label={words.knowledge.meaning}
        hint={words.knowledge.meaningHint}
        value={settings.weight_of_meaning}
        onChange={(weight_of_meaning) => setSettings({ ...settings, weight_of_meaning })}
      />
      <SelectField
        label={texts.passagesGiven}
        value={String(settings.passages)}
        options={passages}
        onChange={(number) => setSettings({ ...settings, passages: Number(number) })}
      />
      <RerankSwitch settings={settings} isOffered={base.can_rerank} onChange={setSettings} />
      <TextArea
        label={texts.instructions}
        hint={texts.instructionsHint}
        rows={3}
        maxLength={2000}
        value={settings.instructions}
        onChange={(instructions) => setSettings({ ...settings, instructions })}
      />
    </Dialog>
  );
}

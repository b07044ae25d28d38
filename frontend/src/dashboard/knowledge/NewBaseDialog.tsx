import { useState } from "react";
import { Dialog } from "../../design/Dialog";
import { DialogButtons } from "../../design/DialogButtons";
import { Failure } from "../../design/Failure";
import { TextField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { fieldProblem, formProblem, useAct } from "../api/useAct";
import { useServices } from "../services";
import { useBases } from "./useBases";

interface NewBaseDialogProps {
  onMade: (id: string) => void;
  onClose: () => void;
}

export function NewBaseDialog({ onMade, onClose }: NewBaseDialogProps) {
  const { words } = useWords();
  const { api } = useServices();
  const { again } = useBases();
  const act = useAct();
  const [name, setName] = useState("");
  const [checked, setChecked] = useState(false);
  const texts = words.knowledge;
  const named = name.trim() !== "";
  const said = formProblem(act.problem, ["name"], words);
  const submit = () => {
    setChecked(true);
    act.forget();
    if (!named) return;
    act.run(async () => {
      const { id } = await api.knowledge.create(name.trim());
      await again();
      onMade(id);
    });
  };
  return (
    <Dialog
      title={texts.add}
      onSubmit={submit}
      onClose={onClose}
      actions={<DialogButtons submit={texts.add} busy={act.busy} onClose={onClose} />}
    >
      {said && <Failure>{said}</Failure>}
      <TextField
        label={texts.name}
        hint={texts.nameHint}
        error={(checked && !named ? texts.nameMissing : undefined) ?? fieldProblem(act.problem, "name")}
        maxLength={200}
        autoComplete="off"
        autoFocus
        value={name}
        onChange={setName}
      />
    </Dialog>
  );
}

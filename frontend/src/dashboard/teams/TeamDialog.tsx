import { useState } from "react";
import { CheckList } from "../../design/CheckList";
import { Dialog } from "../../design/Dialog";
import { DialogButtons } from "../../design/DialogButtons";
import { Failure } from "../../design/Failure";
import { TextField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { fieldProblem, formProblem, useAct } from "../api/useAct";
import { useColleagues } from "../inbox/useColleagues";
import { useServices } from "../services";
import type { Team } from "./teamCalls";

interface TeamDialogProps {
  /** Null for a new one. */
  team: Team | null;
  onSaved: () => void;
  onClose: () => void;
}

export function TeamDialog({ team, onSaved, onClose }: TeamDialogProps) {
  const { words } = useWords();
  const { api } = useServices();
  const people = useColleagues();
  const [name, setName] = useState(team?.name ?? "");
  const [members, setMembers] = useState<readonly string[]>(team?.members ?? []);
  const [checked, setChecked] = useState(false);
  const act = useAct();
  const texts = words.settings.teams;
  const missing = checked && name.trim() === "" ? texts.nameMissing : undefined;

  const submit = () => {
    setChecked(true);
    act.forget();
    if (name.trim() === "") return;
    act.run(async () => {
      if (team === null) await api.teams.create(name.trim(), members);
      else await api.teams.change(team, name.trim(), members);
      onSaved();
      onClose();
    });
  };
  const said = formProblem(act.problem, ["name", "members"], words);
  return (
    <Dialog
      title={team === null ? texts.create : texts.edit(team.name)}
      lead={texts.dialogLead}
      onSubmit={submit}
      onClose={onClose}
      actions={<DialogButtons submit={team === null ? texts.createSubmit : words.settings.save} busy={act.busy} onClose={onClose} />}
    >
      {said && <Failure>{said}</Failure>}
      <TextField
        label={texts.name}
        error={missing ?? fieldProblem(act.problem, "name")}
        maxLength={80}
        autoComplete="off"
        autoFocus
        value={name}
        onChange={setName}
      />
      <CheckList
        legend={texts.members}
        error={fieldProblem(act.problem, "members")}
        options={[...people].map(([value, label]) => ({ value, label }))}
        chosen={members}
        onChange={setMembers}
      />
    </Dialog>
  );
}

import { useState } from "react";
import { Dialog } from "../../design/Dialog";
import { DialogButtons } from "../../design/DialogButtons";
import { Failure } from "../../design/Failure";
import { SelectField, TextField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { fieldProblem, formProblem, useAct } from "../api/useAct";
import { emailComplaint } from "../session/entered";
import { roleName, rolesToGive } from "./roles";
import { useInvite } from "./useInvite";

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { words } = useWords();
  const may = useMay();
  const invite = useInvite();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState("agent");
  const [complaint, setComplaint] = useState<string>();
  const act = useAct();
  const texts = words.settings.people;

  const submit = () => {
    const wrong = emailComplaint(email, words);
    setComplaint(wrong);
    act.forget();
    if (wrong) return;
    act.run(async () => {
      await invite(email.trim().toLowerCase(), role);
      onClose();
    });
  };
  const said = formProblem(act.problem, ["email", "role"], words);
  return (
    <Dialog
      title={texts.inviteTitle}
      lead={texts.inviteLead}
      onSubmit={submit}
      onClose={onClose}
      actions={<DialogButtons submit={texts.inviteSubmit} busy={act.busy} onClose={onClose} />}
    >
      {said && <Failure>{said}</Failure>}
      <TextField
        label={texts.email}
        error={complaint ?? fieldProblem(act.problem, "email")}
        type="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={email}
        onChange={setEmail}
      />
      <SelectField
        label={texts.role}
        hint={words.settings.roleLeads[role]}
        error={fieldProblem(act.problem, "role")}
        value={role}
        options={rolesToGive(may("owners:manage")).map((each) => ({ value: each, label: roleName(each, words) }))}
        onChange={setRole}
      />
    </Dialog>
  );
}

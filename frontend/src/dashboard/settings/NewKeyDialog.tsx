import { useState } from "react";
import { Button } from "../../design/Button";
import { CheckList } from "../../design/CheckList";
import { CopyText } from "../../design/CopyText";
import { Dialog } from "../../design/Dialog";
import { DialogButtons } from "../../design/DialogButtons";
import { Failure } from "../../design/Failure";
import { SelectField, TextField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { useMe } from "../api/me";
import { fieldProblem, formProblem, useAct } from "../api/useAct";
import { useServices } from "../services";

/** What a program may be allowed; of these, a person gives what is theirs. */
const scopesOfKeys = ["conversations:read", "contacts:read", "contacts:edit", "contacts:import", "inspection:read", "workspace:read", "members:read", "usage:read", "audit:read"];
const lifetimes = ["30", "90", "365"];

interface NewKeyDialogProps {
  onCreated: () => void;
  onClose: () => void;
}

export function NewKeyDialog({ onCreated, onClose }: NewKeyDialogProps) {
  const [secret, setSecret] = useState<string | null>(null);
  if (secret !== null) return <KeyOnce secret={secret} onClose={onClose} />;
  return (
    <KeyForm
      onClose={onClose}
      onCreated={(key) => {
        setSecret(key);
        onCreated();
      }}
    />
  );
}

function KeyForm({ onCreated, onClose }: { onCreated: (key: string) => void; onClose: () => void }) {
  const { words } = useWords();
  const { api } = useServices();
  const permissions = useMe().data?.permissions ?? [];
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [days, setDays] = useState("90");
  const [checked, setChecked] = useState(false);
  const act = useAct();
  const texts = words.settings.apiKeys;
  const missingName = checked && name.trim() === "" ? texts.nameMissing : undefined;
  const missingScopes = checked && chosen.length === 0 ? texts.scopesMissing : undefined;

  const submit = () => {
    setChecked(true);
    act.forget();
    if (name.trim() === "" || chosen.length === 0) return;
    act.run(async () => onCreated((await api.createApiKey(name.trim(), [...chosen], Number(days))).key));
  };
  const nameOf = (scope: string) => (
    <>
      {words.settings.scopeNames[scope] ?? scope} <code>{scope}</code>
    </>
  );
  const said = formProblem(act.problem, ["name", "scopes", "expires_in_days"], words);
  return (
    <Dialog
      title={texts.create}
      onSubmit={submit}
      onClose={onClose}
      actions={<DialogButtons submit={texts.createSubmit} busy={act.busy} onClose={onClose} />}
    >
      {said && <Failure>{said}</Failure>}
      <TextField
        label={texts.name}
        hint={texts.nameHint}
        error={missingName ?? fieldProblem(act.problem, "name")}
        maxLength={80}
        autoComplete="off"
        autoFocus
        value={name}
        onChange={setName}
      />
      <CheckList
        legend={texts.scopes}
        error={missingScopes ?? fieldProblem(act.problem, "scopes")}
        options={scopesOfKeys.filter((scope) => permissions.includes(scope)).map((scope) => ({ value: scope, label: nameOf(scope) }))}
        chosen={chosen}
        onChange={setChosen}
      />
      <SelectField
        label={texts.expires}
        error={fieldProblem(act.problem, "expires_in_days")}
        value={days}
        options={lifetimes.map((each) => ({ value: each, label: texts.expiresIn[each] ?? each }))}
        onChange={setDays}
      />
    </Dialog>
  );
}

function KeyOnce({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { words } = useWords();
  const texts = words.settings.apiKeys;
  return (
    <Dialog
      title={texts.createdTitle}
      lead={texts.createdLead}
      onSubmit={onClose}
      onClose={onClose}
      actions={
        <Button look="primary" type="submit">
          {words.settings.done}
        </Button>
      }
    >
      <CopyText text={secret} label={texts.copyKey} />
    </Dialog>
  );
}

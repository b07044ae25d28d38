import { useState } from "react";
import { Dialog } from "../../design/Dialog";
import { DialogButtons } from "../../design/DialogButtons";
import { Failure } from "../../design/Failure";
import { SelectField, TextArea, TextField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { fieldProblem, formProblem, useAct } from "../api/useAct";
import { fieldTypes, type FieldDefinition, type FieldType } from "../contacts/contactShapes";
import { useServices } from "../services";
import { isKey, keyFor } from "./fieldKeys";

interface ContactFieldDialogProps {
  /** Null for a new one. */
  field: FieldDefinition | null;
  onSaved: () => void;
  onClose: () => void;
}

export function ContactFieldDialog({ field, onSaved, onClose }: ContactFieldDialogProps) {
  const { words } = useWords();
  const { api } = useServices();
  const [name, setName] = useState(field?.name ?? "");
  const [ownKey, setOwnKey] = useState<string | null>(null);
  const [type, setType] = useState<FieldType>(field?.type ?? "text");
  const [choiceLines, setChoiceLines] = useState(field?.choices.join("\n") ?? "");
  const [checked, setChecked] = useState(false);
  const act = useAct();
  const texts = words.contacts.definitions;
  const key = field?.key ?? ownKey ?? keyFor(name);
  const choices = type === "choice" ? [...new Set(choiceLines.split("\n").map((line) => line.trim()).filter(Boolean))] : [];
  const wrong = {
    name: name.trim() === "" ? texts.nameMissing : undefined,
    key: isKey(key) ? undefined : texts.keyWrong,
    choices: type === "choice" && choices.length === 0 ? texts.choicesMissing : undefined,
  };

  const submit = () => {
    setChecked(true);
    act.forget();
    if (wrong.name ?? wrong.key ?? wrong.choices) return;
    act.run(async () => {
      if (field === null) await api.contacts.addField({ key, name: name.trim(), type, choices });
      else await api.contacts.changeField(field, { name: name.trim(), ...(type === "choice" ? { choices } : {}) });
      onSaved();
      onClose();
    });
  };
  const complaint = (part: keyof typeof wrong) => (checked ? wrong[part] : undefined) ?? fieldProblem(act.problem, part);
  const said = formProblem(act.problem, ["name", "key", "choices", "type"], words);
  return (
    <Dialog
      title={field === null ? texts.new : texts.edit(field.name)}
      onSubmit={submit}
      onClose={onClose}
      actions={<DialogButtons submit={field === null ? texts.submit : texts.save} busy={act.busy} onClose={onClose} />}
    >
      {said && <Failure>{said}</Failure>}
      <TextField label={texts.name} error={complaint("name")} maxLength={80} autoComplete="off" autoFocus value={name} onChange={setName} />
      {field === null && (
        <>
          <TextField label={texts.key} hint={texts.keyHint} error={complaint("key")} maxLength={60} spellCheck={false} value={key} onChange={setOwnKey} />
          <SelectField
            label={texts.type}
            value={type}
            options={fieldTypes.map((each) => ({ value: each, label: texts.types[each] ?? each }))}
            onChange={(value) => setType(value as FieldType)}
          />
        </>
      )}
      {type === "choice" && (
        <TextArea
          label={texts.choices}
          hint={texts.choicesHint}
          error={complaint("choices")}
          rows={4}
          value={choiceLines}
          onChange={setChoiceLines}
        />
      )}
    </Dialog>
  );
}

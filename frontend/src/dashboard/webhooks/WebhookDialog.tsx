import { useState } from "react";
import { CheckList } from "../../design/CheckList";
import { Dialog } from "../../design/Dialog";
import { DialogButtons } from "../../design/DialogButtons";
import { Failure } from "../../design/Failure";
import { TextField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { fieldProblem, formProblem, useAct } from "../api/useAct";
import { noticeTypes, type Webhook, type WebhookForm } from "./webhookCalls";

interface WebhookDialogProps {
  /** What is changed; null for a new one. */
  webhook: Webhook | null;
  save: (form: WebhookForm) => Promise<void>;
  onClose: () => void;
}

export function WebhookDialog({ webhook, save, onClose }: WebhookDialogProps) {
  const { words } = useWords();
  const texts = words.webhooks;
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [description, setDescription] = useState(webhook?.description ?? "");
  const [types, setTypes] = useState<readonly string[]>(webhook?.types ?? ["message.received"]);
  const [checked, setChecked] = useState(false);
  const act = useAct();

  const submit = () => {
    setChecked(true);
    act.forget();
    if (url.trim() === "" || types.length === 0) return;
    act.run(() => save({ url: url.trim(), description: description.trim(), types: [...types] }));
  };
  const nameOf = (type: (typeof noticeTypes)[number]) => (
    <>
      {texts.typeNames[type]} <code>{type}</code>
    </>
  );

  const said = formProblem(act.problem, ["url", "description", "types"], words);
  const wrongUrl = checked && url.trim() === "" ? texts.addressMissing : fieldProblem(act.problem, "url");
  const wrongTypes = checked && types.length === 0 ? texts.typesMissing : fieldProblem(act.problem, "types");
  return (
    <Dialog
      title={webhook ? texts.edit : texts.add}
      onSubmit={submit}
      onClose={onClose}
      actions={<DialogButtons submit={webhook ? words.settings.save : texts.add} busy={act.busy} onClose={onClose} />}
    >
      {said && <Failure>{said}</Failure>}
      <TextField
        label={texts.address}
        hint={texts.addressHint}
        error={wrongUrl}
        inputMode="url"
        autoComplete="off"
        autoFocus
        value={url}
        onChange={setUrl}
      />
      <TextField
        label={texts.description}
        error={fieldProblem(act.problem, "description")}
        maxLength={200}
        value={description}
        onChange={setDescription}
      />
      <CheckList
        legend={texts.types}
        error={wrongTypes}
        options={noticeTypes.map((type) => ({ value: type, label: nameOf(type) }))}
        chosen={types}
        onChange={setTypes}
      />
    </Dialog>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "../../design/Dialog";
import { DialogButtons } from "../../design/DialogButtons";
import { Failure } from "../../design/Failure";
import { TextField } from "../../design/Field";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { fieldProblem, formProblem, useAct } from "../api/useAct";
import { useServices } from "../services";
import { nameOf } from "./contactNames";
import type { ContactPatch } from "./contactShapes";
import { rememberContact, rereadLists } from "./useContacts";

const entered = ["name", "phone", "email"] as const;

interface NewContactDialogProps {
  onCreated: (id: string) => void;
  onClose: () => void;
}

export function NewContactDialog({ onCreated, onClose }: NewContactDialogProps) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const act = useAct();
  const [values, setValues] = useState({ name: "", phone: "", email: "" });
  const [missing, setMissing] = useState(false);
  const texts = words.contacts;

  const submit = () => {
    const given: ContactPatch = {};
    for (const field of entered) if (values[field].trim() !== "") given[field] = values[field].trim();
    const empty = Object.keys(given).length === 0;
    setMissing(empty);
    act.forget();
    if (empty) return;
    act.run(async () => {
      const created = await api.contacts.create(given);
      rememberContact(client, created);
      toast({ text: texts.created(nameOf(created, words)) });
      onCreated(created.id);
      onClose();
      await rereadLists(client);
    });
  };
  const said = missing ? texts.newMissing : formProblem(act.problem, entered, words);
  const field = (name: (typeof entered)[number]) => ({
    label: texts[name],
    error: fieldProblem(act.problem, name),
    value: values[name],
    onChange: (value: string) => setValues({ ...values, [name]: value }),
    autoComplete: "off",
  });
  return (
    <Dialog
      title={texts.newTitle}
      lead={texts.newLead}
      onSubmit={submit}
      onClose={onClose}
      actions={<DialogButtons submit={texts.newSubmit} busy={act.busy} onClose={onClose} />}
    >
      {said && <Failure>{said}</Failure>}
      <TextField {...field("name")} maxLength={200} autoFocus />
      <TextField {...field("phone")} type="tel" hint={texts.phoneHint} />
      <TextField {...field("email")} type="email" />
    </Dialog>
  );
}

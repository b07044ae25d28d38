import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { TextField } from "../../../design/Field";
import { useToast } from "../../../design/toast";
import { useWords } from "../../../words/useWords";
import { useServices } from "../../services";
import { ConfirmDialog } from "../../settings/ConfirmDialog";
import { nameOf } from "../contactNames";
import type { ContactRecord } from "../contactShapes";
import { rereadLists } from "../useContacts";

interface EraseDialogProps {
  contact: ContactRecord;
  onErased: () => void;
  onClose: () => void;
}

export function EraseDialog({ contact, onErased, onClose }: EraseDialogProps) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const [typed, setTyped] = useState("");
  const texts = words.contacts;
  const name = nameOf(contact, words);
  const wanted = contact.name ?? texts.eraseWord;

  const erase = async () => {
    await api.contacts.erase(contact.id);
    toast({ text: texts.erased(name) });
    onErased();
    await rereadLists(client);
  };
  return (
    <ConfirmDialog
      title={texts.eraseTitle(name)}
      lead={texts.eraseLead}
      action={texts.erase.replace("…", "")}
      disabled={typed.trim() !== wanted.trim()}
      work={erase}
      onClose={onClose}
    >
      <TextField label={texts.eraseType(wanted)} autoComplete="off" spellCheck={false} autoFocus value={typed} onChange={setTyped} />
    </ConfirmDialog>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "../../../design/Dialog";
import { DialogButtons } from "../../../design/DialogButtons";
import { Failure } from "../../../design/Failure";
import { TextField } from "../../../design/Field";
import { useToast } from "../../../design/toast";
import { useWords } from "../../../words/useWords";
import { problemText, useAct } from "../../api/useAct";
import { useServices } from "../../services";
import { nameOf } from "../contactNames";
import { mergePreview, type MergeLine } from "../contactPatches";
import type { ContactRecord } from "../contactShapes";
import { FoundContacts } from "../FoundContacts";
import { rememberContact, rereadLists } from "../useContacts";
import styles from "./MergeDialog.module.css";

interface MergeDialogProps {
  contact: ContactRecord;
  onMerged: (id: string) => void;
  onClose: () => void;
}

/** Finds the other record of the same person, shows what will happen, and merges. */
export function MergeDialog({ contact, onMerged, onClose }: MergeDialogProps) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const act = useAct();
  const [typed, setTyped] = useState("");
  const [other, setOther] = useState<ContactRecord | null>(null);
  const texts = words.contacts;
  const name = nameOf(contact, words);

  const merge = () => {
    if (other === null) return;
    act.run(async () => {
      const merged = await api.contacts.merge(contact.id, other.id);
      rememberContact(client, merged);
      toast({ text: texts.merged(nameOf(merged, words)) });
      onClose();
      onMerged(merged.id);
      await rereadLists(client);
    });
  };
  return (
    <Dialog
      title={texts.mergeTitle(name)}
      lead={texts.mergeLead}
      onSubmit={merge}
      onClose={onClose}
      actions={<DialogButtons submit={texts.mergeSubmit} danger busy={act.busy} disabled={other === null} onClose={onClose} />}
    >
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      <TextField
        label={texts.mergeFind}
        placeholder={texts.search}
        autoComplete="off"
        autoFocus
        value={typed}
        onChange={(value) => {
          setTyped(value);
          setOther(null);
        }}
      />
      {other === null ? (
        <FoundContacts search={typed} without={contact.id} onChoose={setOther} />
      ) : (
        <Preview lines={mergePreview(contact, other)} otherName={nameOf(other, words)} />
      )}
    </Dialog>
  );
}

function Preview({ lines, otherName }: { lines: MergeLine[]; otherName: string }) {
  const { words } = useWords();
  const texts = words.contacts;
  const labels: Record<MergeLine["what"], string> = {
    name: texts.name,
    phone: texts.phone,
    username: texts.username,
    email: texts.email,
    language: texts.language,
    tag: texts.tag,
    field: texts.fields,
    conversations: texts.conversations,
  };
  return (
    <div className={styles.preview}>
      <h3>
        {texts.mergePreview}: {otherName}
      </h3>
      {lines.length === 0 ? (
        <p className={styles.second}>{texts.mergeNone}</p>
      ) : (
        <table>
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.what} ${line.key ?? line.value}`}>
                <th scope="row">{line.key ?? labels[line.what]}</th>
                <td>{line.value}</td>
                <td className={styles.second}>{line.comesOver ? texts.mergeTakes : texts.mergeKeeps}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { Ban, CircleCheck, Ellipsis, Eraser, FileDown, Merge } from "lucide-react";
import { useState, type ReactNode } from "react";
import { IconButton } from "../../../design/Button";
import { useToast } from "../../../design/toast";
import { usePopover } from "../../../design/usePopover";
import { useWords } from "../../../words/useWords";
import { useMay } from "../../api/me";
import { asProblem } from "../../api/problem";
import { problemText } from "../../api/useAct";
import { ExportDialog } from "../../exports/ExportDialog";
import { useServices } from "../../services";
import { nameOf } from "../contactNames";
import type { ContactRecord } from "../contactShapes";
import { rememberContact, rereadContact } from "../useContacts";
import styles from "./ContactActions.module.css";
import { EraseDialog } from "./EraseDialog";
import { MergeDialog } from "./MergeDialog";

interface ContactActionsProps {
  contact: ContactRecord;
  onMoved: (id: string | null) => void;
}

/** What is done with a contact as a whole. */
export function ContactActions({ contact, onMoved }: ContactActionsProps) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const may = useMay();
  const { open, setOpen, box, opener } = usePopover<HTMLDivElement>();
  const [asking, setAsking] = useState<"merge" | "export" | "erase" | null>(null);
  const texts = words.contacts;
  const name = nameOf(contact, words);

  const setBlocked = async (blocked: boolean, undoable: boolean): Promise<void> => {
    rememberContact(client, { ...contact, blocked });
    try {
      await api.contacts.setBlocked(contact.id, blocked);
      const undo = { label: words.settings.undo, run: () => void setBlocked(!blocked, false) };
      toast({ text: blocked ? texts.blocked(name) : texts.unblocked(name), ...(undoable ? { action: undo } : {}) });
    } catch (failure) {
      toast({ tone: "failure", text: problemText(asProblem(failure), words) });
    }
    await rereadContact(client, contact.id);
  };
  const actions: { label: string; icon: ReactNode; run: () => void; allowed: boolean; grave?: boolean }[] = [
    {
      label: contact.blocked ? texts.unblock : texts.block,
      icon: contact.blocked ? <CircleCheck size={16} aria-hidden /> : <Ban size={16} aria-hidden />,
      run: () => void setBlocked(!contact.blocked, true),
      allowed: may("contacts:edit"),
    },
    { label: texts.merge, icon: <Merge size={16} aria-hidden />, run: () => setAsking("merge"), allowed: may("contacts:edit") },
    { label: texts.export, icon: <FileDown size={16} aria-hidden />, run: () => setAsking("export"), allowed: may("contacts:erase") },
    { label: texts.erase, icon: <Eraser size={16} aria-hidden />, run: () => setAsking("erase"), allowed: may("contacts:erase"), grave: true },
  ];
  const allowed = actions.filter((action) => action.allowed);
  if (allowed.length === 0) return null;
  return (
    <div ref={box} className={styles.menu}>
      <IconButton
        label={texts.more}
        icon={<Ellipsis size={18} aria-hidden />}
        aria-expanded={open}
        ref={opener}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <ul className={styles.items}>
          {allowed.map(({ label, icon, run, grave }) => (
            <li key={label}>
              <button
                type="button"
                data-grave={grave}
                onClick={() => {
                  setOpen(false);
                  run();
                }}
              >
                {icon} {label}
              </button>
            </li>
          ))}
        </ul>
      )}
      {asking === "merge" && <MergeDialog contact={contact} onMerged={onMoved} onClose={() => setAsking(null)} />}
      {asking === "erase" && <EraseDialog contact={contact} onErased={() => onMoved(null)} onClose={() => setAsking(null)} />}
      {asking === "export" && (
        <ExportDialog
          title={texts.exportTitle(name)}
          lead={words.usage.contactLead}
          start={() => api.contacts.startContactExport(contact.id)}
          read={(exportId, signal) => api.contacts.contactExport(contact.id, exportId, signal)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

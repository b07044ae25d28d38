import { useQueryClient } from "@tanstack/react-query";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useCallback, useState } from "react";
import { Button, IconButton } from "../../design/Button";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { usePages } from "../api/usePages";
import type { FieldDefinition } from "../contacts/contactShapes";
import { fieldsKey } from "../contacts/useContacts";
import { useServices } from "../services";
import { ConfirmDialog } from "./ConfirmDialog";
import { ContactFieldDialog } from "./ContactFieldDialog";
import { PageHead } from "./PageHead";
import { PagesState } from "./PagesState";
import styles from "./Settings.module.css";
import table from "./Table.module.css";

const listKey = [...fieldsKey, "page"];

export function ContactFieldsPage() {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const toast = useToast();
  const editable = useMay()("contacts:edit");
  const fetchAll = useCallback(
    async (_: string | null, signal?: AbortSignal) => ({ items: await api.contacts.fields(signal), next_cursor: null }),
    [api],
  );
  const list = usePages(listKey, fetchAll);
  const [editing, setEditing] = useState<FieldDefinition | "new" | null>(null);
  const [removing, setRemoving] = useState<FieldDefinition | null>(null);
  const texts = words.contacts.definitions;
  const reread = () => client.invalidateQueries({ queryKey: fieldsKey });

  const remove = async (field: FieldDefinition) => {
    await api.contacts.removeField(field.key);
    toast({ text: texts.removed(field.name) });
    await reread();
  };
  return (
    <div className={styles.page}>
      <PageHead
        title={words.settings.sections.contactFields}
        lead={texts.lead}
        action={
          editable && (
            <Button look="primary" onClick={() => setEditing("new")}>
              <Plus size={16} aria-hidden /> {texts.new}
            </Button>
          )
        }
      />
      <PagesState
        list={list}
        empty={
          <>
            <strong>{texts.empty}</strong> {texts.emptyLead}
          </>
        }
      >
        {(fields) => (
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{texts.name}</th>
                <th scope="col">{texts.key}</th>
                <th scope="col">{texts.type}</th>
                <th className={table.end} />
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <tr key={field.key}>
                  <td className={table.name}>{field.name}</td>
                  <td>
                    <code className={styles.code}>{field.key}</code>
                  </td>
                  <td className={table.quiet}>
                    {texts.types[field.type] ?? field.type}
                    {field.choices.length > 0 && `: ${field.choices.join(", ")}`}
                  </td>
                  <td className={table.end}>
                    {editable && (
                      <>
                        <IconButton label={texts.edit(field.name)} icon={<Pencil size={16} aria-hidden />} onClick={() => setEditing(field)} />
                        <IconButton label={texts.removeOf(field.name)} icon={<Trash2 size={16} aria-hidden />} onClick={() => setRemoving(field)} />
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </PagesState>
      {editing && (
        <ContactFieldDialog field={editing === "new" ? null : editing} onSaved={() => void reread()} onClose={() => setEditing(null)} />
      )}
      {removing && (
        <ConfirmDialog
          title={texts.removeAsk(removing.name)}
          lead={texts.removeLead}
          action={texts.remove}
          work={() => remove(removing)}
          onClose={() => setRemoving(null)}
        />
      )}
    </div>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { fullTime } from "../../../chat/days";
import { Button, IconButton } from "../../../design/Button";
import { Failure } from "../../../design/Failure";
import { useWords } from "../../../words/useWords";
import { fieldProblem, problemText, useAct } from "../../api/useAct";
import { showAtOnce, usePages } from "../../api/usePages";
import { useServices } from "../../services";
import type { ContactNote } from "../contactShapes";
import styles from "./ContactDetails.module.css";
import notes from "./Notes.module.css";

export function Notes({ contactId, editable }: { contactId: string; editable: boolean }) {
  const { words, language } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const key = useMemo(() => ["contact-notes", contactId], [contactId]);
  const fetchPage = useCallback(
    (cursor: string | null, signal?: AbortSignal) => api.contacts.notes(contactId, cursor, signal),
    [api, contactId],
  );
  const list = usePages(key, fetchPage);
  const [draft, setDraft] = useState("");
  const act = useAct();
  const texts = words.contacts;

  const add = () => {
    const text = draft.trim();
    if (text === "") return;
    act.run(async () => {
      await api.contacts.addNote(contactId, text);
      setDraft("");
      await client.invalidateQueries({ queryKey: key });
    });
  };
  const remove = (note: ContactNote) =>
    act.run(async () => {
      const putBack = await showAtOnce<ContactNote>(client, key, (items) => items.filter(({ id }) => id !== note.id));
      try {
        await api.contacts.removeNote(contactId, note.id);
      } catch (failure) {
        putBack();
        throw failure;
      }
    });
  return (
    <section className={styles.group} aria-labelledby="contact-notes">
      <h3 id="contact-notes">{texts.notes}</h3>
      {act.problem && <Failure>{fieldProblem(act.problem, "text") ?? problemText(act.problem, words)}</Failure>}
      {editable && (
        <form
          className={notes.new}
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <textarea
            aria-label={texts.noteLabel}
            placeholder={texts.notesEmpty}
            rows={2}
            maxLength={2000}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
          />
          {draft.trim() !== "" && (
            <Button type="submit" busy={act.busy}>
              {texts.noteAdd}
            </Button>
          )}
        </form>
      )}
      <ul className={notes.list}>
        {(list.items ?? []).map((note) => (
          <li key={note.id}>
            <p className={notes.text}>{note.text}</p>
            <p className={styles.quiet}>
              {note.by}, {fullTime(note.at, language)}
            </p>
            {editable && (
              <IconButton className={notes.remove ?? ""} label={texts.noteRemove} icon={<Trash2 size={15} aria-hidden />} onClick={() => remove(note)} />
            )}
          </li>
        ))}
      </ul>
      {list.hasMore && (
        <Button look="quiet" busy={list.loadingMore} onClick={list.loadMore}>
          {words.common.loadMore}
        </Button>
      )}
    </section>
  );
}

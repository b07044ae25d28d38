import { X } from "lucide-react";
import { useRef, useState } from "react";
import { TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { nameOf } from "../../contacts/contactNames";
import { FoundContacts } from "../../contacts/FoundContacts";
import { useContact } from "../../contacts/useContacts";
import styles from "./Wizard.module.css";

/** Each is read by itself: a program may have named a thousand. */
const mostNamed = 20;

interface PeopleChipsProps {
  label: string;
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}

/** Single contacts, looked for by name or number. */
export function PeopleChips({ label, chosen, onChange }: PeopleChipsProps) {
  const { words } = useWords();
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const more = chosen.length - mostNamed;
  return (
    <div className={styles.options}>
      <TextField ref={field} label={label} placeholder={words.contacts.search} autoComplete="off" value={typed} onChange={setTyped} />
      <FoundContacts
        search={typed}
        onChoose={({ id }) => {
          setTyped("");
          onChange([...new Set([...chosen, id])]);
          field.current?.focus();
        }}
      />
      {chosen.length > 0 && (
        <ul className={styles.chips} aria-label={label}>
          {chosen.slice(0, mostNamed).map((id) => (
            <li key={id}>
              <Chosen
                id={id}
                onRemove={() => {
                  onChange(chosen.filter((each) => each !== id));
                  field.current?.focus();
                }}
              />
            </li>
          ))}
          {more > 0 && <li className={styles.quiet}>{words.campaigns.more(more)}</li>}
        </ul>
      )}
    </div>
  );
}

function Chosen({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { words } = useWords();
  const { data } = useContact(id);
  const name = data ? nameOf(data, words) : words.campaigns.unnamed;
  return (
    <button type="button" className={styles.chip} data-chosen aria-label={words.campaigns.remove(name)} onClick={onRemove}>
      {name} <X size={14} aria-hidden />
    </button>
  );
}

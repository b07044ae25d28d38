import { useMemo } from "react";
import { useDebounced } from "../../design/useDebounced";
import { useWords } from "../../words/useWords";
import { nameOf, shownPhone } from "./contactNames";
import type { ContactQuery, ContactRecord } from "./contactShapes";
import styles from "./FoundContacts.module.css";
import { useContacts } from "./useContacts";

const shownAtMost = 6;
const everybody: ContactQuery = { search: "", tag: "", segmentId: "", optIn: "", blocked: "" };

interface FoundContactsProps {
  search: string;
  /** Of this contact's id nobody is looked for. */
  without?: string;
  onChoose: (contact: ContactRecord) => void;
}

/** Whom the typed words find, to choose one of; nobody is looked for while nothing is typed. */
export function FoundContacts(props: FoundContactsProps) {
  return props.search.trim() === "" ? null : <Found {...props} />;
}

function Found({ search, without, onChoose }: FoundContactsProps) {
  const { words } = useWords();
  const settled = useDebounced(search);
  const query = useMemo((): ContactQuery => ({ ...everybody, search: settled }), [settled]);
  const list = useContacts(query);
  const items = (list.items ?? []).filter(({ id }) => id !== without).slice(0, shownAtMost);
  const isAnswered = list.items !== undefined && !list.stale && settled === search;
  return (
    <ul className={styles.found}>
      {items.map((each) => (
        <li key={each.id}>
          <button type="button" onClick={() => onChoose(each)}>
            <span>{nameOf(each, words)}</span> <span className={styles.second}>{each.phone === null ? each.email : shownPhone(each.phone)}</span>
          </button>
        </li>
      ))}
      {items.length === 0 && isAnswered && (
        <li className={styles.second} role="status">
          {words.contacts.noneFound}.
        </li>
      )}
    </ul>
  );
}

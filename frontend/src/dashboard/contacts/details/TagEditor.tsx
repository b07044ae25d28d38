import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import { useWords } from "../../../words/useWords";
import { useTags } from "../useContacts";
import styles from "./TagEditor.module.css";

interface TagEditorProps {
  tags: readonly string[];
  editable: boolean;
  onChange: (tags: string[]) => void;
}

const longest = 60;

/** Tags as they are, and a field that suggests those the workspace uses. Enter or a comma adds. */
export function TagEditor({ tags, editable, onChange }: TagEditorProps) {
  const { words } = useWords();
  const known = useTags();
  const [draft, setDraft] = useState("");
  const listId = useId();
  const texts = words.contacts;
  const add = (given: string) => {
    setDraft("");
    const tag = given.trim();
    if (tag !== "" && !tags.includes(tag)) onChange([...tags, tag]);
  };
  return (
    <div className={styles.tags}>
      {tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
          {editable && (
            <button type="button" aria-label={texts.removeTag(tag)} onClick={() => onChange(tags.filter((each) => each !== tag))}>
              <X size={13} aria-hidden />
            </button>
          )}
        </span>
      ))}
      {tags.length === 0 && !editable && <span className={styles.none}>{texts.nothing}</span>}
      {editable && (
        <span className={styles.new}>
          <Plus size={14} aria-hidden />
          <input
            aria-label={texts.addTag}
            placeholder={texts.addTag}
            list={listId}
            maxLength={longest}
            value={draft}
            onChange={(event) => {
              const { value } = event.target;
              // A suggestion that was picked comes whole, not letter by letter.
              if (known.includes(value) && !(event.nativeEvent as InputEvent).data) add(value);
              else setDraft(value);
            }}
            onKeyDown={(event) => {
              if (event.key !== "Enter" && event.key !== ",") return;
              event.preventDefault();
              add(draft);
            }}
            onBlur={() => add(draft)}
          />
          <datalist id={listId}>
            {known.filter((tag) => !tags.includes(tag)).map((tag) => (
              <option key={tag} value={tag} />
            ))}
          </datalist>
        </span>
      )}
    </div>
  );
}

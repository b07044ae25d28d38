import { useWords } from "../../../words/useWords";
import type { ShownChange } from "./flowChanges";
import styles from "./HistoryPanel.module.css";

export function Changes({ changes }: { changes: readonly ShownChange[] }) {
  const { words } = useWords();
  const texts = words.flows.history;
  if (changes.length === 0) return <p className={styles.quiet}>{texts.same}</p>;
  return (
    <ul className={styles.changes} aria-label={texts.since}>
      {changes.map((change, index) => (
        <li key={index} className={styles.change}>
          <strong>{change.title}</strong>
          {change.before !== null && <del className={styles.before}>{change.before}</del>}
          {change.after !== null && <ins className={styles.after}>{change.after}</ins>}
        </li>
      ))}
    </ul>
  );
}

import { useWords } from "../../words/useWords";
import styles from "./Knowledge.module.css";
import type { FoundPassage } from "./knowledgeCalls";

/** What was found, best first: how relevant each passage is, drawn against the threshold. */
export function Passages({ passages, threshold }: { passages: FoundPassage[]; threshold: number }) {
  const { words } = useWords();
  const texts = words.knowledge;
  if (passages.length === 0) return <p className={styles.nothing}>{texts.nothingFound}</p>;
  return (
    <ol className={styles.passages} aria-label={texts.passages}>
      {passages.map((one) => {
        const above = one.relevance >= threshold;
        return (
          <li key={`${one.document_id} ${one.chunk_no}`} className={styles.passage} data-above={above}>
            <div className={styles.scale} role="img" aria-label={texts.relevance(Math.round(one.relevance * 100))}>
              <span className={styles.bar} style={{ width: `${one.relevance * 100}%` }} />
              <span className={styles.mark} style={{ left: `${threshold * 100}%` }} />
            </div>
            <p className={styles.place}>
              {one.cited !== null && <b>[{one.cited}]</b>} {[one.title, ...one.headings].join(" › ")}
              {one.page !== null && ` · ${texts.page(one.page)}`}
              {one.named && <span className={styles.tag}>{texts.named}</span>}
            </p>
            <p className={styles.text}>{one.text}</p>
            <p className={styles.figures}>{texts.scores(one.relevance.toFixed(2), one.similarity.toFixed(2), one.words.toFixed(1), one.fused.toFixed(2))}</p>
          </li>
        );
      })}
    </ol>
  );
}

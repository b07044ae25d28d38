import { useWords } from "../../words/useWords";
import styles from "./Knowledge.module.css";
import type { FoundPassage } from "./knowledgeCalls";

interface PassagesProps {
  passages: FoundPassage[];
  threshold: number;
}

/** So many are shown at once, however little they are worth. */
const least = 3;

/** What was found, best first: how relevant each passage is, drawn against the threshold. */
export function Passages({ passages, threshold }: PassagesProps) {
  const { words } = useWords();
  const texts = words.knowledge;
  if (passages.length === 0) return <p className={styles.nothing}>{texts.nothingFound}</p>;
  const above = passages.findLastIndex(({ relevance, used }) => used || relevance >= threshold) + 1;
  const first = Math.max(above, least);
  const rest = passages.slice(first);
  return (
    <>
      <Listed label={texts.passages} passages={passages.slice(0, first)} threshold={threshold} />
      {rest.length > 0 && (
        <details className={styles.prompt}>
          <summary>{texts.morePassages(rest.length)}</summary>
          <Listed label={texts.morePassages(rest.length)} passages={rest} threshold={threshold} />
        </details>
      )}
    </>
  );
}

function Listed({ label, passages, threshold }: PassagesProps & { label: string }) {
  const { words } = useWords();
  const texts = words.knowledge;
  return (
    <ol className={styles.passages} aria-label={label}>
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
            <p className={styles.figures}>{texts.scores(one.relevance.toFixed(2), one.similarity.toFixed(2), one.words.toFixed(1), one.fused.toFixed(2))}
              {one.reranked !== null && ` · ${texts.reranked(one.reranked.toFixed(2))}`}</p>
          </li>
        );
      })}
    </ol>
  );
}

import { useWords } from "../../../words/useWords";
import styles from "./Evaluation.module.css";
import type { Verdict } from "./evaluationShapes";
import { percent } from "./filters";

/** What became of a question, in a few words. */
export function VerdictTags({ verdict, k }: { verdict: Verdict | null; k?: number }) {
  const { words } = useWords();
  const texts = words.evaluation;
  if (verdict === null) return <span className={styles.tags}>{texts.waits}</span>;
  const { outcome, correctness, correctness_note: note, faithfulness, rank, is_rank_expected: expected } = verdict;
  const missed = expected && (rank === null || (k !== undefined && rank > k));
  return (
    <span className={styles.tags}>
      <span className={styles.verdict} data-tone={tone(correctness)}>
        {texts.notes[note] ?? (outcome === "failed" ? texts.notAsked : texts.scores(correctness))}
      </span>
      {faithfulness !== null && faithfulness < 1 && (
        <span className={styles.verdict} data-tone="bad">
          {texts.faithful(percent(faithfulness))}
        </span>
      )}
      {missed && (
        <span className={styles.verdict} data-tone="bad">
          {texts.missed}
        </span>
      )}
      {expected && !missed && <span className={styles.verdict}>{texts.rank(rank ?? 0)}</span>}
    </span>
  );
}

function tone(correctness: number | null): string {
  if (correctness === null) return "unclear";
  return correctness === 1 ? "good" : "bad";
}

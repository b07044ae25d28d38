import { useWords } from "../../../words/useWords";
import styles from "./Evaluation.module.css";
import type { Comparison, Totals } from "./evaluationShapes";
import { percent, points } from "./filters";

const rates = ["correctness", "faithfulness", "hit_rate", "mrr", "answered_rate", "refusal_rate"] as const;

interface TotalsListProps {
  totals: Totals;
  /** Set against those of an earlier evaluation. */
  before?: Totals | null;
  differences?: Comparison["differences"];
}

/** What an evaluation adds up to; beside it, what an earlier one did. */
export function TotalsList({ totals, before, differences }: TotalsListProps) {
  const { words } = useWords();
  const texts = words.evaluation;
  const told = (name: (typeof rates)[number], of: Totals) => (name === "mrr" ? (of.mrr?.toFixed(2) ?? "–") : percent(of[name]));
  return (
    <dl className={styles.totals}>
      {rates.map((name) => {
        const difference = differences?.[name];
        return (
          <div key={name}>
            <dt title={texts.totalHints[name]}>{texts.totals[name](totals.k)}</dt>
            <dd>
              {before && <span className={styles.before}>{told(name, before)} → </span>}
              {told(name, totals)}
              {before && difference !== null && difference !== undefined && (
                <span className={styles.difference} data-sign={Math.sign(Math.round(difference * 100))}>
                  {points(difference)}
                </span>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

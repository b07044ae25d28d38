import { CircleAlert, RotateCw } from "lucide-react";
import { IconButton } from "../../design/Button";
import { Notice } from "../../design/Notice";
import { useWords } from "../../words/useWords";
import type { ApiProblem } from "../api/problem";
import styles from "./ProblemNotice.module.css";

interface ProblemProps {
  problem: ApiProblem;
  onRetry: () => void;
}

/** Fills a pane that has nothing else to show. */
export function ProblemNotice({ problem, onRetry }: ProblemProps) {
  const { words } = useWords();
  return (
    <Notice
      tone="failure"
      icon={<CircleAlert size={22} aria-hidden />}
      title={words.failures.titles[problem.kind]}
      text={words.failures.advice[problem.kind]}
      action={{ label: words.common.retry, onClick: onRetry }}
      reference={problem.reference}
    />
  );
}

/** One line above what is still shown from before. */
export function ProblemBar({ problem, onRetry }: ProblemProps) {
  const { words } = useWords();
  return (
    <div className={styles.bar} role="status">
      <CircleAlert size={15} aria-hidden />
      <span>
        {words.failures.titles[problem.kind]}. {words.failures.advice[problem.kind]}{" "}
        <span className={styles.reference}>
          {words.common.reference} {problem.reference}
        </span>
      </span>
      <IconButton className={styles.retry ?? ""} label={words.common.retry} icon={<RotateCw size={15} aria-hidden />} onClick={onRetry} />
    </div>
  );
}

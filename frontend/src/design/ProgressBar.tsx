import styles from "./ProgressBar.module.css";

interface ProgressBarProps {
  label: string;
  done: number;
  /** Null while nobody knows how much there is. */
  total: number | null;
  /** The number and the time left, in words. */
  text: string;
}

export function ProgressBar({ label, done, total, text }: ProgressBarProps) {
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  return (
    <div className={styles.progress}>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={share === null ? undefined : done}
        aria-valuetext={text}
      >
        <span className={styles.bar} data-unknown={share === null} style={{ width: `${(share ?? 1) * 100}%` }} />
      </div>
      <p className={styles.text}>{text}</p>
    </div>
  );
}

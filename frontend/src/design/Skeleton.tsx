import styles from "./Skeleton.module.css";

interface SkeletonProps {
  rows: number;
  label: string;
  /** Rows with a round picture at their left. */
  pictured?: boolean;
}

export function SkeletonRows({ rows, label, pictured = false }: SkeletonProps) {
  return (
    <div role="status" aria-label={label} className={styles.rows}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={styles.row} aria-hidden>
          {pictured && <span className={styles.picture} />}
          <span className={styles.lines}>
            <span className={[styles.line, styles[`wide${index % 3}`]].join(" ")} />
            <span className={[styles.line, styles[`narrow${index % 3}`]].join(" ")} />
          </span>
        </div>
      ))}
    </div>
  );
}

export function SkeletonBubbles({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className={styles.bubbles}>
      {[0, 1, 2, 3, 4].map((index) => (
        <span key={index} aria-hidden className={[styles.bubble, styles[`bubble${index}`]].join(" ")} />
      ))}
    </div>
  );
}

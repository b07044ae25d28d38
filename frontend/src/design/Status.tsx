import styles from "./Status.module.css";

export type Tone = "calm" | "going" | "good" | "attention" | "failure";

/** How something stands, with a dot before it. */
export function Status({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={styles.status} data-tone={tone}>
      {children}
    </span>
  );
}

import { useWords } from "../../words/useWords";
import styles from "./TemplateStatus.module.css";

const tones: Record<string, string> = {
  APPROVED: "good",
  PENDING: "calm",
  IN_APPEAL: "calm",
  PAUSED: "attention",
  LIMIT_EXCEEDED: "attention",
  REJECTED: "failure",
  DISABLED: "failure",
};

export function TemplateStatus({ status }: { status: string }) {
  const { words } = useWords();
  return (
    <span className={styles.status} data-tone={tones[status] ?? "calm"}>
      {words.templates.statuses[status] ?? status}
    </span>
  );
}

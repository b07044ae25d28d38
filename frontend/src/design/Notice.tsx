import { Check, Copy } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useWords } from "../words/useWords";
import { Button, IconButton } from "./Button";
import styles from "./Notice.module.css";

interface NoticeProps {
  icon?: ReactNode;
  title?: string;
  text: ReactNode;
  action?: { label: string; onClick: () => void };
  /** The id to quote, for failures. */
  reference?: string;
  tone?: "calm" | "failure";
}

/** A state that fills its pane: nothing here yet, or what happened and what to do. */
export function Notice({ icon, title, text, action, reference, tone = "calm" }: NoticeProps) {
  return (
    <div className={styles.notice} role={tone === "failure" ? "alert" : undefined}>
      {icon && <span className={tone === "failure" ? styles.failureIcon : styles.icon}>{icon}</span>}
      {title && <h2 className={styles.title}>{title}</h2>}
      <p className={styles.text}>{text}</p>
      {action && (
        <Button look="plain" onClick={action.onClick}>
          {action.label}
        </Button>
      )}
      {reference && <Reference id={reference} />}
    </div>
  );
}

export function Reference({ id }: { id: string }) {
  const { words } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(id).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <span className={styles.reference}>
      {words.common.reference} <code>{id}</code>
      <IconButton
        className={styles.copy ?? ""}
        label={copied ? words.common.copied : words.common.copy}
        icon={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        onClick={copy}
      />
    </span>
  );
}

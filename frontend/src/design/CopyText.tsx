import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useWords } from "../words/useWords";
import { IconButton } from "./Button";
import styles from "./CopyText.module.css";

/** A text to be taken elsewhere, letter for letter. */
export function CopyText({ text, label, shown = text }: { text: string; label: string; shown?: string }) {
  const { words } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className={styles.copy}>
      <code aria-label={label}>{shown}</code>
      <IconButton
        label={copied ? words.common.copied : label}
        icon={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        onClick={copy}
      />
    </div>
  );
}

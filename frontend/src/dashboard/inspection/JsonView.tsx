import { Check, Copy } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "../../design/Button";
import { useWords } from "../../words/useWords";
import styles from "./JsonView.module.css";
import { jsonTokens } from "./jsonTokens";

/** JSON as it came, indented and tinted by kind; copied whole by one press. */
export function JsonView({ title, value }: { title: string; value: unknown }) {
  const { words } = useWords();
  const text = useMemo(() => JSON.stringify(value, null, 2), [value]);
  const tokens = useMemo(() => jsonTokens(text), [text]);
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <section className={styles.view} aria-label={title}>
      <header>
        <h2>{title}</h2>
        <Button look="quiet" onClick={copy}>
          {copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
          {copied ? words.common.copied : words.common.copy}
        </Button>
      </header>
      <pre tabIndex={0}>
        {tokens.map(({ kind, text: piece }, index) =>
          kind === "plain" ? (
            piece
          ) : (
            <span key={index} className={styles[kind]}>
              {piece}
            </span>
          ),
        )}
      </pre>
    </section>
  );
}

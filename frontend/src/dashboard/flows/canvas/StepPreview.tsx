import { CornerUpLeft, ExternalLink, List } from "lucide-react";
import { useWords } from "../../../words/useWords";
import type { StoredNode } from "../model/storedFlow";
import { MessageView } from "./MessageView";
import { knownBy } from "../inspector/knownThings";
import { previewLines, previewMessage, type NamedThing } from "./preview";
import styles from "./StepPreview.module.css";

function ThingName({ of, id }: NamedThing) {
  return knownBy[of]().find(({ value }) => value === id)?.label ?? id;
}

/** What a step says, as the customer sees it; what it does otherwise, in a few words. */
export function StepPreview({ step }: { step: StoredNode }) {
  const { words } = useWords();
  const message = previewMessage(step);
  const lines = previewLines(step, words);
  return (
    <>
      {message && (
        <div className={styles.chat}>
          <MessageView direction="out" tail {...message} text={message.text || (message.type === "text" ? words.flows.preview.empty : null)} />
          {message.opens !== null && (
            <p className={styles.tap}>
              <List size={13} aria-hidden /> {message.opens}
            </p>
          )}
          {message.taps.map((tap, index) => (
            <p key={index} className={styles.tap}>
              {message.link ? <ExternalLink size={13} aria-hidden /> : <CornerUpLeft size={13} aria-hidden />} {tap || "…"}
            </p>
          ))}
        </div>
      )}
      {lines.length > 0 && (
        <ul className={styles.lines}>
          {lines.map((line, index) => (
            <li key={index}>{typeof line === "string" ? line : <ThingName key={line.of} {...line} />}</li>
          ))}
        </ul>
      )}
    </>
  );
}

import { CornerUpLeft, List, Zap } from "lucide-react";
import { memo } from "react";
import { Bubble } from "../../../chat/Bubble";
import { useWords } from "../../../words/useWords";
import { MessageView } from "../canvas/MessageView";
import type { ChatLine } from "./run";
import { shownMessage } from "./sentMessage";
import styles from "./SimulatorPanel.module.css";

interface SimulatedLineProps {
  line: ChatLine;
  tail: boolean;
  /** Set while what can be tapped may be tapped. */
  onTap: ((id: string, title: string) => void) | undefined;
}

const noon = new Date(2026, 0, 1, 12).getTime();

export const SimulatedLine = memo(function SimulatedLine({ line, tail, onTap }: SimulatedLineProps) {
  const { words } = useWords();
  const texts = words.flows.simulator;
  if (line.kind === "said") return <Bubble direction="out" type="text" text={line.text} at={noon} status="read" tail={tail} arriving />;
  if (line.kind === "problem") return <p className={styles.stopped}>{texts.stopped(texts.stops[line.text] ?? line.text)}</p>;
  if (line.message === null) {
    const detail = line.effect ? (line.effect.url ?? line.effect.flow ?? line.effect.event ?? line.effect.question) : null;
    return (
      <p className={styles.effect}>
        <Zap size={13} aria-hidden /> {texts.effects[line.text] ?? line.text}
        {typeof detail === "string" && <code>{detail}</code>}
      </p>
    );
  }
  const shown = shownMessage(line.message);
  return (
    <div className={styles.sent}>
      <MessageView direction="in" tail={tail} {...shown} arriving />
      {shown.opens !== null && (
        <p className={styles.opens}>
          <List size={15} aria-hidden /> {shown.opens}
        </p>
      )}
      {shown.taps.length > 0 && (
        <ul className={styles.taps}>
          {shown.taps.map(({ id, title, description }) => (
            <li key={id}>
              <button type="button" disabled={!onTap} onClick={() => onTap?.(id, title)}>
                <CornerUpLeft size={14} aria-hidden />
                <span>
                  {title}
                  {description && <small>{description}</small>}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
});

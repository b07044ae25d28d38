import { memo, type ReactNode } from "react";
import { reasonOf } from "../words/reasonOf";
import { useWords } from "../words/useWords";
import styles from "./Bubble.module.css";
import type { Choice } from "./choices";
import type { Corrections } from "./corrections";
import { clockTime } from "./days";
import { FormattedText } from "./FormattedText";
import { typeLabel } from "./messageLabel";
import { TickMark } from "./TickMark";
import { tickFor } from "./ticks";
import { TypeIcon } from "./TypeIcon";

export interface BubbleProps {
  direction: "in" | "out";
  type: string;
  text: string | null;
  at: number;
  status: string | null;
  reason?: string | null;
  tail: boolean;
  /** The message this one answers. */
  quoted?: { name: string; text: string } | undefined;
  /** The simulator shows the ticks of both sides. */
  ticksOnBothSides?: boolean;
  /** Messages that came while one looks on slide in; what was there before does not. */
  arriving?: boolean;
  corrections?: Corrections;
  /** How it came, where that is not as an ordinary message. */
  origin?: string;
  /** What can be tapped; shown only where nobody taps. */
  choices?: Choice[];
  onChoose?: (choice: Choice) => void;
  children?: ReactNode;
}

export const Bubble = memo(function Bubble(props: BubbleProps) {
  const { words, language } = useWords();
  const { direction, type, text, at, status, reason, tail, quoted, ticksOnBothSides, arriving, corrections } = props;
  const deleted = corrections?.deleted ?? false;
  const origin = words.message.origins[props.origin ?? ""];
  const tick = direction === "out" || ticksOnBothSides ? tickFor(status) : null;
  const note =
    tick === "failed"
      ? reason
        ? words.message.failedBecause(reasonOf(reason, words))
        : words.message.ticks.failed
      : tick === "unsettled"
        ? words.message.ticks.unsettled
        : null;
  return (
    <div className={[styles.row, styles[direction], arriving ? styles.arriving : ""].join(" ")}>
      <div
        className={[styles.bubble, tail ? styles.tail : ""].join(" ")}
        data-testid="bubble"
        data-direction={direction}
        data-status={status ?? ""}
      >
        {quoted && (
          <blockquote className={styles.quoted}>
            <strong>{quoted.name}</strong>
            <span>{quoted.text}</span>
          </blockquote>
        )}
        {deleted ? (
          <p className={styles.type}>{words.message.deleted}</p>
        ) : (
          <>
            {type !== "text" && (
              <p className={styles.type}>
                <TypeIcon type={type} /> {typeLabel(type, words)}
              </p>
            )}
            {props.children}
            {text !== null && text !== "" && <FormattedText text={text} />}
          </>
        )}
        <span className={styles.meta}>
          {origin && <span>{origin}</span>}
          {corrections?.edited && !deleted && <span>{words.message.edited}</span>}
          <time dateTime={new Date(at).toISOString()}>{clockTime(at, language)}</time>
          {tick !== null && <TickMark tick={tick} />}
        </span>
      </div>
      <Choices {...props} />
      {corrections && corrections.reactions.length > 0 && <p className={styles.reactions}>{corrections.reactions.join(" ")}</p>}
      {note !== null && (
        <p className={tick === "failed" ? styles.failure : styles.waiting} title={reason ?? undefined}>
          {note}
        </p>
      )}
    </div>
  );
});

function Choices({ choices = [], onChoose }: Pick<BubbleProps, "choices" | "onChoose">) {
  if (choices.length === 0) return null;
  return (
    <ul className={styles.choices}>
      {choices.map((choice) => (
        <li key={choice.id}>
          {onChoose ? (
            <button type="button" title={choice.description} onClick={() => onChoose(choice)}>
              {choice.title}
            </button>
          ) : (
            <span title={choice.description}>{choice.title}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

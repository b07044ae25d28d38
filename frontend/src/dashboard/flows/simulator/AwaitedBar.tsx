import { Bot, Clock, FastForward, UserRound } from "lucide-react";
import { useState } from "react";
import { fullTime } from "../../../chat/days";
import { Button } from "../../../design/Button";
import { useWords } from "../../../words/useWords";
import type { SimulatedEvent, Waiting } from "../flowShapes";
import type { Json } from "../model/storedFlow";
import styles from "./AwaitedBar.module.css";

interface AwaitedBarProps {
  waiting: Waiting | null;
  /** False when nothing that was said begins the flow. */
  begun: boolean;
  /** The conversation has run to its end. */
  ended: boolean;
  busy: boolean;
  send: (event: SimulatedEvent) => void;
  onGo: (id: string) => void;
}

/** What the flow waits for, and how not to wait for it. */
export function AwaitedBar({ waiting, begun, ended, busy, send, onGo }: AwaitedBarProps) {
  const { words, language } = useWords();
  const texts = words.flows.simulator;
  if (waiting === null && !ended) return null;
  if (waiting === null) {
    return (
      <div className={styles.bar}>
        <span className={styles.where}>{begun ? texts.ended : texts.notBegun}</span>
        <Button busy={busy} onClick={() => send({ type: "started", trigger: "api" })}>
          {texts.start}
        </Button>
      </div>
    );
  }
  if (waiting.awaited === "action") return <ActionAnswer key={waiting.node} busy={busy} send={send} />;
  const until = waiting.deadline === null ? null : fullTime(waiting.deadline, language);
  return (
    <div className={styles.bar}>
      {waiting.awaited === "person" ? <UserRound size={15} aria-hidden /> : waiting.awaited === "time" ? <Clock size={15} aria-hidden /> : <Bot size={15} aria-hidden />}
      <button type="button" className={styles.where} onClick={() => onGo(waiting.node)}>
        {texts.waits[waiting.awaited]}
        {until && <span> {texts.until(until)}</span>}
      </button>
      {waiting.awaited === "person" ? (
        <Button busy={busy} onClick={() => send({ type: "handed_back" })}>
          {texts.handBack}
        </Button>
      ) : (
        until && (
          <Button busy={busy} onClick={() => send({ type: "timer_fired" })}>
            <FastForward size={15} aria-hidden /> {texts.jump}
          </Button>
        )
      )}
    </div>
  );
}

const outcomes = ["success", "failure", "timeout", "answered", "no_answer", "failed"] as const;

/** An HTTP call or a question to the knowledge: made for real, or answered by hand. */
function ActionAnswer({ busy, send }: Pick<AwaitedBarProps, "busy" | "send">) {
  const { words } = useWords();
  const texts = words.flows.simulator;
  const [outcome, setOutcome] = useState<string>("success");
  const [body, setBody] = useState('{\n  "status": "ok"\n}');
  const [wrong, setWrong] = useState(false);
  const isAi = outcomes.indexOf(outcome as (typeof outcomes)[number]) > 2;

  const answer = () => {
    if (isAi) {
      send({ type: "ai_answered", outcome, text: body });
      return;
    }
    let parsed: Json;
    try {
      parsed = body.trim() === "" ? null : (JSON.parse(body) as Json);
    } catch {
      setWrong(true);
      return;
    }
    send({ type: "http_answered", outcome, status: outcome === "success" ? 200 : outcome === "failure" ? 500 : null, body: parsed });
  };
  return (
    <div className={styles.action}>
      <div className={styles.row}>
        <strong>{texts.waits.action}</strong>
        <Button busy={busy} onClick={() => send({ type: "perform" })}>
          {texts.perform}
        </Button>
      </div>
      <div className={styles.row}>
        <select aria-label={texts.outcome} value={outcome} onChange={(event) => setOutcome(event.target.value)}>
          <optgroup label="HTTP">
            {outcomes.slice(0, 3).map((each) => (
              <option key={each} value={each}>
                {words.flows.exits[each]}
              </option>
            ))}
          </optgroup>
          <optgroup label="AI">
            {outcomes.slice(3).map((each) => (
              <option key={each} value={each}>
                {words.flows.exits[each]}
              </option>
            ))}
          </optgroup>
        </select>
        <Button onClick={answer}>{texts.answer}</Button>
      </div>
      <textarea
        aria-label={isAi ? texts.answerText : texts.answerBody}
        aria-invalid={wrong || undefined}
        rows={4}
        spellCheck={false}
        value={body}
        onChange={(event) => {
          setBody(event.target.value);
          setWrong(false);
        }}
      />
      {wrong && <p className={styles.wrong}>{texts.notJson}</p>}
    </div>
  );
}

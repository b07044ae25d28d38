import { Bot, Clock, FastForward, UserRound } from "lucide-react";
import { useState } from "react";
import { fullTime } from "../../../chat/days";
import { Button } from "../../../design/Button";
import { useWords } from "../../../words/useWords";
import type { Effect, SimulatedEvent, Waiting } from "../flowShapes";
import type { Json } from "../model/storedFlow";
import styles from "./AwaitedBar.module.css";

interface AwaitedBarProps {
  waiting: Waiting | null;
  /** The call or the question whose answer is awaited. */
  call: Effect | null;
  /** False when nothing that was said begins the flow. */
  begun: boolean;
  /** The conversation has run to its end. */
  ended: boolean;
  busy: boolean;
  send: (event: SimulatedEvent) => void;
  onGo: (id: string) => void;
}

/** What the flow waits for, and how not to wait for it. */
export function AwaitedBar({ waiting, call, begun, ended, busy, send, onGo }: AwaitedBarProps) {
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
  if (waiting.awaited === "action") return <ActionAnswer key={waiting.node} isAi={call?.type === "ask_knowledge"} busy={busy} send={send} />;
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

const outcomesOf = { http: ["success", "failure", "timeout"], ai: ["answered", "no_answer", "failed"] } as const;
const statusOf: Record<string, number | null> = { success: 200, failure: 500, timeout: null };

/** An HTTP call or a question to the knowledge: made for real, or answered by hand. */
function ActionAnswer({ isAi, busy, send }: { isAi: boolean } & Pick<AwaitedBarProps, "busy" | "send">) {
  const { words } = useWords();
  const texts = words.flows.simulator;
  const outcomes = isAi ? outcomesOf.ai : outcomesOf.http;
  const [outcome, setOutcome] = useState<string>(outcomes[0]);
  const [body, setBody] = useState(isAi ? "" : '{\n  "status": "ok"\n}');
  const [wrong, setWrong] = useState(false);

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
    send({ type: "http_answered", outcome, status: statusOf[outcome] ?? null, body: parsed });
  };
  return (
    <div className={styles.action}>
      <div className={styles.row}>
        <strong>{isAi ? texts.waitsForKnowledge : texts.waits.action}</strong>
        <Button busy={busy} onClick={() => send({ type: "perform" })}>
          {isAi ? texts.askForReal : texts.perform}
        </Button>
      </div>
      {isAi && <p>{texts.askCounts}</p>}
      <div className={styles.row}>
        <select aria-label={texts.outcome} value={outcome} onChange={(event) => setOutcome(event.target.value)}>
          {outcomes.map((each) => (
            <option key={each} value={each}>
              {words.flows.exits[each]}
            </option>
          ))}
        </select>
        <Button onClick={answer}>{texts.answer}</Button>
      </div>
      {(!isAi || outcome === "answered") && (
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
      )}
      {wrong && <p className={styles.wrong}>{texts.notJson}</p>}
    </div>
  );
}

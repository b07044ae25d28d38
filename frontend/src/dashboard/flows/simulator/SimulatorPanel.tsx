import { RotateCcw, SendHorizontal } from "lucide-react";
import { useCallback, useState, type SubmitEvent } from "react";
import { useStickToEnd } from "../../../chat/stickToEnd";
import { Button, IconButton } from "../../../design/Button";
import { Failure } from "../../../design/Failure";
import { useWords } from "../../../words/useWords";
import { problemText } from "../../api/useAct";
import type { Marks } from "../canvas/views";
import type { StoredFlow } from "../model/storedFlow";
import { AwaitedBar } from "./AwaitedBar";
import { awaitedCall, chatLines, waitingNow } from "./run";
import { SimulatedLine } from "./SimulatedLine";
import styles from "./SimulatorPanel.module.css";
import { SimulatedContact } from "./SimulatedContact";
import { useSimulator } from "./useSimulator";
import { Values } from "./Values";

interface SimulatorPanelProps {
  flow: StoredFlow;
  onPath: (path: Marks["path"]) => void;
  onGo: (id: string) => void;
}

/** A phone beside the canvas, behind it the engine itself. */
export function SimulatorPanel({ flow, onPath, onGo }: SimulatorPanelProps) {
  const { words } = useWords();
  const texts = words.flows.simulator;
  const simulator = useSimulator(flow, onPath);
  const { run, send, look } = simulator;
  const [text, setText] = useState("");
  const lines = chatLines(run);
  const waiting = waitingNow(run);
  const latest = run.at === run.steps.length;
  const answer = run.steps[run.at - 1]?.answer;
  const { scroller, onScroll } = useStickToEnd("simulator", lines[0]?.key, lines.at(-1)?.key);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (text.trim() === "" || simulator.busy) return;
    send({ type: "said", text: text.trim() });
    setText("");
  };
  const tap = useCallback((id: string, title: string) => send({ type: "said", text: title, payload: id }), [send]);
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        <h2>{words.flows.panels.simulator}</h2>
        <IconButton label={texts.restart} icon={<RotateCcw size={16} aria-hidden />} onClick={simulator.restart} />
      </header>
      <div className={styles.chat} ref={scroller} onScroll={onScroll} role="log" aria-label={texts.chat} tabIndex={0}>
        {lines.length === 0 && (
          <div className={styles.begin}>
            <p>{texts.begin}</p>
            <Button look="quiet" onClick={() => send({ type: "started", trigger: "api" })}>
              {texts.start}
            </Button>
          </div>
        )}
        {lines.map((line, index) => (
          <SimulatedLine
            key={line.key}
            line={line}
            tail={lines[index - 1]?.kind !== line.kind}
            onTap={latest && line.step === run.at - 1 && waiting?.awaited === "customer" ? tap : undefined}
          />
        ))}
        {simulator.busy && <p className={styles.typing}>{words.phone.typing}</p>}
      </div>
      {simulator.problem && (
        <div className={styles.problem}>
          <Failure>{simulator.problem.errors[0]?.message ?? problemText(simulator.problem, words)}</Failure>
        </div>
      )}
      <AwaitedBar waiting={waiting} call={awaitedCall(run)} begun={answer === undefined || run.steps.slice(0, run.at).some((step) => step.answer.visits.length > 0)} ended={answer !== undefined && waiting === null} busy={simulator.busy} send={send} onGo={onGo} />
      <form className={styles.composer} onSubmit={submit}>
        <input
          aria-label={words.phone.message}
          placeholder={words.phone.message}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" aria-label={words.phone.send} disabled={text.trim() === ""}>
          <SendHorizontal size={18} aria-hidden />
        </button>
      </form>
      {run.steps.length > 0 && (
        <label className={styles.time}>
          <span>{texts.step(String(run.at), String(run.steps.length))}</span>
          <input type="range" min={1} max={run.steps.length} value={run.at} onChange={(event) => look(Number(event.target.value))} />
          {!latest && <span className={styles.past}>{texts.past}</span>}
        </label>
      )}
      <Values title={texts.variables} none={texts.noVariables} values={answer?.variables ?? {}} open />
      <SimulatedContact contact={simulator.contact} started={run.steps.length > 0} onChange={simulator.setContact} />
    </div>
  );
}

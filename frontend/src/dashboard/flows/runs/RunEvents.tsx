import { fullTime } from "../../../chat/days";
import type { Words } from "../../../words/english";
import { useWords } from "../../../words/useWords";
import type { FlowRun, RunVisit } from "../flowShapes";
import { exitLabel } from "../kinds/exitLabel";
import { nameOf } from "../kinds/kinds";
import type { StoredFlow } from "../model/storedFlow";
import styles from "./RunEvents.module.css";

interface RunEventsProps {
  run: FlowRun;
  flow: StoredFlow;
  onGo: (id: string) => void;
}

/** What a step is called; by its id when the draft has it no more. */
export function stepName(flow: StoredFlow, id: string, words: Words): string {
  const step = flow.nodes.find((node) => node.id === id);
  return step ? nameOf(step, words) : id;
}

/** Event by event: the steps, how they were left, what was kept. */
export function RunEvents({ run, flow, onGo }: RunEventsProps) {
  const { words, language } = useWords();
  return (
    <ol className={styles.events}>
      {run.events.map((event, index) => (
        <li key={index}>
          <time dateTime={new Date(event.at).toISOString()}>{fullTime(event.at, language)}</time>
          <ol>
            {event.visits.map((visit, place) => (
              <li key={place}>
                <button type="button" onClick={() => onGo(visit.node)}>
                  {stepName(flow, visit.node, words)}
                </button>
                <span>{leftBy(visit, flow, words)}</span>
                {Object.entries(visit.values ?? {}).map(([name, value]) => (
                  <code key={name}>
                    {name} = {JSON.stringify(value)}
                  </code>
                ))}
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}

function leftBy({ node, exit, dropped }: RunVisit, flow: StoredFlow, words: Words): string {
  if (dropped) return words.flows.simulator.stops[dropped] ?? dropped;
  if (!exit) return "";
  const step = flow.nodes.find(({ id }) => id === node);
  return step ? exitLabel(step, exit, words) : exit;
}

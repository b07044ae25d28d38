import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { fullTime } from "../../../chat/days";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { ProblemNotice } from "../../frame/ProblemNotice";
import { conversationPath } from "../../paths";
import { useServices } from "../../services";
import { litPath } from "../canvas/litPath";
import type { Marks } from "../canvas/views";
import type { FlowRun } from "../flowShapes";
import { runsKey } from "../flowsKey";
import styles from "../history/HistoryPanel.module.css";
import type { StoredFlow } from "../model/storedFlow";
import { RunEvents, stepName } from "./RunEvents";

interface RunsPanelProps {
  id: string;
  flow: StoredFlow;
  onPath: (path: Marks["path"]) => void;
  onGo: (id: string) => void;
}

const readAgainMs = 20_000;
const nowhere: Marks["path"] = new Map();

/** The customers who went through the flow last: which way, with which values, and where they are. */
export function RunsPanel({ id, flow, onPath, onGo }: RunsPanelProps) {
  const { words } = useWords();
  const { api } = useServices();
  const texts = words.flows.runs;
  const query = useQuery({ queryKey: runsKey(id), queryFn: ({ signal }) => api.flows.runs(id, signal), refetchInterval: readAgainMs });
  const [shown, setShown] = useState<string | null>(null);
  const runs = query.data?.items;
  const run = runs?.find((each) => each.id === shown);

  useEffect(() => {
    const visits = run?.events.flatMap((event) => event.visits) ?? [];
    onPath(run ? litPath(visits, run.waits_at ?? undefined, flow) : nowhere);
  }, [flow, onPath, run]);
  useEffect(() => () => onPath(nowhere), [onPath]);

  return (
    <div className={styles.panel}>
      <h2>{words.flows.panels.runs}</h2>
      {query.error && <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {runs === undefined ? (
        !query.error && <p className={styles.quiet}>{words.common.loading}</p>
      ) : runs.length === 0 ? (
        <p className={styles.quiet}>{texts.none}</p>
      ) : (
        <ol className={styles.versions}>
          {runs.map((each) => (
            <li key={each.id}>
              <RunButton run={each} flow={flow} open={each.id === shown} onToggle={() => setShown(each.id === shown ? null : each.id)} />
              {each.id === shown && (
                <div className={styles.detail}>
                  <Link to={conversationPath(each.conversation_id)}>{texts.conversation}</Link>
                  <RunEvents run={each} flow={flow} onGo={onGo} />
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

interface RunButtonProps {
  run: FlowRun;
  flow: StoredFlow;
  open: boolean;
  onToggle: () => void;
}

function RunButton({ run, flow, open, onToggle }: RunButtonProps) {
  const { words, language } = useWords();
  const texts = words.flows.runs;
  return (
    <button type="button" className={styles.version} aria-expanded={open} onClick={onToggle}>
      <strong>{fullTime(run.last_at, language)}</strong>
      {run.waits_at !== null && <span className={styles.live}>{texts.underWay}</span>}
      <span className={styles.note}>{run.waits_at === null ? texts.ended : texts.waitsAt(stepName(flow, run.waits_at, words))}</span>
      <span className={styles.quiet}>{texts.begun(fullTime(run.started_at, language))}</span>
    </button>
  );
}

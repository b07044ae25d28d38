import { useMemo, useState } from "react";
import { useWords } from "../../../words/useWords";
import type { Findings } from "../editor/useFindings";
import type { FlowHistory } from "../editor/useFlowHistory";
import { notesOf, startCard } from "../model/graph";
import { edgeId, exitOf } from "../model/storedFlow";
import { TriggersEditor } from "../triggers/TriggersEditor";
import { SurroundingsContext } from "./editing";
import { ChosenActions } from "./ChosenActions";
import styles from "./Inspector.module.css";
import { Languages } from "./Languages";
import { languagesIn } from "./localText";
import { NoteInspector } from "./NoteInspector";
import { StepInspector } from "./StepInspector";
import { variablesOf } from "./variables";

interface InspectorProps {
  history: FlowHistory;
  chosen: string | undefined;
  count: number;
  readOnly: boolean;
  findings: Findings;
  onGo: (id: string) => void;
  onRemove: () => void;
  onDuplicate: () => void;
}

/** Everything about what is chosen; about the flow itself when nothing is. */
export function Inspector(props: InspectorProps) {
  const { history, chosen, count, readOnly } = props;
  const { words } = useWords();
  const { flow } = history;
  const [wanted, setWanted] = useState<string | null>(null);
  const [added, setAdded] = useState<readonly string[]>([]);
  const written = useMemo(() => languagesIn(flow.nodes.map(({ data }) => data)), [flow.nodes]);
  // The flow's own language first: what is written in one language is taken to be in it.
  const languages = written.length + added.length === 0 ? [] : [...new Set([flow.language ?? "en", ...written, ...added])];
  const language = wanted !== null && languages.includes(wanted) ? wanted : (languages[0] ?? null);
  const variables = useMemo(() => variablesOf(flow), [flow]);
  const surroundings = useMemo(() => ({ flow, readOnly, language, variables }), [flow, readOnly, language, variables]);

  const step = flow.nodes.find(({ id }) => id === chosen);
  const note = notesOf(flow).find(({ id }) => id === chosen);
  const edge = flow.edges.find((each) => edgeId(each.source, exitOf(each)) === chosen);
  return (
    <SurroundingsContext value={surroundings}>
      <div className={styles.panel}>
        {step ? (
          <>
            <Languages
              languages={languages}
              chosen={language}
              readOnly={readOnly}
              onChoose={setWanted}
              onAdd={(code) => {
                setAdded([...added, code]);
                setWanted(code);
              }}
            />
            <StepInspector key={step.id} step={step} {...props} />
          </>
        ) : note ? (
          <NoteInspector note={note} {...props} />
        ) : edge ? (
          <>
            <p className={styles.quiet}>{words.flows.inspector.edge}</p>
            {!readOnly && <ChosenActions onRemove={props.onRemove} />}
          </>
        ) : count > 1 ? (
          <>
            <p className={styles.quiet}>{words.flows.inspector.several(String(count))}</p>
            {!readOnly && <ChosenActions onRemove={props.onRemove} onDuplicate={props.onDuplicate} />}
          </>
        ) : (
          <>
            <h2>{chosen === startCard ? words.flows.triggers.title : words.flows.inspector.flow}</h2>
            <TriggersEditor history={history} readOnly={readOnly} />
          </>
        )}
      </div>
    </SurroundingsContext>
  );
}

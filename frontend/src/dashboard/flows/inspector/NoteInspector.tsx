import { useWords } from "../../../words/useWords";
import type { FlowHistory } from "../editor/useFlowHistory";
import { changeNote } from "../model/graph";
import type { NoteTone, StickyNote } from "../model/storedFlow";
import { ChosenActions } from "./ChosenActions";
import fields from "./fields.module.css";

const tones: readonly NoteTone[] = ["saffron", "teal", "grey"];

interface NoteInspectorProps {
  note: StickyNote;
  history: FlowHistory;
  readOnly: boolean;
  onRemove: () => void;
}

export function NoteInspector({ note, history, readOnly, onRemove }: NoteInspectorProps) {
  const { words } = useWords();
  return (
    <>
      <h2>{words.flows.canvas.note}</h2>
      <fieldset className={fields.nested} disabled={readOnly}>
        <legend>{words.flows.inspector.tone}</legend>
        <div className={fields.tabs}>
          {tones.map((tone) => (
            <button
              key={tone}
              type="button"
              className={fields.tab}
              aria-pressed={note.tone === tone}
              onClick={() => history.change((flow) => changeNote(flow, note.id, { tone }))}
            >
              {words.flows.inspector.tones[tone]}
            </button>
          ))}
        </div>
      </fieldset>
      {!readOnly && <ChosenActions onRemove={onRemove} />}
    </>
  );
}

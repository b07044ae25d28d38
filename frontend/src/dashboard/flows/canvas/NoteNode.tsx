import { NodeResizer, type NodeProps } from "@xyflow/react";
import { memo, useContext } from "react";
import { useWords } from "../../../words/useWords";
import { changeNote } from "../model/graph";
import { ChangeContext } from "./change";
import styles from "./NoteNode.module.css";
import type { NoteView } from "./views";

const least = { minWidth: 120, minHeight: 64 };

/** Something to remember, written on the canvas; no customer reads it. */
export const NoteNode = memo(function NoteNode({ id, data: { note, readOnly }, selected }: NodeProps<NoteView>) {
  const { words } = useWords();
  const change = useContext(ChangeContext);
  return (
    <div className={styles.note} data-tone={note.tone}>
      <NodeResizer
        {...least}
        isVisible={selected && !readOnly}
        onResizeEnd={(_, { x, y, width, height }) =>
          change((flow) => changeNote(flow, id, { position: { x, y }, size: { width, height } }))
        }
      />
      <textarea
        className={`${styles.text} nodrag nowheel`}
        aria-label={words.flows.canvas.note}
        placeholder={words.flows.canvas.notePlaceholder}
        readOnly={readOnly}
        value={note.text}
        maxLength={2000}
        onChange={(event) => {
          const text = event.target.value;
          change((flow) => changeNote(flow, id, { text }), `note:${id}`);
        }}
      />
    </div>
  );
});

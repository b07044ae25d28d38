import { Handle, Position, type NodeProps } from "@xyflow/react";
import { Play } from "lucide-react";
import { memo } from "react";
import { useWords } from "../../../words/useWords";
import { triggerLine } from "../triggers/triggerLine";
import styles from "./StepNode.module.css";
import type { StartView } from "./views";

/** What begins the flow, and the way to its first step. */
export const StartNode = memo(function StartNode({ data, selected }: NodeProps<StartView>) {
  const { words } = useWords();
  const triggers = data.flow.triggers ?? [];
  return (
    <div className={styles.card} data-group="start" data-selected={selected}>
      <header className={styles.head}>
        <Play size={16} aria-hidden />
        <strong>{words.flows.triggers.title}</strong>
      </header>
      <ul className={styles.lines}>
        {triggers.length === 0 && <li className={styles.missing}>{words.flows.triggers.none}</li>}
        {triggers.map((trigger, index) => (
          <li key={index}>{triggerLine(trigger, words)}</li>
        ))}
      </ul>
      <Handle type="source" id="default" position={Position.Right} className={styles.handle ?? ""} />
    </div>
  );
});

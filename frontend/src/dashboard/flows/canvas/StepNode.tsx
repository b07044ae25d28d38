import { Handle, Position, type NodeProps } from "@xyflow/react";
import { CircleAlert, CircleHelp, TriangleAlert } from "lucide-react";
import { memo } from "react";
import { useWords } from "../../../words/useWords";
import { findingText } from "../findings/findingText";
import { exitLabel } from "../kinds/exitLabel";
import { exitsOf, kindOf, nameOf } from "../kinds/kinds";
import { StepPreview } from "./StepPreview";
import styles from "./StepNode.module.css";
import type { StepView } from "./views";

type Props = NodeProps<StepView>;

/** Where it stands is React Flow's: a step that is only moved is not drawn again. */
const drawnAlike = (before: Props, after: Props) => before.data === after.data && before.selected === after.selected;

/** One step of a flow: what it does, as the customer will see it, and the ways on. */
export const StepNode = memo(function StepNode({ data, selected }: Props) {
  const { words } = useWords();
  const { step, findings, activity, lit } = data;
  const kind = kindOf(step.type);
  const Icon = kind?.icon ?? CircleHelp;
  const worst = findings?.some(({ level }) => level === "error") ? "error" : findings ? "warning" : null;
  const exits = exitsOf(step);
  const told = findings?.map((finding) => findingText(finding, words, step)).join("\n");
  return (
    <div className={styles.card} data-group={kind?.group} data-selected={selected} data-lit={lit} data-testid="step">
      <Handle type="target" position={Position.Left} className={styles.entry ?? ""} />
      <header className={styles.head}>
        <Icon size={16} aria-hidden />
        <strong>{nameOf(step, words)}</strong>
        {activity !== null && activity.waiting > 0 && (
          <span className={styles.waiting}>{words.flows.canvas.waiting(String(activity.waiting))}</span>
        )}
        {worst && (
          <span className={styles.mark} data-level={worst} title={told}>
            {worst === "error" ? <CircleAlert size={15} aria-hidden /> : <TriangleAlert size={15} aria-hidden />}
            <span className="visually-hidden">{told}</span>
          </span>
        )}
      </header>
      <StepPreview step={step} />
      {exits.length > 0 && (
        <ul className={styles.exits}>
          {exits.map((exit) => (
            <li key={exit} className={styles.exit} data-alone={exits.length === 1}>
              <span>{exits.length === 1 && exit === "default" ? "" : exitLabel(step, exit, words)}</span>
              <Handle type="source" id={exit} position={Position.Right} className={styles.handle ?? ""} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}, drawnAlike);

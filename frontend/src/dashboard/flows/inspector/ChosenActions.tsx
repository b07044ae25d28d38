import { Copy, Trash2 } from "lucide-react";
import { Button } from "../../../design/Button";
import { useWords } from "../../../words/useWords";
import styles from "./Inspector.module.css";

interface ChosenActionsProps {
  onRemove: () => void;
  onDuplicate?: () => void;
}

/** What can be done with all that is chosen, for hands without keys. */
export function ChosenActions({ onRemove, onDuplicate }: ChosenActionsProps) {
  const { words } = useWords();
  return (
    <div className={styles.actions}>
      {onDuplicate && (
        <Button onClick={onDuplicate}>
          <Copy size={15} aria-hidden /> {words.flows.inspector.duplicate}
        </Button>
      )}
      <Button onClick={onRemove}>
        <Trash2 size={15} aria-hidden /> {words.flows.inspector.remove}
      </Button>
    </div>
  );
}

import { CircleAlert } from "lucide-react";
import { Button } from "../../../design/Button";
import { useWords } from "../../../words/useWords";
import { problemText } from "../../api/useAct";
import type { StoredFlow } from "../model/storedFlow";
import styles from "./ConflictBar.module.css";
import type { DraftKeeper, Saving } from "./DraftKeeper";

interface ConflictBarProps {
  keeper: DraftKeeper;
  saving: Saving;
  flow: StoredFlow;
  onReopen: () => void;
}

/** Somebody else saved meanwhile, or saving fails: what is on the canvas stays until one decides. */
export function ConflictBar({ keeper, saving, flow, onReopen }: ConflictBarProps) {
  const { words } = useWords();
  const texts = words.flows.conflict;
  if (saving.state !== "conflict" && saving.state !== "failed") return null;
  return (
    <div className={styles.bar} role="alert">
      <CircleAlert size={16} aria-hidden />
      <span>{saving.state === "conflict" ? texts.changed : `${texts.failed} ${saving.problem ? problemText(saving.problem, words) : ""}`}</span>
      {saving.state === "conflict" ? (
        <>
          <Button onClick={onReopen}>{texts.theirs}</Button>
          <Button onClick={() => void keeper.overwrite(flow)}>{texts.mine}</Button>
        </>
      ) : (
        <Button onClick={() => void keeper.flush()}>{words.common.retry}</Button>
      )}
    </div>
  );
}

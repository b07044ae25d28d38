import { Panel, useStore, useStoreApi, type ReactFlowState } from "@xyflow/react";
import { X } from "lucide-react";
import { IconButton } from "../../../design/Button";
import { useWords } from "../../../words/useWords";
import styles from "./TapHint.module.css";

const isConnecting = (state: ReactFlowState) => state.connectionClickStartHandle !== null;

/** What to do next, once an exit was tapped. */
export function TapHint() {
  const { words } = useWords();
  const store = useStoreApi();
  if (!useStore(isConnecting)) return null;
  return (
    <Panel position="top-center" className={styles.hint ?? ""} role="status">
      {words.flows.canvas.leads}
      <IconButton label={words.common.close} icon={<X size={16} aria-hidden />} onClick={() => store.setState({ connectionClickStartHandle: null })} />
    </Panel>
  );
}

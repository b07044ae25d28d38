import { useWords } from "../../words/useWords";
import styles from "./Knowledge.module.css";
import type { AskingSettings } from "./knowledgeCalls";

interface RerankSwitchProps {
  settings: AskingSettings;
  isOffered: boolean;
  onChange: (settings: AskingSettings) => void;
}

/** Only where there is a model for it; what was on before there was none can be turned off. */
export function RerankSwitch({ settings, isOffered, onChange }: RerankSwitchProps) {
  const { words } = useWords();
  if (!isOffered && !settings.rerank) return null;
  return (
    <label className={styles.switch}>
      <input type="checkbox" checked={settings.rerank} onChange={({ target }) => onChange({ ...settings, rerank: target.checked })} />
      {words.knowledge.writing.rerank}
    </label>
  );
}

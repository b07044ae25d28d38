import { Button } from "../../../design/Button";
import { Dialog } from "../../../design/Dialog";
import { useWords } from "../../../words/useWords";
import styles from "./Shortcuts.module.css";

const mod = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘" : "Ctrl";

const keys: [name: string, keys: string][] = [
  ["add", "A"],
  ["note", "N"],
  ["walk", "Alt ← →"],
  ["move", "← ↑ → ↓"],
  ["inspect", "Enter"],
  ["connect", "C"],
  ["back", "Esc"],
  ["remove", "Del"],
  ["undo", `${mod} Z`],
  ["redo", `${mod} Shift Z`],
  ["copy", `${mod} C`],
  ["paste", `${mod} V`],
  ["duplicate", `${mod} D`],
  ["all", `${mod} A`],
  ["several", "Shift"],
  ["tidy", "T"],
  ["fit", "F"],
  ["simulate", "S"],
];

export function Shortcuts({ onClose }: { onClose: () => void }) {
  const { words } = useWords();
  const texts = words.flows.shortcuts;
  return (
    <Dialog
      title={texts.title}
      onSubmit={onClose}
      onClose={onClose}
      actions={
        <Button look="primary" type="submit">
          {words.common.close}
        </Button>
      }
    >
      <dl className={styles.keys}>
        {keys.map(([name, written]) => (
          <div key={name}>
            <dt>{texts.names[name]}</dt>
            <dd>
              <kbd>{written}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

import type { LucideIcon } from "lucide-react";
import styles from "./Unpicked.module.css";

interface UnpickedProps {
  icon: LucideIcon;
  text: string;
  /** What the keys do, and which. */
  keysDo: string;
  keys: readonly string[];
}

/** Beside a list of which nothing has been picked yet; where only one pane has room, the list is it. */
export function Unpicked({ icon: Icon, text, keysDo, keys }: UnpickedProps) {
  return (
    <div className={styles.unpicked}>
      <Icon size={28} strokeWidth={1.5} aria-hidden />
      <p>{text}</p>
      <p className={styles.keys}>
        {keysDo}
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </p>
    </div>
  );
}

import { BatteryFull, Signal, Wifi } from "lucide-react";
import { clockTime } from "../chat/days";
import { useWords } from "../words/useWords";
import styles from "./StatusBar.module.css";

/** The top edge of a phone, with the ribbon that says it is none. */
export function StatusBar({ now }: { now: number }) {
  const { words, language } = useWords();
  return (
    <div className={styles.bar}>
      <span className={styles.clock} aria-hidden>
        {clockTime(now, language)}
      </span>
      <span className={styles.ribbon}>{words.phone.ribbon}</span>
      <span className={styles.icons} aria-hidden>
        <Signal size={15} />
        <Wifi size={15} />
        <BatteryFull size={18} />
      </span>
    </div>
  );
}

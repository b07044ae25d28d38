import { useWords } from "../words/useWords";
import type { Tick } from "./ticks";
import styles from "./TickMark.module.css";

const drawings: Record<Tick, { width: number; paths: string[] }> = {
  queued: { width: 14, paths: ["M7 1.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6Z", "M7 3.4V6l1.7 1.2"] },
  unsettled: { width: 14, paths: ["M7 1.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6Z", "M7 3.4V6l1.7 1.2"] },
  sent: { width: 13, paths: ["M1.5 6.4 4.6 9.4 11 2.4"] },
  delivered: { width: 17, paths: ["M1.5 6.4 4.6 9.4 11 2.4", "M8.2 8.9 8.8 9.4 15.2 2.4"] },
  read: { width: 17, paths: ["M1.5 6.4 4.6 9.4 11 2.4", "M8.2 8.9 8.8 9.4 15.2 2.4"] },
  failed: { width: 13, paths: ["M6.5 1.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6Z", "M6.5 3.5v3", "M6.5 8.5v.1"] },
};

export function TickMark({ tick }: { tick: Tick }) {
  const { words } = useWords();
  const { width, paths } = drawings[tick];
  return (
    <svg
      className={`${styles.tick ?? ""} ${styles[tick] ?? ""}`}
      viewBox={`0 0 ${width} 12`}
      width={width}
      height={12}
      role="img"
      aria-label={words.message.ticks[tick]}
    >
      {paths.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}

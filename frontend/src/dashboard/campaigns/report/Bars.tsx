import { locales } from "../../../chat/days";
import { useWords } from "../../../words/useWords";
import { counted } from "../../exports/timeLeft";
import styles from "./Report.module.css";

export interface Bar {
  key: string;
  label: string;
  count: number;
  tone?: "failure" | "calm";
}

interface BarsProps {
  title: string;
  bars: readonly Bar[];
  /** What a full bar stands for. */
  of: number;
}

/** Bars from zero, each with its number and its share. */
export function Bars({ title, bars, of }: BarsProps) {
  const { language } = useWords();
  const locale = locales[language];
  const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return (
    <table className={styles.bars} aria-label={title}>
      <tbody>
        {bars.map(({ key, label, count, tone }) => {
          const part = of === 0 ? 0 : count / of;
          return (
            <tr key={key}>
              <th scope="row" className={styles.barName}>
                {label}
              </th>
              <td aria-hidden>
                <div className={styles.track} data-tone={tone}>
                  <span style={{ width: `${Math.min(1, part) * 100}%` }} />
                </div>
              </td>
              <td className={styles.value}>
                {counted(count, locale)} <small>{share.format(part)}</small>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

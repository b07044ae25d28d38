import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { locales } from "../../chat/days";
import { useWords } from "../../words/useWords";
import { useServices } from "../services";
import settings from "../settings/Settings.module.css";
import { amount } from "./amounts";
import { monthName } from "./months";
import styles from "./UsagePage.module.css";

/** Pixels of the tallest bar; the number above and the month below need the rest of the chart. */
const tallest = 144;

/** One meter month by month, as bars from zero, each with its number; the same as a table for screen readers. */
export function MonthChart() {
  const { words, language } = useWords();
  const { api } = useServices();
  const query = useQuery({ queryKey: ["usage", "history"], queryFn: ({ signal }) => api.usage.history(signal) });
  const [chosen, setChosen] = useState("messages_out");
  const texts = words.usage;
  const locale = locales[language];
  const months = (query.data ?? []).toReversed();
  const ids = [...new Set(months.flatMap(({ meters }) => meters.map(({ meter }) => meter)))];
  if (ids.length === 0) return null;
  const shown = months.map(({ month, meters }) => {
    const found = meters.find(({ meter }) => meter === chosen);
    return { month, used: found?.used ?? 0, unit: found?.unit ?? "" };
  });
  const most = Math.max(1, ...shown.map(({ used }) => used));
  return (
    <section className={settings.group} aria-labelledby="usage-history">
      <div className={styles.line}>
        <h3 id="usage-history">{texts.history}</h3>
        <select className={styles.select} aria-label={texts.historyOf} value={chosen} onChange={(event) => setChosen(event.target.value)}>
          {ids.map((id) => (
            <option key={id} value={id}>
              {texts.meters[id] ?? id}
            </option>
          ))}
        </select>
      </div>
      <div className={styles.chart} aria-hidden>
        {shown.map(({ month, used, unit }) => (
          <div key={month} className={styles.column}>
            <span className={styles.value}>{used === 0 ? "0" : brief(used, unit, locale)}</span>
            <span className={styles.bar} style={{ height: `${(used / most) * tallest}px` }} />
            <span className={styles.month}>{monthName(month, language, "short")}</span>
          </div>
        ))}
      </div>
      <table className="visually-hidden">
        <caption>{`${texts.history}: ${texts.meters[chosen] ?? chosen}`}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.month}</th>
            <th scope="col">{texts.used}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ month, used, unit }) => (
            <tr key={month}>
              <th scope="row">{monthName(month, language)}</th>
              <td>{amount(used, unit, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Short enough for the top of a bar. */
function brief(value: number, unit: string, locale: string): string {
  if (unit === "bytes") return amount(value, unit, locale);
  return new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

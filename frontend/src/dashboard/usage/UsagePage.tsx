import { useQuery } from "@tanstack/react-query";
import { locales } from "../../chat/days";
import { SkeletonRows } from "../../design/Skeleton";
import { useWords } from "../../words/useWords";
import { asProblem } from "../api/problem";
import { ProblemNotice } from "../frame/ProblemNotice";
import { useServices } from "../services";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/Settings.module.css";
import { amount, nearness, share } from "./amounts";
import { MonthChart } from "./MonthChart";
import { monthName } from "./months";
import styles from "./UsagePage.module.css";
import type { Meter } from "./usageCalls";

export function UsagePage() {
  const { words, language } = useWords();
  const { api } = useServices();
  const query = useQuery({ queryKey: ["usage"], queryFn: ({ signal }) => api.usage.now(signal) });
  const texts = words.usage;
  const usage = query.data;
  return (
    <div className={settings.page}>
      <PageHead title={words.settings.sections.usage} lead={texts.lead} />
      {!usage && query.error && <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {!usage && !query.error && <SkeletonRows rows={5} label={words.common.loading} />}
      {usage && (
        <>
          <dl className={settings.facts}>
            <div>
              <dt>{texts.plan}</dt>
              <dd>{texts.plans[usage.plan.id] ?? usage.plan.name}</dd>
            </div>
            <div>
              <dt>{texts.month}</dt>
              <dd>{monthName(usage.month, language)}</dd>
            </div>
          </dl>
          <ul className={styles.meters}>
            {usage.meters.map((meter) => (
              <OneMeter key={meter.meter} meter={meter} />
            ))}
          </ul>
          <MonthChart />
        </>
      )}
    </div>
  );
}

function OneMeter({ meter }: { meter: Meter }) {
  const { words, language } = useWords();
  const texts = words.usage;
  const locale = locales[language];
  const filled = share(meter);
  const how = nearness(meter);
  const used = amount(meter.used, meter.unit, locale);
  const word = meter.limit === null ? texts.unlimited : how === "calm" ? null : texts[how];
  const atLimit = meter.limit === null ? undefined : texts.atLimit[meter.meter];
  return (
    <li className={styles.meter} data-how={how}>
      <div className={styles.line}>
        <span className={styles.name}>{texts.meters[meter.meter] ?? meter.meter}</span>
        <span className={styles.amount}>
          {meter.limit === null ? used : texts.of(used, amount(meter.limit, meter.unit, locale))}
          {word && <span className={styles.word}>{word}</span>}
        </span>
      </div>
      {filled !== null && (
        <div className={styles.track} aria-hidden>
          <span style={{ width: `${filled * 100}%` }} />
        </div>
      )}
      {atLimit && <p className={styles.note}>{atLimit}</p>}
    </li>
  );
}

import { useQuery } from "@tanstack/react-query";
import { fullTime, locales } from "../../../chat/days";
import { ProgressBar } from "../../../design/ProgressBar";
import { SkeletonRows } from "../../../design/Skeleton";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { counted, durationText } from "../../exports/timeLeft";
import { ProblemBar, ProblemNotice } from "../../frame/ProblemNotice";
import { useServices } from "../../services";
import wizard from "../wizard/Wizard.module.css";
import campaigns from "../Campaigns.module.css";
import { funnelSteps, isOpen, isUnderWay, type Report } from "../campaignShapes";
import { CampaignStatus } from "../CampaignStatus";
import { reportKey } from "../campaignsKey";
import { haltText } from "../haltText";
import { messageName } from "../messageName";
import { CostLines } from "../prices/CostLines";
import { money } from "../prices/money";
import { unpricedMessages } from "../prices/unpriced";
import { startsAtText } from "../startsAt";
import { Bars } from "./Bars";
import { progressOf } from "./progress";
import { Reasons } from "./Reasons";
import { Recipients } from "./Recipients";
import { ReportActions } from "./ReportActions";
import styles from "./Report.module.css";
import { Weight } from "./Weight";

const liveEveryMs = 1000;
const laterEveryMs = 10_000; // statuses and replies still come in

/** Before that there is nobody to count. */
function isTakenDown({ campaign, people }: Report): boolean {
  return campaign.people !== null || people > 0;
}

/** What has become of a campaign, live while it goes on. */
export function CampaignReport({ id }: { id: string }) {
  const { words } = useWords();
  const { api } = useServices();
  const query = useQuery({
    queryKey: reportKey(id),
    queryFn: ({ signal }) => api.campaigns.report(id, signal),
    refetchInterval: ({ state }) => (state.data && !isUnderWay(state.data.campaign) ? laterEveryMs : liveEveryMs),
  });
  const report = query.data;
  if (!report) {
    if (query.error) return <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
    return <SkeletonRows rows={6} label={words.common.loading} />;
  }
  return (
    <>
      {query.error && <ProblemBar problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      <Head report={report} onChanged={() => void query.refetch()} />
      <Progress report={report} onChanged={() => void query.refetch()} />
      {isTakenDown(report) && (
        <>
          <Numbers report={report} />
          <Recipients report={report} />
        </>
      )}
    </>
  );
}

function Head({ report, onChanged }: { report: Report; onChanged: () => void }) {
  const { words, language } = useWords();
  const texts = words.campaigns;
  const { campaign } = report;
  const starts = startsAtText(campaign, language, words);
  return (
    <header className={styles.head}>
      <div>
        <h2>{campaign.name}</h2>
        <p className={styles.meta}>
          <CampaignStatus status={campaign.status} />
          {starts !== null && <span>{starts}</span>}
          {campaign.started_at !== null && <span>{texts.startedAt(fullTime(campaign.started_at, language))}</span>}
          {campaign.finished_at !== null && <span>{texts.endedAt(fullTime(campaign.finished_at, language))}</span>}
          <span>{messageName(campaign.message, words)}</span>
        </p>
      </div>
      <ReportActions report={report} onChanged={onChanged} />
    </header>
  );
}

function Progress({ report, onChanged }: { report: Report; onChanged: () => void }) {
  const { words, language } = useWords();
  const texts = words.campaigns;
  const locale = locales[language];
  const { campaign, waiting, next_try_at: next } = report;
  const { done, total } = progressOf(report);
  const number = (count: number) => counted(count, locale);
  const sending = isUnderWay(campaign) && report.outcomes.queued > waiting;
  const pace = sending && report.per_second > 0 ? texts.perSecond(new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(report.per_second)) : null;
  const left = sending && report.seconds_left !== null ? words.imports.left(durationText(report.seconds_left, words)) : null;
  const text = [texts.progress(number(done), number(total)), pace, left].filter((part) => part !== null).join(" · ");
  return (
    <section className={styles.section} aria-label={texts.progressLabel}>
      <div className={styles.told} role="status">
        {campaign.reason && <p className={campaigns.attention}>{haltText(campaign.reason, words)}</p>}
      </div>
      {campaign.status === "scheduled" && <p className={campaigns.quiet}>{texts.startLead}</p>}
      {campaign.status === "preparing" && <ProgressBar label={texts.progressLabel} done={0} total={null} text={texts.preparing} />}
      {campaign.status !== "preparing" && isTakenDown(report) && (
        <ProgressBar label={texts.progressLabel} done={done} total={Math.max(1, total)} text={text} />
      )}
      {isOpen(campaign) && <Weight campaign={campaign} onChanged={onChanged} />}
      {waiting > 0 && <p className={campaigns.quiet}>{texts.waiting(number(waiting), next === null ? null : fullTime(next, language))}</p>}
    </section>
  );
}

function Numbers({ report }: { report: Report }) {
  const { words, language } = useWords();
  const texts = words.campaigns;
  const locale = locales[language];
  const { outcomes, funnel, cost, tier } = report;
  const kinds = Object.entries(cost.billable);
  const named: Record<string, string> = texts.priceLines;
  const billable = Object.values(cost.billable).reduce((sum, count) => sum + count, 0);
  const beside = (["queued", "failed", "skipped", "cancelled"] as const).filter((each) => outcomes[each] > 0);
  return (
    <>
      <dl className={wizard.facts}>
        <Fact name={texts.people} count={report.people} locale={locale} />
        <Fact name={texts.outcomes.replied} count={funnel.replied} locale={locale} />
        <Fact name={texts.optedOut} count={report.opted_out} locale={locale} />
        <Fact name={texts.billable} count={billable} locale={locale} note={kinds.length > 1 ? kinds.map(([kind, count]) => `${named[kind] ?? kind} ${counted(count, locale)}`).join(", ") : undefined} />
        {cost.currency !== null && (
          <div>
            <dt>{texts.cost}</dt>
            <dd>{cost.amount === null ? "–" : money(cost.amount, cost.currency, locale)}</dd>
          </div>
        )}
        <Fact name={texts.free} count={cost.free} locale={locale} />
        {tier.left !== null && <Fact name={texts.tierLeft} count={tier.left} locale={locale} />}
      </dl>
      {cost.unpriced.length > 0 && <p className={campaigns.quiet}>{texts.withoutPrice(counted(unpricedMessages(cost.lines), locale))}</p>}
      <CostLines lines={cost.lines} currency={cost.currency} />
      <div className={styles.two}>
        <section className={styles.section}>
          <h3>{texts.funnel}</h3>
          <Bars title={texts.funnel} of={report.people} bars={funnelSteps.map((key) => ({ key, label: texts.outcomes[key], count: funnel[key] }))} />
          {beside.length > 0 && (
            <Bars
              title={texts.beside}
              of={report.people}
              bars={beside.map((key) => ({ key, label: texts.outcomes[key], count: outcomes[key], tone: key === "failed" ? ("failure" as const) : ("calm" as const) }))}
            />
          )}
        </section>
        <Reasons report={report} />
      </div>
    </>
  );
}

function Fact({ name, count, locale, note }: { name: string; count: number; locale: string; note?: string | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {counted(count, locale)}
        {note !== undefined && <small>{note}</small>}
      </dd>
    </div>
  );
}

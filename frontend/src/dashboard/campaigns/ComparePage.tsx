import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { Link, useSearchParams } from "react-router";
import { locales } from "../../chat/days";
import { SkeletonRows } from "../../design/Skeleton";
import { useWords } from "../../words/useWords";
import { asProblem } from "../api/problem";
import { counted } from "../exports/timeLeft";
import { ProblemNotice } from "../frame/ProblemNotice";
import { campaignPath, campaignsAddress, campaignsParameter } from "../paths";
import { useServices } from "../services";
import { PageHead } from "../settings/PageHead";
import styles from "./Campaigns.module.css";
import { funnelSteps, type Compared, type Cost } from "./campaignShapes";
import { campaignsKey } from "./campaignsKey";
import { messageName } from "./messageName";
import { money } from "./prices/money";
import { unpricedMessages } from "./prices/unpriced";
import { Bars } from "./report/Bars";
import report from "./report/Report.module.css";

/** A few campaigns side by side, step by step, as shares of their people. */
export function ComparePage() {
  const { words } = useWords();
  const { api } = useServices();
  const [parameters] = useSearchParams();
  const ids = (parameters.get(campaignsParameter) ?? "").split(",").filter((id) => id !== "");
  const query = useQuery({ queryKey: [...campaignsKey, "compare", ids], queryFn: ({ signal }) => api.campaigns.compare(ids, signal) });
  const texts = words.campaigns;
  const found = query.data?.items;
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <Link className={styles.back ?? ""} to={campaignsAddress}>
          <ArrowLeft size={16} aria-hidden /> {texts.title}
        </Link>
        <PageHead title={texts.compareTitle} lead={texts.compareLead} />
        {!found && query.error && <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
        {!found && !query.error && <SkeletonRows rows={6} label={words.common.loading} />}
        {found && (
          <div className={styles.compared}>
            {found.map((each) => (
              <One key={each.campaign.id} compared={each} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

function One({ compared }: { compared: Compared }) {
  const { words, language } = useWords();
  const texts = words.campaigns;
  const { campaign, people, funnel, outcomes, opted_out: optedOut, cost } = compared;
  const locale = locales[language];
  const steps = funnelSteps.map((key) => ({ key, label: texts.outcomes[key], count: funnel[key] }));
  const beside = [
    { key: "failed", label: texts.outcomes.failed, count: outcomes.failed, tone: "failure" as const },
    { key: "opted_out", label: texts.optedOut, count: optedOut, tone: "failure" as const },
  ];
  return (
    <section className={report.section}>
      <h3>
        <Link className={styles.link ?? ""} to={campaignPath(campaign.id)}>
          {campaign.name}
        </Link>
      </h3>
      <div className={styles.quiet}>
        <p>
          {texts.peopleCount(counted(people, locale))} · {messageName(campaign.message, words)}
        </p>
        <CostLine cost={cost} replies={funnel.replied} />
      </div>
      <Bars title={campaign.name} of={people} bars={[...steps, ...beside]} />
    </section>
  );
}

/** What it cost, and what each reply did: nothing where no price is known. */
function CostLine({ cost, replies }: { cost: Cost; replies: number }) {
  const { words, language } = useWords();
  const texts = words.campaigns;
  const { amount, currency, unpriced, lines } = cost;
  if (amount === null || currency === null) return null;
  const locale = locales[language];
  const each = replies > 0 && unpriced.length === 0 ? ` · ${texts.perReply(money(amount / replies, currency, locale))}` : "";
  return (
    <p>
      {texts.cost}: {money(amount, currency, locale)}
      {each}
      {unpriced.length > 0 && ` · ${texts.withoutPrice(counted(unpricedMessages(lines), locale))}`}
    </p>
  );
}

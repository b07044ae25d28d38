import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { locales } from "../../../chat/days";
import { Button } from "../../../design/Button";
import { Failure } from "../../../design/Failure";
import { TextField } from "../../../design/Field";
import { SkeletonRows } from "../../../design/Skeleton";
import type { Words } from "../../../words/english";
import { useWords } from "../../../words/useWords";
import { useMay } from "../../api/me";
import { asProblem } from "../../api/problem";
import { problemText, useAct } from "../../api/useAct";
import { counted, minutesText } from "../../exports/timeLeft";
import { useServices } from "../../services";
import { ConfirmDialog } from "../../settings/ConfirmDialog";
import type { Template } from "../../templates/templateShapes";
import type { Campaign, CostEstimate, Estimate, QuietHours, Tested } from "../campaignShapes";
import { campaignKey, campaignsKey } from "../campaignsKey";
import { Why } from "../Why";
import { CostLines } from "../prices/CostLines";
import { money, unitPrice } from "../prices/money";
import { RateCardDialog } from "../prices/RateCardDialog";
import { unpricedMessages } from "../prices/unpriced";
import { columnsNeeded } from "./draft";
import { Previews } from "./Previews";
import styles from "./Wizard.module.css";

interface CheckProps {
  campaign: Campaign;
  template: Template | undefined;
}

/** How many, how long, at what price; as real people would see it; a test; and the start. */
export function CheckStep({ campaign, template }: CheckProps) {
  return (
    <>
      <EstimateFacts campaign={campaign} />
      <Previews campaign={campaign} template={template} />
      <TestSend campaign={campaign} />
      <StartForm campaign={campaign} />
    </>
  );
}

function EstimateFacts({ campaign }: { campaign: Campaign }) {
  const { words, language } = useWords();
  const { api } = useServices();
  const query = useQuery({
    queryKey: [...campaignsKey, "estimate", campaign.id, campaign.revision],
    queryFn: ({ signal }) => api.campaigns.estimate(campaign.id, signal),
  });
  const texts = words.campaigns;
  const locale = locales[language];
  const found = query.data;
  if (query.error) return <Failure>{problemText(asProblem(query.error), words)}</Failure>;
  if (!found) return <SkeletonRows rows={2} label={words.common.loading} />;
  return (
    <section className={styles.group} aria-label={texts.estimate}>
      <dl className={styles.facts}>
        <Fact name={texts.people}>{`${found.exact ? "" : "≈ "}${counted(found.people, locale)}`}</Fact>
        <Fact name={texts.takes}>{found.days > 1 ? texts.days(String(found.days)) : minutesText(found.minutes, words)}</Fact>
        <Fact name={texts.tierLeft}>{found.tier.left === null ? texts.noLimit : counted(found.tier.left, locale)}</Fact>
        {found.cost.amount !== null && found.cost.currency !== null && <Fact name={texts.costAtMost}>{money(found.cost.amount, found.cost.currency, locale)}</Fact>}
      </dl>
      <CostNote cost={found.cost} people={found.people} />
      {found.warnings.length > 0 && (
        <ul className={styles.warnings}>
          {found.warnings.map((warning) => (
            <li key={warning.code}>{warningText(warning, found.days, campaign.quiet_hours, words)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function warningText({ code, words: told }: Estimate["warnings"][number], days: number, quiet: QuietHours | null, words: Words): string {
  const texts = words.campaigns.warnings;
  if (code === "nobody") return texts.nobody;
  if (code === "nobody_open") return texts.nobodyOpen;
  if (code === "spread") return texts.spread(String(days));
  return code === "quiet_now" && quiet !== null ? texts.quietNow(quiet.end) : told;
}

/** Which price was reckoned with, and where it is changed. */
function CostNote({ cost, people }: { cost: CostEstimate; people: number }) {
  const { words, language } = useWords();
  const sets = useMay()("workspace:update");
  const [entering, setEntering] = useState(false);
  const texts = words.campaigns;
  const locale = locales[language];
  return (
    <>
      <p className={styles.quiet}>
        {reckonedText(cost, people, words, locale)}{" "}
        {sets && (
          <button type="button" className={styles.inline} onClick={() => setEntering(true)}>
            {cost.amount === null ? texts.pricesEnter : texts.pricesChange}
          </button>
        )}
      </p>
      <CostLines lines={cost.lines} currency={cost.currency} />
      {entering && <RateCardDialog onClose={() => setEntering(false)} />}
    </>
  );
}

function reckonedText({ category, amount, currency, price, lines }: CostEstimate, people: number, words: Words, locale: string): string {
  const texts = words.campaigns;
  const line = texts.priceLines[category];
  if (amount === null || currency === null) return texts.noPrice(line);
  if (price !== null) return texts.reckoned(counted(people, locale), unitPrice(price, currency, locale), line);
  const unpriced = unpricedMessages(lines);
  return unpriced > 0 ? `${texts.reckonedByCountry(line)} ${texts.withoutPrice(counted(unpriced, locale))}` : texts.reckonedByCountry(line);
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function TestSend({ campaign }: { campaign: Campaign }) {
  const { words } = useWords();
  const { api } = useServices();
  const sends = useMay()("campaigns:send");
  const act = useAct();
  const [phones, setPhones] = useState("");
  const [told, setTold] = useState<Tested[] | null>(null);
  const texts = words.campaigns;
  const columns = columnsNeeded(campaign);
  const send = () =>
    act.run(async () => {
      const given = phones.split(/[,;\s]+/).filter((each) => each !== "");
      const values = Object.fromEntries(
        Object.entries(campaign.variables).flatMap(([name, { source, otherwise }]) => (source === "column" ? [[name, otherwise ?? texts.testValue]] : [])),
      );
      const { items } = await api.campaigns.test(campaign.id, given, columns.length > 0 ? values : {});
      setTold(items);
    });
  if (!sends) return null;
  return (
    <section className={styles.group} aria-label={texts.test}>
      <div className={`${styles.row} ${styles.beside}`}>
        <TextField label={texts.test} hint={texts.testHint} placeholder="+62…" value={phones} onChange={setPhones} />
        <Button busy={act.busy} disabled={phones.trim() === ""} onClick={send}>
          {texts.testSend}
        </Button>
      </div>
      {act.problem && <Failure>{act.problem.errors[0]?.message ?? problemText(act.problem, words)}</Failure>}
      {told && (
        <ul className={styles.quiet} role="status">
          {told.map((one, place) => (
            <li key={place}>
              {one.to}: {one.reason === null ? texts.testSent : <Why one={one} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function StartForm({ campaign }: { campaign: Campaign }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const sends = useMay()("campaigns:send");
  const [at, setAt] = useState("");
  const [asking, setAsking] = useState(false);
  const texts = words.campaigns;
  if (!sends) return <p className={styles.quiet}>{texts.mayNotSend}</p>;
  const start = async () => {
    await api.campaigns.start(campaign.id, at === "" ? null : at);
    await client.invalidateQueries({ queryKey: campaignKey(campaign.id) });
    void client.invalidateQueries({ queryKey: [...campaignsKey, "list"] });
  };
  return (
    <section className={`${styles.foot} ${styles.beside}`} aria-label={texts.start}>
      <TextField type="datetime-local" label={texts.startAt} hint={texts.startAtHint(campaign.time_zone)} value={at} onChange={setAt} />
      <Button look="primary" onClick={() => setAsking(true)}>
        {at === "" ? texts.startNow : texts.schedule}
      </Button>
      {asking && (
        <ConfirmDialog
          title={at === "" ? texts.startAsk(campaign.name) : texts.scheduleAsk(campaign.name)}
          lead={texts.startLead}
          action={at === "" ? texts.startNow : texts.schedule}
          danger={false}
          work={start}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

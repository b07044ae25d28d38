import { useQueryClient } from "@tanstack/react-query";
import { GitCompareArrows, Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { Link, useNavigate } from "react-router";
import { listTime, locales } from "../../chat/days";
import { Button } from "../../design/Button";
import { useNow } from "../../design/useNow";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { usePages } from "../api/usePages";
import { counted } from "../exports/timeLeft";
import { campaignPath, comparisonPath, newCampaignAddress } from "../paths";
import { useServices } from "../services";
import { PageHead } from "../settings/PageHead";
import { PagesState } from "../settings/PagesState";
import table from "../settings/Table.module.css";
import styles from "./Campaigns.module.css";
import { isUnderWay, type Campaign } from "./campaignShapes";
import { CampaignStatus } from "./CampaignStatus";
import { campaignsKey } from "./campaignsKey";
import { RateCardDialog } from "./prices/RateCardDialog";
import { startsAtText } from "./startsAt";

const readAgainMs = 5000;
const most = 5;
const listKey = [...campaignsKey, "list"] as const;

export function CampaignsPage() {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const navigate = useNavigate();
  const may = useMay();
  const edits = may("campaigns:edit");
  const sets = may("workspace:update");
  const [pricing, setPricing] = useState(false);
  const list = usePages(listKey, api.campaigns.list);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const texts = words.campaigns;
  const going = list.items?.some(isUnderWay) ?? false;
  useEffect(() => {
    if (!going) return;
    const timer = setInterval(() => void client.invalidateQueries({ queryKey: listKey }), readAgainMs);
    return () => clearInterval(timer);
  }, [client, going]);
  const pick = (id: string) => setPicked((known) => (known.includes(id) ? known.filter((each) => each !== id) : [...known, id]));
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <PageHead
          title={texts.title}
          lead={texts.lead}
          action={
            <div className={styles.actions}>
              {picked.length > 1 && (
                <Button onClick={() => void navigate(comparisonPath(picked))}>
                  <GitCompareArrows size={16} aria-hidden /> {texts.compare(picked.length)}
                </Button>
              )}
              {sets && <Button onClick={() => setPricing(true)}>{texts.prices}</Button>}
              {edits && (
                <Button look="primary" onClick={() => void navigate(newCampaignAddress)}>
                  <Plus size={16} aria-hidden /> {texts.create}
                </Button>
              )}
            </div>
          }
        />
        {picked.length === most && (
          <p className={styles.quiet} role="status">
            {texts.compareMost(most)}
          </p>
        )}
        {pricing && <RateCardDialog onClose={() => setPricing(false)} />}
        <PagesState
          list={list}
          empty={
            <>
              <strong>{texts.none}</strong> {texts.noneLead}
            </>
          }
        >
          {(campaigns) => <CampaignTable campaigns={campaigns} picked={picked} onPick={pick} />}
        </PagesState>
      </div>
    </div>
  );
}

interface TableProps {
  campaigns: readonly Campaign[];
  picked: readonly string[];
  onPick: (id: string) => void;
}

function CampaignTable({ campaigns, picked, onPick }: TableProps) {
  const { words, language } = useWords();
  const now = useNow();
  const texts = words.campaigns;
  return (
    <table className={`${table.table} ${styles.campaigns}`}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{texts.compareTitle}</span>
          </th>
          <th scope="col">{texts.name}</th>
          <th scope="col">{texts.status}</th>
          <th scope="col" className={styles.number}>
            {texts.people}
          </th>
          <th scope="col">{texts.when}</th>
        </tr>
      </thead>
      <tbody>
        {campaigns.map((campaign) => (
          <tr key={campaign.id}>
            <td className={styles.pick}>
              {campaign.started_at !== null && (
                <input
                  type="checkbox"
                  aria-label={texts.pick(campaign.name)}
                  checked={picked.includes(campaign.id)}
                  disabled={picked.length === most && !picked.includes(campaign.id)}
                  onChange={() => onPick(campaign.id)}
                />
              )}
            </td>
            <td className={table.name}>
              <Link className={styles.link ?? ""} to={campaignPath(campaign.id)}>
                {campaign.name}
              </Link>
            </td>
            <td>
              <CampaignStatus status={campaign.status} />
            </td>
            <td className={styles.number} data-label={texts.people}>
              {campaign.people === null ? "" : counted(campaign.people, locales[language])}
            </td>
            <td className={`${table.quiet} ${table.nowrap}`}>
              {startsAtText(campaign, language, words) ?? listTime(campaign.started_at ?? campaign.created_at, now, language, words)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

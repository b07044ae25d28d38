import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { Link, useSearchParams } from "react-router";
import { SkeletonRows } from "../../design/Skeleton";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { asProblem } from "../api/problem";
import { ProblemNotice } from "../frame/ProblemNotice";
import { campaignParameter, campaignsAddress } from "../paths";
import { useServices } from "../services";
import styles from "./Campaigns.module.css";
import type { CampaignStatus } from "./campaignShapes";
import { campaignKey } from "./campaignsKey";
import { CampaignReport } from "./report/CampaignReport";
import { CampaignWizard } from "./wizard/CampaignWizard";

const readAgainMs = 5000;
/** What becomes a draft again when it cannot start. */
const aboutToStart: ReadonlySet<CampaignStatus> = new Set(["scheduled", "preparing"]);

/** A draft is gone on with; whatever was started shows its report. */
export function CampaignPage() {
  const { words } = useWords();
  const { api } = useServices();
  const [parameters] = useSearchParams();
  const id = parameters.get(campaignParameter) ?? "";
  const edits = useMay()("campaigns:edit");
  const query = useQuery({
    queryKey: campaignKey(id),
    queryFn: ({ signal }) => api.campaigns.get(id, signal),
    refetchInterval: ({ state }) => (state.data && aboutToStart.has(state.data.status) ? readAgainMs : false),
  });
  const found = query.data;
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <Link className={styles.back ?? ""} to={campaignsAddress}>
          <ArrowLeft size={16} aria-hidden /> {words.campaigns.title}
        </Link>
        {!found && query.error && <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
        {!found && !query.error && <SkeletonRows rows={6} label={words.common.loading} />}
        {found && (found.status === "draft" && edits ? <CampaignWizard key={found.id} saved={found} /> : <CampaignReport id={found.id} />)}
      </div>
    </div>
  );
}

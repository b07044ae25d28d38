import { useWords } from "../../words/useWords";
import styles from "./Campaigns.module.css";
import type { CampaignStatus as Status } from "./campaignShapes";

const tones: Record<Status, string> = {
  draft: "calm",
  scheduled: "calm",
  preparing: "going",
  running: "going",
  paused: "attention",
  finished: "good",
  cancelled: "calm",
};

export function CampaignStatus({ status }: { status: Status }) {
  const { words } = useWords();
  return (
    <span className={styles.status} data-tone={tones[status]}>
      {words.campaigns.statuses[status]}
    </span>
  );
}

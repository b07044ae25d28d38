import { Status, type Tone } from "../../design/Status";
import { useWords } from "../../words/useWords";
import type { CampaignStatus as CampaignState } from "./campaignShapes";

const tones: Record<CampaignState, Tone> = {
  draft: "calm",
  scheduled: "calm",
  preparing: "going",
  running: "going",
  paused: "attention",
  finished: "good",
  cancelled: "calm",
};

export function CampaignStatus({ status }: { status: CampaignState }) {
  const { words } = useWords();
  return <Status tone={tones[status]}>{words.campaigns.statuses[status]}</Status>;
}

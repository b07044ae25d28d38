import { useWords } from "../../words/useWords";
import { usePages } from "../api/usePages";
import { campaignsKey } from "../campaigns/campaignsKey";
import { useServices } from "../services";
import { lastCampaign } from "./filters";

interface CampaignChoiceProps {
  chosen: string;
  onChange: (id: string) => void;
}

/** Which campaign is meant: the last one of each person, or a certain one that was started. */
export function CampaignChoice({ chosen, onChange }: CampaignChoiceProps) {
  const { words } = useWords();
  const { api } = useServices();
  const started = (usePages([...campaignsKey, "list"], api.campaigns.list).items ?? []).filter(({ started_at: at }) => at !== null);
  const isKnown = chosen === lastCampaign || started.some(({ id }) => id === chosen);
  return (
    <select aria-label={words.segments.value} value={chosen} onChange={(event) => onChange(event.target.value)}>
      <option value={lastCampaign}>{words.segments.lastCampaign}</option>
      {started.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
      {!isKnown && <option value={chosen}>{words.segments.olderCampaign}</option>}
    </select>
  );
}

import { useState } from "react";
import { Dialog } from "../../../design/Dialog";
import { DialogButtons } from "../../../design/DialogButtons";
import { Failure } from "../../../design/Failure";
import { NumberField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { useMay } from "../../api/me";
import { problemText, useAct } from "../../api/useAct";
import { useServices } from "../../services";
import campaigns from "../Campaigns.module.css";
import type { Campaign } from "../campaignShapes";
import wizard from "../wizard/Wizard.module.css";

interface WeightProps {
  campaign: Campaign;
  onChanged: () => void;
}

/** Its share of the number, which may be changed while it goes on. */
export function Weight({ campaign, onChanged }: WeightProps) {
  const { words } = useWords();
  const edits = useMay()("campaigns:edit");
  const [asked, setAsked] = useState(false);
  const texts = words.campaigns;
  return (
    <div className={campaigns.quiet}>
      {texts.weight}: {campaign.weight}{" "}
      {edits && (
        <button type="button" className={wizard.inline} onClick={() => setAsked(true)}>
          {texts.weightChange}
        </button>
      )}
      {asked && <WeightDialog campaign={campaign} onChanged={onChanged} onClose={() => setAsked(false)} />}
    </div>
  );
}

function WeightDialog({ campaign, onChanged, onClose }: WeightProps & { onClose: () => void }) {
  const { words } = useWords();
  const { api } = useServices();
  const act = useAct();
  const [weight, setWeight] = useState(campaign.weight);
  const texts = words.campaigns;
  const save = () =>
    act.run(async () => {
      await api.campaigns.weigh(campaign.id, campaign.revision, weight);
      onChanged();
      onClose();
    });
  return (
    <Dialog
      title={texts.weight}
      lead={texts.weightHint}
      onSubmit={save}
      onClose={onClose}
      actions={<DialogButtons submit={texts.weightSave} busy={act.busy} onClose={onClose} />}
    >
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      <NumberField min={1} max={100} label={texts.weight} value={weight} onChange={setWeight} />
    </Dialog>
  );
}

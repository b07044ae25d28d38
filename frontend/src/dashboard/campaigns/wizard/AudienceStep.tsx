import { useCallback, useState } from "react";
import { Failure } from "../../../design/Failure";
import { useWords } from "../../../words/useWords";
import { usePages } from "../../api/usePages";
import { useTags } from "../../contacts/useContacts";
import { segmentsKey } from "../../segments/useSegments";
import { useServices } from "../../services";
import type { Audience, Exclusions } from "../campaignShapes";
import { campaignsKey } from "../campaignsKey";
import { columnsNeeded, nobody } from "./draft";
import type { StepProps } from "./MessageStep";
import { Options } from "./Options";
import { PeopleChips } from "./PeopleChips";
import { PeopleFile } from "./PeopleFile";
import styles from "./Wizard.module.css";

const ways = ["groups", "file", "everybody"] as const;
type Way = (typeof ways)[number];

/** Who is written to, and who is not. */
export function AudienceStep({ draft, onChange }: StepProps) {
  const { words } = useWords();
  const { api } = useServices();
  const segments = usePages(segmentsKey, api.segments.list).items ?? [];
  const tags = useTags();
  const campaigns = usePages([...campaignsKey, "list"], api.campaigns.list).items ?? [];
  const texts = words.campaigns;
  const { audience } = draft;
  const needed = columnsNeeded(draft);
  const [way, setWay] = useState<Way>(() => (audience.everybody ? "everybody" : audience.upload_id !== null || needed.length > 0 ? "file" : "groups"));
  const put = useCallback((part: Partial<Audience>) => onChange({ audience: { ...audience, ...part } }), [onChange, audience]);
  const exclude = (part: Partial<Exclusions>) => put({ exclude: { ...audience.exclude, ...part } });
  const go = (next: Way) => {
    setWay(next);
    onChange({ audience: { ...nobody, everybody: next === "everybody", country: audience.country, exclude: audience.exclude } });
  };
  const groups = segments.map(({ id, name }) => ({ id, name }));
  const before = campaigns.flatMap(({ id, name, started_at: began }) => (began === null ? [] : [{ id, name }]));
  const labels = tags.map((tag) => ({ id: tag, name: tag }));
  return (
    <>
      <Options
        title={texts.audience}
        name="audience"
        options={ways.map((value) => ({ value, label: texts.ways[value], lead: texts.wayLeads[value] }))}
        chosen={way}
        onChoose={go}
      />
      {way !== "file" && needed.length > 0 && <Failure>{texts.needsColumns(needed.join(", "))}</Failure>}
      {way === "file" && <PeopleFile audience={audience} needed={needed} onChange={put} />}
      {way === "groups" && (
        <>
          <Chips title={texts.segments} none={texts.noSegments} all={groups} chosen={audience.segment_ids} onChange={(segment_ids) => put({ segment_ids })} />
          <Chips title={texts.tags} none={texts.noTags} all={labels} chosen={audience.tags} onChange={(chosen) => put({ tags: chosen })} />
          <PeopleChips label={texts.single} chosen={audience.contact_ids} onChange={(contact_ids) => put({ contact_ids })} />
        </>
      )}
      <fieldset className={styles.group}>
        <legend>{texts.except}</legend>
        <p className={styles.lead}>{texts.exceptLead}</p>
        <Chips title={texts.segments} all={groups} chosen={audience.exclude.segment_ids} onChange={(segment_ids) => exclude({ segment_ids })} />
        <Chips title={texts.tags} all={labels} chosen={audience.exclude.tags} onChange={(chosen) => exclude({ tags: chosen })} />
        <Chips title={texts.gotBefore} all={before} chosen={audience.exclude.campaign_ids} onChange={(campaign_ids) => exclude({ campaign_ids })} />
        <PeopleChips label={texts.notThem} chosen={audience.exclude.contact_ids} onChange={(contact_ids) => exclude({ contact_ids })} />
      </fieldset>
    </>
  );
}

interface ChipsProps {
  title: string;
  /** Said where there is nothing to choose; without it nothing is shown then. */
  none?: string;
  all: readonly { id: string; name: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

function Chips({ title, none, all, chosen, onChange }: ChipsProps) {
  const { words } = useWords();
  const listed = new Set(all.map(({ id }) => id));
  const others = chosen.filter((id) => !listed.has(id)).map((id) => ({ id, name: words.campaigns.notListed }));
  const shown = [...all, ...others];
  if (shown.length === 0 && none === undefined) return null;
  return (
    <div className={styles.options} role="group" aria-label={title}>
      <span className={styles.quiet}>{title}</span>
      {shown.length === 0 && <p className={styles.quiet}>{none}</p>}
      <div className={styles.chips}>
        {shown.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            className={styles.chip}
            aria-pressed={chosen.includes(id)}
            onClick={() => onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])}
          >
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}

import { NumberField, SelectField, TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import type { StepProps } from "./MessageStep";
import styles from "./Wizard.module.css";

const atFirst = { cap: { messages: 2, days: 7 }, quiet: { begin: "21:00", end: "08:00" } };

/** What bounds the sending: hours, and how often one person is written to. */
export function WhenStep({ draft, onChange }: StepProps) {
  const { words } = useWords();
  const texts = words.campaigns;
  const { quiet_hours: quiet, frequency_cap: cap } = draft;
  const zones = [...new Set([draft.time_zone, ...Intl.supportedValuesOf("timeZone")])];
  return (
    <>
      <SelectField
        label={texts.timeZone}
        hint={texts.timeZoneHint}
        value={draft.time_zone}
        options={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
        onChange={(time_zone) => onChange({ time_zone })}
      />
      <fieldset className={styles.group}>
        <label className={styles.option}>
          <input type="checkbox" checked={quiet !== null} onChange={() => onChange({ quiet_hours: quiet ? null : atFirst.quiet })} />
          <span>
            {texts.quietHours}
            <small>{texts.quietHoursLead}</small>
          </span>
        </label>
        {quiet && (
          <div className={styles.two}>
            <TextField type="time" label={texts.quietFrom} value={quiet.begin} onChange={(begin) => onChange({ quiet_hours: { ...quiet, begin } })} />
            <TextField type="time" label={texts.quietUntil} value={quiet.end} onChange={(end) => onChange({ quiet_hours: { ...quiet, end } })} />
          </div>
        )}
      </fieldset>
      <fieldset className={styles.group}>
        <label className={styles.option}>
          <input type="checkbox" checked={cap !== null} onChange={() => onChange({ frequency_cap: cap ? null : atFirst.cap })} />
          <span>
            {texts.cap}
            <small>{texts.capLead}</small>
          </span>
        </label>
        {cap && (
          <div className={styles.two}>
            <NumberField min={1} max={30} label={texts.capMessages} value={cap.messages} onChange={(messages) => onChange({ frequency_cap: { ...cap, messages } })} />
            <NumberField min={1} max={30} label={texts.capDays} value={cap.days} onChange={(days) => onChange({ frequency_cap: { ...cap, days } })} />
          </div>
        )}
      </fieldset>
      <NumberField min={1} max={100} label={texts.weight} hint={texts.weightHint} value={draft.weight} onChange={(weight) => onChange({ weight })} />
    </>
  );
}

import { Plus, X } from "lucide-react";
import { Button, IconButton } from "../../../design/Button";
import { useWords } from "../../../words/useWords";
import type { Json, JsonObject } from "../model/storedFlow";
import type { FieldProps } from "./editing";
import styles from "./HoursField.module.css";
import nested from "./fields.module.css";

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

interface Span extends JsonObject {
  from: string;
  to: string;
}

const usual: Span = { from: "09:00", to: "17:00" };

function spansOf(value: Json | undefined): Span[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) => (typeof each === "object" && each !== null && !Array.isArray(each) ? [{ ...usual, ...each }] : []));
}

/** Opening hours as a table of the week; a day without hours is closed. */
export function HoursField({ label, value, readOnly, onChange }: FieldProps<JsonObject> & { readOnly: boolean }) {
  const { words } = useWords();
  const texts = words.flows.inspector;
  const week = value ?? {};
  const set = (day: string, spans: Span[]) => {
    const { [day]: _before, ...others } = week;
    onChange(spans.length === 0 ? others : { ...others, [day]: spans });
  };
  return (
    <fieldset className={nested.nested}>
      <legend>{label}</legend>
      <table className={styles.week}>
        <tbody>
          {days.map((day) => {
            const spans = spansOf(week[day]);
            const name = words.flows.values[day] ?? day;
            return (
              <tr key={day}>
                <th scope="row">
                  <label>
                    <input type="checkbox" disabled={readOnly} checked={spans.length > 0} onChange={(event) => set(day, event.target.checked ? [usual] : [])} /> {name}
                  </label>
                </th>
                <td>
                  {spans.length === 0 && <span className={styles.closed}>{texts.closed}</span>}
                  {spans.map((span, index) => {
                    const change = (part: "from" | "to") => (event: React.ChangeEvent<HTMLInputElement>) =>
                      set(day, spans.map((each, at) => (at === index ? { ...each, [part]: event.target.value } : each)));
                    return (
                      <span key={index} className={styles.span} data-wrong={span.from >= span.to}>
                        <input type="time" aria-label={`${name}, ${words.flows.fields.from ?? ""}`} disabled={readOnly} value={span.from} onChange={change("from")} />
                        –
                        <input type="time" aria-label={`${name}, ${words.flows.fields.to ?? ""}`} disabled={readOnly} value={span.to} onChange={change("to")} />
                        {!readOnly && index > 0 && (
                          <IconButton label={texts.removeItem} icon={<X size={13} aria-hidden />} onClick={() => set(day, spans.filter((_, at) => at !== index))} />
                        )}
                        {!readOnly && index === 0 && (
                          <IconButton
                            label={`${texts.add}: ${name}`}
                            icon={<Plus size={13} aria-hidden />}
                            onClick={() => set(day, [...spans, { from: spans.at(-1)?.to ?? "13:00", to: "21:00" }])}
                          />
                        )}
                      </span>
                    );
                  })}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </fieldset>
  );
}

/** Days that differ from the rest of the year. */
export function DatesField({ label, value, readOnly, onChange }: FieldProps & { readOnly: boolean }) {
  const { words } = useWords();
  const dates = Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  const today = new Date().toISOString().slice(0, 10);
  return (
    <fieldset className={nested.nested}>
      <legend>{label}</legend>
      {dates.map((date, index) => (
        <div key={index} className={nested.row}>
          <input
            type="date"
            aria-label={`${label} ${index + 1}`}
            className={nested.input}
            disabled={readOnly}
            value={date}
            onChange={(event) => onChange(dates.map((each, at) => (at === index ? event.target.value : each)))}
          />
          {!readOnly && (
            <IconButton label={words.flows.inspector.removeItem} icon={<X size={14} aria-hidden />} onClick={() => onChange(dates.filter((_, at) => at !== index))} />
          )}
        </div>
      ))}
      {!readOnly && (
        <Button look="quiet" className={nested.add ?? ""} onClick={() => onChange([...dates, today])}>
          <Plus size={15} aria-hidden /> {words.flows.inspector.add}
        </Button>
      )}
    </fieldset>
  );
}

import { useId } from "react";
import { Field } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import type { Json, JsonObject } from "../model/storedFlow";
import type { FieldProps } from "./editing";
import styles from "./fields.module.css";

interface Fixed {
  readOnly: boolean;
}

interface Option {
  value: string;
  label: string;
}

const patterns = { variable: /^[A-Za-z][A-Za-z0-9_]{0,63}$/ };

export function PlainField({ label, hint, value, readOnly, pattern, onChange }: FieldProps<string> & Fixed & { pattern?: keyof typeof patterns }) {
  const { words } = useWords();
  const wrong = pattern && value && !patterns[pattern].test(value) ? words.flows.inspector.notAName : undefined;
  return (
    <Field label={label} hint={hint} error={wrong}>
      {(described) => (
        <input
          {...described}
          className={`${styles.input} ${pattern ? styles.mono : ""}`}
          autoComplete="off"
          spellCheck={false}
          readOnly={readOnly}
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

export function NumberField({ label, hint, value, readOnly, least, most, onChange }: FieldProps & Fixed & { least?: number | undefined; most?: number | undefined }) {
  const { words } = useWords();
  const number = typeof value === "number" ? value : undefined;
  const wrong = number !== undefined && ((least !== undefined && number < least) || (most !== undefined && number > most));
  return (
    <Field label={label} hint={hint} error={wrong ? words.flows.inspector.between(String(least ?? ""), String(most ?? "")) : undefined}>
      {(described) => (
        <input
          {...described}
          className={styles.input}
          type="number"
          step="any"
          min={least}
          max={most}
          readOnly={readOnly}
          value={number ?? ""}
          onChange={(event) => onChange(event.target.value === "" ? undefined : Number(event.target.value))}
        />
      )}
    </Field>
  );
}

export function ChoiceField({ label, hint, value, readOnly, options, onChange }: FieldProps & Fixed & { options: readonly Option[] }) {
  const chosen = typeof value === "string" ? value : "";
  return (
    <Field label={label} hint={hint}>
      {(described) => (
        <select {...described} className={styles.input} disabled={readOnly} value={chosen} onChange={(event) => onChange(event.target.value)}>
          {!options.some((each) => each.value === chosen) && <option value={chosen}>{chosen}</option>}
          {options.map((each) => (
            <option key={each.value} value={each.value}>
              {each.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function ChoicesField({ label, value, readOnly, options, onChange }: FieldProps & Fixed & { options: readonly Option[] }) {
  const chosen = new Set(Array.isArray(value) ? value : []);
  const toggle = (each: string) => {
    const next = options.map((option) => option.value).filter((one) => (one === each ? !chosen.has(one) : chosen.has(one)));
    onChange(next);
  };
  return (
    <fieldset className={styles.nested} disabled={readOnly}>
      <legend>{label}</legend>
      <div className={styles.tabs}>
        {options.map((each) => (
          <button key={each.value} type="button" className={styles.tab} aria-pressed={chosen.has(each.value)} onClick={() => toggle(each.value)}>
            {each.label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

export function SwitchField({ label, hint, value, readOnly, onChange }: FieldProps & Fixed) {
  const id = useId();
  return (
    <div>
      <label className={styles.check} htmlFor={id}>
        <input id={id} type="checkbox" disabled={readOnly} checked={value === true} onChange={(event) => onChange(event.target.checked)} />
        {label}
      </label>
      {hint && <p className={styles.quiet}>{hint}</p>}
    </div>
  );
}

const units = ["seconds", "minutes", "hours", "days"] as const;
const isObject = (value: Json | undefined): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

export function DurationField({ label, hint, value, readOnly, onChange }: FieldProps & Fixed) {
  const { words } = useWords();
  const { amount, unit } = isObject(value) ? value : {};
  const given = { amount: typeof amount === "number" ? amount : 1, unit: typeof unit === "string" ? unit : "minutes" };
  return (
    <Field label={label} hint={hint}>
      {(described) => (
        <span className={styles.row}>
          <input
            {...described}
            className={`${styles.input} ${styles.narrow}`}
            type="number"
            min={1}
            readOnly={readOnly}
            value={given.amount}
            onChange={(event) => onChange({ ...given, amount: Math.max(1, Math.round(Number(event.target.value))) })}
          />
          <select
            aria-label={words.flows.inspector.unit}
            className={styles.input}
            disabled={readOnly}
            value={given.unit}
            onChange={(event) => onChange({ ...given, unit: event.target.value })}
          >
            {units.map((each) => (
              <option key={each} value={each}>
                {words.flows.values[each]}
              </option>
            ))}
          </select>
        </span>
      )}
    </Field>
  );
}

const usualZones = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Singapore", "Asia/Kuala_Lumpur", "UTC"];

export function ZoneField({ label, hint, value, readOnly, onChange }: FieldProps & Fixed) {
  const { words } = useWords();
  const names = ["contact", "workspace", ...usualZones, ...Intl.supportedValuesOf("timeZone").filter((each) => !usualZones.includes(each))];
  return <ChoiceField label={label} hint={hint} value={value ?? "workspace"} readOnly={readOnly} options={names.map((each) => ({ value: each, label: words.flows.values[`zone.${each}`] ?? each }))} onChange={onChange} />;
}

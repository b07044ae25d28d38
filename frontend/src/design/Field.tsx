import { Eye, EyeOff } from "lucide-react";
import { useId, useState, type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes } from "react";
import { useWords } from "../words/useWords";
import { IconButton } from "./Button";
import styles from "./Field.module.css";

interface FieldTexts {
  label: string;
  /** Always shown, unless an error takes its place. */
  hint?: string | undefined;
  error?: string | undefined;
}

interface Described {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

/** A label above, and below what is wrong with what was entered or what to know. */
export function Field({ label, hint, error, children }: FieldTexts & { children: (input: Described) => ReactNode }) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        "aria-describedby": note ? noteId : undefined,
        "aria-invalid": error === undefined ? undefined : true,
      })}
      {note && (
        <p id={noteId} className={error ? styles.error : styles.hint}>
          {note}
        </p>
      )}
    </div>
  );
}

type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> &
  FieldTexts & { value: string; onChange: (value: string) => void; ref?: Ref<HTMLInputElement> };

export function TextField({ label, hint, error, onChange, ...rest }: InputProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <input {...rest} {...described} className={styles.input} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}

type AreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "onChange"> &
  FieldTexts & { value: string; onChange: (value: string) => void; ref?: Ref<HTMLTextAreaElement> };

interface NumberProps extends FieldTexts {
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

/** A whole number within bounds: what is seen may be outside of them until the field is left. */
export function NumberField({ value, min, max, onChange, ...texts }: NumberProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const bounded = (text: string) => Math.min(max, Math.max(min, Number.parseInt(text, 10) || min));
  return (
    <TextField
      {...texts}
      type="number"
      min={min}
      max={max}
      value={typed ?? String(value)}
      onChange={(text) => {
        setTyped(text);
        onChange(bounded(text));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

/** Text of several lines. */
export function TextArea({ label, hint, error, onChange, ...rest }: AreaProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => <textarea {...rest} {...described} className={styles.area} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

/** Six digits, filled in by the phone where it can. */
export function CodeField({ label, hint, error, value, onChange, ...rest }: InputProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <input
          {...rest}
          {...described}
          className={`${styles.input} ${styles.code}`}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          value={value}
          onChange={(event) => onChange(event.target.value.replaceAll(/\D/g, "").slice(0, 6))}
        />
      )}
    </Field>
  );
}

export function PasswordField({ label, hint, error, onChange, ...rest }: InputProps) {
  const { words } = useWords();
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <span className={styles.withButton}>
          <input
            {...rest}
            {...described}
            className={styles.input}
            type={shown ? "text" : "password"}
            onChange={(event) => onChange(event.target.value)}
          />
          <IconButton
            className={styles.reveal ?? ""}
            label={shown ? words.signIn.hideCharacters : words.signIn.showCharacters}
            aria-pressed={shown}
            icon={shown ? <EyeOff size={18} aria-hidden /> : <Eye size={18} aria-hidden />}
            onClick={() => setShown(!shown)}
          />
        </span>
      )}
    </Field>
  );
}

interface SelectProps extends FieldTexts {
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

export function SelectField({ label, hint, error, value, options, onChange }: SelectProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <select {...described} className={styles.input} value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

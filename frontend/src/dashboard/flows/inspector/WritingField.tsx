import { Braces } from "lucide-react";
import { useContext, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { IconButton } from "../../../design/Button";
import { Field } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { SurroundingsContext } from "./editing";
import styles from "./fields.module.css";
import { beganWith, put, suggestions } from "./variables";

interface WritingFieldProps {
  label: string;
  hint?: string | undefined;
  value: string;
  placeholder?: string;
  lines?: number | undefined;
  most?: number | undefined;
  mono?: boolean;
  /** Whether `{{…}}` is filled in here. */
  filled?: boolean;
  children?: ReactNode;
  onChange: (value: string) => void;
}

/** A text, with the variables that can be put into it offered as one types. */
export function WritingField(props: WritingFieldProps) {
  const { label, hint, value, placeholder, lines = 1, most = 4096, mono = false, filled = false, onChange } = props;
  const { words } = useWords();
  const around = useContext(SurroundingsContext);
  const box = useRef<HTMLTextAreaElement>(null);
  const [offering, setOffering] = useState<{ began: string; at: number } | null>(null);
  const [chosen, setChosen] = useState(0);
  const readOnly = around?.readOnly ?? true;
  const offered = offering ? suggestions(around?.variables ?? [], offering.began) : [];
  const current = Math.min(chosen, offered.length - 1);

  const look = (text: string, caret: number) => {
    const began = filled ? beganWith(text, caret) : null;
    setOffering(began === null ? null : { began, at: caret });
    setChosen(0);
  };
  const insert = (name: string) => {
    const caret = box.current?.selectionStart ?? value.length;
    const next = put(value, caret, name);
    setOffering(null);
    onChange(next.text);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (lines === 1 && event.key === "Enter" && offered.length === 0) event.preventDefault();
    if (offering === null) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const picked = offered[current];
    if (step !== undefined && offered.length > 0) {
      event.preventDefault();
      setChosen((current + step + offered.length) % offered.length);
    } else if ((event.key === "Enter" || event.key === "Tab") && picked !== undefined) {
      event.preventDefault();
      insert(picked);
    } else if (event.key === "Escape") {
      event.preventDefault();
      setOffering(null);
    }
  };
  return (
    <Field label={label} hint={hint}>
      {(described) => (
        <span className={styles.writing}>
          <textarea
            {...described}
            ref={box}
            className={`${styles.input} ${mono ? styles.mono : ""}`}
            rows={lines}
            data-lines={lines}
            data-filled={filled && !readOnly}
            maxLength={most}
            readOnly={readOnly}
            placeholder={placeholder}
            spellCheck={!mono}
            value={value}
            onChange={(event) => {
              const text = lines === 1 ? event.target.value.replaceAll("\n", " ") : event.target.value;
              onChange(text);
              look(text, event.target.selectionStart);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => setOffering(null)}
          />
          {filled && !readOnly && (
            <IconButton
              className={styles.braces ?? ""}
              label={words.flows.inspector.variable}
              icon={<Braces size={14} aria-hidden />}
              aria-expanded={offering !== null}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => {
                setChosen(0);
                setOffering(offering ? null : { began: "", at: box.current?.selectionStart ?? value.length });
                box.current?.focus();
              }}
            />
          )}
          {offering !== null && (
            <ul className={styles.offered} role="listbox" aria-label={words.flows.inspector.variable}>
              {offered.length === 0 && <li className={styles.quiet}>{words.flows.inspector.noVariable}</li>}
              {offered.map((name, index) => (
                <li
                  key={name}
                  role="option"
                  aria-selected={index === current}
                  onPointerDown={(event) => {
                    event.preventDefault();
                    insert(name);
                  }}
                >
                  <code>{name}</code>
                </li>
              ))}
            </ul>
          )}
          {props.children}
        </span>
      )}
    </Field>
  );
}

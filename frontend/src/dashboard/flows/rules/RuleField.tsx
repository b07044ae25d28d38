import { useContext, useMemo, useState } from "react";
import { QueryBuilder, type Field as QueryField, type Operator, type RuleGroupType, type Translations } from "react-querybuilder";
import { useWords } from "../../../words/useWords";
import { SurroundingsContext } from "../inspector/editing";
import fields from "../inspector/fields.module.css";
import { JsonField } from "../inspector/JsonField";
import type { Json } from "../model/storedFlow";
import { operators, sameJson, toQuery, toRule } from "./jsonLogic";
import styles from "./RuleField.module.css";

interface RuleFieldProps {
  label: string;
  value: Json;
  onChange: (rule: Json) => void;
}

interface Drawing {
  query: RuleGroupType;
  rule: Json;
}

/** Names in the query, whatever the flow knows of them now. */
function namesIn(query: RuleGroupType): string[] {
  return query.rules.flatMap((each) => ("rules" in each ? namesIn(each) : [each.field, ...(each.valueSource === "field" ? [String(each.value)] : [])]));
}

const split = (text: string) => text.split(",").map((each) => each.trim());

/** A condition, drawn where it can be and as JSON where it cannot; what is stored is JsonLogic. */
export function RuleField({ label, value, onChange }: RuleFieldProps) {
  const { words } = useWords();
  const texts = words.flows.rules;
  const around = useContext(SurroundingsContext);
  const readOnly = around?.readOnly ?? true;
  // A condition that is half entered is drawn here before it means anything.
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [asJson, setAsJson] = useState(false);
  const stored = useMemo(() => toQuery(value), [value]);
  const query = drawing && sameJson(drawing.rule, value) ? drawing.query : stored;
  const names = useMemo(
    () => [...new Set([...(around?.variables ?? []), ...(stored ? namesIn(stored) : [])])],
    [around?.variables, stored],
  );
  const queryFields = useMemo(() => names.map((name): QueryField => ({ name, label: name })), [names]);
  const named = useMemo(() => operators.map((name): Operator => ({ name, value: name, label: texts.operators[name] ?? name })), [texts]);
  const translations = useMemo<Partial<Translations>>(
    () => ({
      addRule: { label: texts.addRule, title: texts.addRule },
      addGroup: { label: texts.addGroup, title: texts.addGroup },
      removeRule: { label: "×", title: texts.remove },
      removeGroup: { label: "×", title: texts.remove },
      fields: { title: texts.field, placeholderLabel: texts.field },
      operators: { title: texts.operator },
      value: { title: texts.value },
      combinators: { title: texts.combinator },
    }),
    [texts],
  );

  const draw = (next: RuleGroupType) => {
    const rule = toRule(next);
    setDrawing({ query: next, rule });
    if (!sameJson(rule, value)) onChange(rule);
  };
  const drawn = query !== null && !asJson;
  return (
    <div className={fields.nested}>
      <div className={styles.head}>
        <span className={styles.label}>{label}</span>
        <button type="button" className={fields.tab} aria-pressed={!drawn} disabled={query === null} onClick={() => setAsJson(!asJson)}>
          {texts.asJson}
        </button>
      </div>
      {drawn ? (
        <div className={styles.builder}>
          <QueryBuilder
            query={query}
            onQueryChange={draw}
            fields={queryFields}
            operators={named}
            combinators={[
              { name: "and", value: "and", label: texts.all },
              { name: "or", value: "or", label: texts.any },
            ]}
            translations={translations}
            disabled={readOnly}
            listsAsArrays
            resetOnFieldChange={false}
            resetOnOperatorChange={false}
            addRuleToNewGroups
            controlElements={{ valueEditor: RuleValue }}
          />
        </div>
      ) : (
        <>
          {query === null && <p className={fields.quiet}>{texts.notDrawn}</p>}
          <JsonField label={texts.json} value={value} readOnly={readOnly} onChange={(next) => onChange(next ?? false)} />
        </>
      )}
    </div>
  );
}

interface RuleValueProps {
  operator: string;
  value?: unknown;
  valueSource?: string;
  disabled?: boolean;
  handleOnChange: (value: unknown) => void;
}

/** A text, or several where the operator asks for a list. */
function RuleValue({ operator, value, valueSource, disabled, handleOnChange }: RuleValueProps) {
  const { words } = useWords();
  const texts = words.flows.rules;
  const [draft, setDraft] = useState<string | null>(null);
  if (operator === "null" || operator === "notNull") return null;
  const many = operator === "in" || operator === "notIn";
  const shown = Array.isArray(value) ? value.join(", ") : typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
  return (
    <input
      className="rule-value"
      aria-label={many ? texts.values : texts.value}
      placeholder={many ? texts.valuesHint : ""}
      disabled={disabled || valueSource === "field"}
      value={draft ?? shown}
      onChange={(event) => {
        const text = event.target.value;
        if (many) {
          setDraft(text);
          handleOnChange(split(text).filter((each) => each !== ""));
        } else handleOnChange(text);
      }}
      onBlur={() => setDraft(null)}
    />
  );
}

import { lazy, Suspense, useContext } from "react";
import { Field as Labelled } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import type { Field } from "../kinds/fields";
import type { Json, JsonObject } from "../model/storedFlow";
import { SurroundingsContext, type FieldProps } from "./editing";
import { FieldList } from "./FieldList";
import styles from "./fields.module.css";
import { StepField, TagField, ThingField } from "./ReferenceFields";
import { HoursField, DatesField } from "./HoursField";
import { JsonField } from "./JsonField";
import { KnowledgeField } from "./KnowledgeField";
import { fieldHint, valueLabel } from "./labels";
import { MediaField } from "./MediaField";
import { ListField, MapField, TextsField } from "./ListFields";
import { ChoiceField, ChoicesField, DurationField, NumberField, PlainField, SwitchField, ZoneField } from "./SimpleFields";
import { TemplateField } from "./TemplateField";
import { ValueField } from "./ValueField";
import { WordsField } from "./WordsField";
import { WritingField } from "./WritingField";

const RuleField = lazy(async () => ({ default: (await import("../rules/RuleField")).RuleField }));

interface FieldViewProps extends FieldProps {
  field: Field;
  type: string;
  /** What the value stands in, for a choice that lays out more than itself. */
  around?: JsonObject;
  onAround?: (data: JsonObject) => void;
}

const written = (value: Json | undefined) => (typeof value === "string" ? value : typeof value === "number" ? String(value) : "");
const object = (value: Json | undefined): JsonObject => (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {});

/** The right control for a field: one line per kind. */
export function FieldView({ field, type, label, value, onChange, around, onAround }: FieldViewProps) {
  const { words } = useWords();
  const readOnly = useContext(SurroundingsContext)?.readOnly ?? true;
  const hint = fieldHint(field, type, words);
  const given = { label, hint, value, onChange, readOnly };
  switch (field.kind) {
    case "words":
      return <WordsField {...given} lines={field.lines} most={field.most} />;
    case "filled":
      return <WritingField {...given} value={written(value)} lines={field.lines} filled mono />;
    case "media":
      return <MediaField {...given} value={written(value)} of={written(around?.kind)} />;
    case "plain":
      return <PlainField {...given} value={written(value)} />;
    case "variable":
      return <PlainField {...given} value={written(value)} pattern="variable" />;
    case "number":
      return <NumberField {...given} least={field.least} most={field.most} />;
    case "choice":
      return <ChoiceField {...given} options={field.values.map((each) => ({ value: each, label: valueLabel(field, each, words) }))} />;
    case "choices":
      return <ChoicesField {...given} options={field.values.map((each) => ({ value: each, label: valueLabel(field, each, words) }))} />;
    case "switch":
      return <SwitchField {...given} />;
    case "duration":
      return <DurationField {...given} />;
    case "zone":
      return <ZoneField {...given} />;
    case "clock":
      return (
        <Labelled label={label} hint={hint}>
          {(described) => (
            <input {...described} className={styles.input} type="time" disabled={readOnly} value={written(value)} onChange={(event) => onChange(event.target.value)} />
          )}
        </Labelled>
      );
    case "when":
      return (
        <Labelled label={label} hint={hint}>
          {(described) => (
            <input {...described} className={styles.input} type="datetime-local" disabled={readOnly} value={written(value).slice(0, 16)} onChange={(event) => onChange(event.target.value)} />
          )}
        </Labelled>
      );
    case "rule":
      return (
        <Suspense fallback={<p className={styles.quiet}>{words.common.loading}</p>}>
          <RuleField label={label} value={value ?? false} onChange={onChange} />
        </Suspense>
      );
    case "value":
      return <ValueField {...given} value={object(value)} />;
    case "json":
      return <JsonField {...given} />;
    case "thing":
      return field.of === "knowledge" ? (
        <KnowledgeField {...given} value={written(value)} />
      ) : (
        <ThingField key={field.of} {...given} value={written(value)} of={field.of} />
      );
    case "tag":
      return <TagField {...given} value={written(value)} />;
    case "template":
      return <TemplateField {...given} value={written(value)} around={around ?? {}} onAround={onAround ?? (({ name }) => onChange(name))} />;
    case "step":
      return <StepField {...given} value={written(value)} />;
    case "group":
      return (
        <fieldset className={styles.nested}>
          <legend>{label}</legend>
          <div className={styles.item}>
            <FieldList fields={field.of} data={object(value)} type={`${type}.${field.name}`} onChange={onChange} />
          </div>
        </fieldset>
      );
    case "list":
      return <ListField {...given} field={field} type={type} />;
    case "texts":
      return <TextsField {...given} of={field.of} most={field.most} />;
    case "map":
      return <MapField {...given} of={field.of} most={field.most} type={type} name={field.name} />;
    case "hours":
      return <HoursField {...given} value={object(value)} />;
    case "dates":
      return <DatesField {...given} />;
    case "variant": {
      const data = object(value);
      const chosen = written(data[field.by]);
      const variant = field.variants[chosen];
      return (
        <div className={styles.nested}>
          <ChoiceField
            label={label}
            readOnly={readOnly}
            value={chosen}
            options={Object.keys(field.variants).map((each) => ({ value: each, label: valueLabel({ ...field, name: field.name || field.by }, each, words) }))}
            onChange={(next) => {
              const name = written(next);
              const fresh = field.variants[name];
              if (fresh) onChange({ [field.by]: name, ...fresh.fresh(), ...carried(data, fresh.fields, field.by) });
            }}
          />
          {variant && (
            <FieldList
              fields={variant.fields}
              data={data}
              type={`${type}.${chosen}`}
              onChange={(next) => onChange({ ...next, [field.by]: chosen })}
            />
          )}
        </div>
      );
    }
  }
}

/** What both shapes have is not lost when the shape changes. */
function carried(data: JsonObject, fields: readonly Field[], by: string): JsonObject {
  const names = new Set(fields.filter(({ name }) => name !== by).map(({ name }) => name));
  return Object.fromEntries(Object.entries(data).filter(([name]) => names.has(name)));
}

import { ChevronDown, ChevronUp, Plus, Trash2, X } from "lucide-react";
import { Button, IconButton } from "../../../design/Button";
import { useWords } from "../../../words/useWords";
import type { Field } from "../kinds/fields";
import type { Json, JsonObject } from "../model/storedFlow";
import type { FieldProps } from "./editing";
import { FieldList } from "./FieldList";
import styles from "./fields.module.css";
import type { ThingKind } from "./knownThings";
import { ThingField } from "./ReferenceFields";
import { ValueField } from "./ValueField";
import { WordsField } from "./WordsField";
import { WritingField } from "./WritingField";
import { PlainField } from "./SimpleFields";

interface Fixed {
  readOnly: boolean;
}

const object = (value: Json | undefined): JsonObject => (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {});
const put = <T,>(list: readonly T[], index: number, value: T) => list.map((each, at) => (at === index ? value : each));
const removed = <T,>(list: readonly T[], index: number) => list.filter((_, at) => at !== index);

function swapped<T>(list: readonly T[], index: number): T[] {
  const next = [...list];
  const [first] = next.splice(index, 1);
  if (first !== undefined) next.splice(index + 1, 0, first);
  return next;
}

type ListOf = Extract<Field, { kind: "list" }>;

/** Objects of one shape, in an order that counts. */
export function ListField({ label, value, field, type, readOnly, onChange }: FieldProps & Fixed & { field: ListOf; type: string }) {
  const { words } = useWords();
  const texts = words.flows.inspector;
  const items = Array.isArray(value) ? value : [];
  return (
    <fieldset className={styles.nested}>
      <legend>{label}</legend>
      {items.map((item, index) => (
        <div key={index} className={styles.item} role="group" aria-label={`${label} ${index + 1}`}>
          {!readOnly && (
            <div className={styles.itemHead}>
              <span>{index + 1}</span>
              <span>
                <IconButton label={texts.earlier} icon={<ChevronUp size={14} aria-hidden />} disabled={index === 0} onClick={() => onChange(swapped(items, index - 1))} />
                <IconButton label={texts.later} icon={<ChevronDown size={14} aria-hidden />} disabled={index === items.length - 1} onClick={() => onChange(swapped(items, index))} />
                <IconButton label={texts.removeItem} icon={<Trash2 size={14} aria-hidden />} disabled={items.length <= (field.least ?? 0)} onClick={() => onChange(removed(items, index))} />
              </span>
            </div>
          )}
          <FieldList fields={field.of} data={object(item)} type={`${type}.${field.name}`} onChange={(data) => onChange(put<Json>(items, index, data))} />
        </div>
      ))}
      {!readOnly && items.length < field.most && (
        <Button look="quiet" className={styles.add ?? ""} onClick={() => onChange([...items, field.fresh(items)])}>
          <Plus size={15} aria-hidden /> {texts.add}
        </Button>
      )}
    </fieldset>
  );
}

type TextKind = "words" | "filled" | "plain" | ThingKind;

function OneText({ of, ...given }: FieldProps & Fixed & { of: TextKind }) {
  const text = typeof given.value === "string" ? given.value : typeof given.value === "number" ? given.value.toString() : "";
  if (of === "words") return <WordsField {...given} />;
  if (of === "filled") return <WritingField {...given} value={text} filled mono />;
  if (of === "plain") return <PlainField {...given} value={text} />;
  return <ThingField {...given} value={text} of={of} />;
}

/** Texts, one after another. */
export function TextsField({ label, value, of, most, readOnly, onChange }: FieldProps & Fixed & { of: TextKind; most: number }) {
  const { words } = useWords();
  const texts = words.flows.inspector;
  const items = Array.isArray(value) ? value : [];
  return (
    <fieldset className={styles.nested}>
      <legend>{label}</legend>
      {items.map((item, index) => (
        <div key={index} className={`${styles.row} ${styles.place}`}>
          <OneText of={of} label={`${label} ${index + 1}`} value={item} readOnly={readOnly} onChange={(next) => onChange(put<Json>(items, index, next ?? ""))} />
          {!readOnly && <IconButton label={texts.removeItem} icon={<X size={14} aria-hidden />} onClick={() => onChange(removed(items, index))} />}
        </div>
      ))}
      {!readOnly && items.length < most && (
        <Button look="quiet" className={styles.add ?? ""} onClick={() => onChange([...items, ""])}>
          <Plus size={15} aria-hidden /> {texts.add}
        </Button>
      )}
    </fieldset>
  );
}

/** Values by name. */
export function MapField(props: FieldProps & Fixed & { of: TextKind | "value"; most: number; type: string; name: string }) {
  const { label, hint, value, of, most, readOnly, name: field, onChange } = props;
  const { words } = useWords();
  const texts = words.flows.inspector;
  const entries = Object.entries(object(value));
  const [nameLabel, valueLabel] = words.flows.mapLabels[field]?.split("|") ?? [texts.mapName, texts.mapValue];
  const set = (next: [string, Json][]) => onChange(Object.fromEntries(next));
  return (
    <fieldset className={styles.nested}>
      <legend>{label}</legend>
      {hint && <p className={styles.quiet}>{hint}</p>}
      {entries.map(([name, each], index) => (
        <div key={index} className={styles.item}>
          <div className={styles.row}>
            <PlainField label={nameLabel ?? ""} value={name} readOnly={readOnly} onChange={(next) => set(put(entries, index, [typeof next === "string" ? next : "", each]))} />
            {!readOnly && <IconButton label={texts.removeItem} icon={<X size={14} aria-hidden />} onClick={() => set(removed(entries, index))} />}
          </div>
          {of === "value" ? (
            <ValueField label={valueLabel ?? ""} value={object(each)} readOnly={readOnly} onChange={(next) => set(put(entries, index, [name, next ?? ""]))} />
          ) : (
            <OneText of={of} label={valueLabel ?? ""} value={each} readOnly={readOnly} onChange={(next) => set(put(entries, index, [name, next ?? ""]))} />
          )}
        </div>
      ))}
      {!readOnly && entries.length < most && !entries.some(([name]) => name === "") && (
        <Button look="quiet" className={styles.add ?? ""} onClick={() => set([...entries, ["", of === "value" ? { text: "" } : ""]])}>
          <Plus size={15} aria-hidden /> {texts.add}
        </Button>
      )}
    </fieldset>
  );
}

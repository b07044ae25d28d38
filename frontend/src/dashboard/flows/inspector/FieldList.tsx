import { Plus, X } from "lucide-react";
import { useContext } from "react";
import { IconButton } from "../../../design/Button";
import { useWords } from "../../../words/useWords";
import type { Field } from "../kinds/fields";
import type { Json, JsonObject } from "../model/storedFlow";
import { SurroundingsContext } from "./editing";
import { FieldView } from "./FieldView";
import styles from "./FieldList.module.css";
import { freshValue } from "./freshValue";
import { fieldLabel } from "./labels";

interface FieldListProps {
  fields: readonly Field[];
  data: JsonObject;
  /** The kind of step, where a field is called otherwise in it. */
  type: string;
  onChange: (data: JsonObject) => void;
}

const without = (data: JsonObject, name: string): JsonObject => {
  const { [name]: _gone, ...rest } = data;
  return rest;
};

/** A switch is shown though it is off, and a variant without a name is part of what is around it. */
const alwaysShown = (field: Field, data: JsonObject) => !field.optional || field.kind === "switch" || data[field.name] !== undefined;

/** The fields of an object; those that may be left out are added when they are wanted. */
export function FieldList({ fields, data, type, onChange }: FieldListProps) {
  const { words } = useWords();
  const readOnly = useContext(SurroundingsContext)?.readOnly ?? true;
  const texts = words.flows.inspector;
  const apply = fields.filter((field) => field.when?.(data) ?? true);
  const shown = apply.filter((field) => alwaysShown(field, data));
  const addable = readOnly ? [] : apply.filter((field) => !shown.includes(field));

  const set = (field: Field, value: Json | undefined) => {
    if (field.name === "") onChange(value as JsonObject);
    else onChange(value === undefined || (field.kind === "switch" && field.optional && value === false) ? without(data, field.name) : { ...data, [field.name]: value });
  };
  return (
    <>
      {shown.map((field) => {
        const label = fieldLabel(field, type, words);
        const removable = field.optional && field.kind !== "switch" && !readOnly;
        return (
          <div key={field.name} className={styles.field}>
            <FieldView
              field={field}
              type={type}
              label={label}
              value={field.name === "" ? data : data[field.name]}
              around={data}
              onAround={onChange}
              onChange={(value) => set(field, value)}
            />
            {removable && (
              <IconButton
                className={styles.remove ?? ""}
                label={texts.without(label)}
                icon={<X size={14} aria-hidden />}
                onClick={() => set(field, undefined)}
              />
            )}
          </div>
        );
      })}
      {addable.length > 0 && (
        <div className={styles.addable}>
          {addable.map((field) => (
            <button key={field.name} type="button" className={styles.chip} onClick={() => set(field, freshValue(field))}>
              <Plus size={13} aria-hidden /> {fieldLabel(field, type, words)}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

import type { Words } from "../../../words/english";
import type { Field } from "../kinds/fields";

export function fieldLabel(field: Field, type: string, words: Words): string {
  const { fields } = words.flows;
  return fields[`${type}.${field.name}`] ?? fields[field.name] ?? field.name;
}

export function fieldHint(field: Field, type: string, words: Words): string | undefined {
  const { hints } = words.flows;
  return hints[`${type}.${field.name}`] ?? hints[field.name];
}

export function valueLabel(field: Field, value: string, words: Words): string {
  const { values } = words.flows;
  return values[`${field.name}.${value}`] ?? values[value] ?? value;
}

import { useId } from "react";
import { SelectField, TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { useFieldDefinitions } from "../../contacts/useContacts";
import type { Source, Variable } from "../campaignShapes";
import type { Place } from "./draft";
import type { StepProps } from "./MessageStep";
import styles from "./Wizard.module.css";

const contactParts = ["name", "phone", "email", "language", "username"] as const;

interface VariableFieldsProps {
  place: Place;
  value: Variable;
  onChange: (value: Variable) => void;
}

/** Where the value of one place comes from. */
function VariableFields({ place, value, onChange }: VariableFieldsProps) {
  const { words } = useWords();
  const fields = useFieldDefinitions();
  const texts = words.campaigns;
  const named = useId();
  const sources: Source[] = ["contact", ...(fields.length > 0 ? (["field"] as const) : []), "column", "constant"];
  const choices =
    value.source === "contact"
      ? contactParts.map((each) => ({ value: each, label: texts.contactParts[each] ?? each }))
      : value.source === "field"
        ? fields.map(({ key, name }) => ({ value: key, label: name }))
        : null;
  return (
    <div className={styles.place} role="group" aria-labelledby={named}>
      <h4 id={named}>
        {texts.partNames[place.part]} <code>{`{{${place.name}}}`}</code> {place.sample && <span className={styles.quiet}>{texts.sample(place.sample)}</span>}
      </h4>
      <SelectField
        label={texts.source}
        value={value.source}
        options={sources.map((source) => ({ value: source, label: texts.sources[source] ?? source }))}
        onChange={(source) => onChange({ ...value, source: source as Source, name: "" })}
      />
      {choices ? (
        <SelectField
          label={texts.sourceName[value.source] ?? texts.source}
          value={value.name}
          options={[{ value: "", label: texts.choose }, ...choices]}
          onChange={(name) => onChange({ ...value, name })}
        />
      ) : (
        <TextField label={texts.sourceName[value.source] ?? texts.source} value={value.name} maxLength={1024} onChange={(name) => onChange({ ...value, name })} />
      )}
      {value.source !== "constant" && (
        <TextField
          label={texts.otherwise}
          hint={texts.otherwiseHint}
          value={value.otherwise ?? ""}
          maxLength={1024}
          onChange={(otherwise) => onChange({ ...value, otherwise: otherwise === "" ? null : otherwise })}
        />
      )}
    </div>
  );
}

interface VariableListProps extends StepProps {
  title: string;
  places: readonly Place[];
}

/** Every place of the message. */
export function VariableList({ title, places, draft, onChange }: VariableListProps) {
  const { words } = useWords();
  if (places.length === 0) return null;
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      <p className={styles.lead}>{words.campaigns.placesLead}</p>
      {places.map((place) => (
        <VariableFields
          key={place.variable}
          place={place}
          value={draft.variables[place.variable] ?? { source: "contact", name: "", otherwise: null }}
          onChange={(value) => onChange({ variables: { ...draft.variables, [place.variable]: value } })}
        />
      ))}
    </fieldset>
  );
}

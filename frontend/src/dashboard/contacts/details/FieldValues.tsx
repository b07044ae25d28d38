import { Link } from "react-router";
import { useWords } from "../../../words/useWords";
import { useMay } from "../../api/me";
import { enteredValue, shownValue } from "../contactNames";
import type { FieldDefinition, FieldValue } from "../contactShapes";
import { useFieldDefinitions } from "../useContacts";
import styles from "./ContactDetails.module.css";
import { EditableText } from "./EditableText";
import entry from "./EditableText.module.css";

interface FieldValuesProps {
  values: Record<string, FieldValue>;
  editable: boolean;
  onChange: (key: string, value: FieldValue | null, label: string) => void;
}

/** The workspace's own fields, each entered as its type wants it. */
export function FieldValues({ values, editable, onChange }: FieldValuesProps) {
  const { words } = useWords();
  const definitions = useFieldDefinitions();
  const may = useMay();
  const texts = words.contacts;
  return (
    <section className={styles.group} aria-labelledby="contact-fields">
      <h3 id="contact-fields">{texts.fields}</h3>
      {definitions.length === 0 && (
        <p className={styles.quiet}>
          {texts.fieldsEmpty} {may("contacts:edit") && <Link to="/settings/contact-fields">{texts.fieldsDefine}</Link>}
        </p>
      )}
      <dl className={styles.facts}>
        {definitions.map((definition) => (
          <div key={definition.key}>
            <dt>{definition.name}</dt>
            <dd>
              <OneValue
                definition={definition}
                value={values[definition.key]}
                editable={editable}
                onChange={(value) => onChange(definition.key, value, definition.name)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface OneValueProps {
  definition: FieldDefinition;
  value: FieldValue | undefined;
  editable: boolean;
  onChange: (value: FieldValue | null) => void;
}

const entries = { text: "text", number: "number", date: "date" } as const;

function OneValue({ definition: { name, type, choices }, value, editable, onChange }: OneValueProps) {
  const { words } = useWords();
  const shown = shownValue(value, type, words);
  if (!editable || (type !== "boolean" && type !== "choice")) {
    return (
      <EditableText
        label={name}
        type={type === "boolean" || type === "choice" ? "text" : entries[type]}
        value={value === undefined ? "" : String(value)}
        shown={shown}
        editable={editable}
        onSave={(text) => {
          const entered = enteredValue(text, type);
          if (entered !== undefined) onChange(entered);
        }}
      />
    );
  }
  const options =
    type === "boolean"
      ? [
          { value: "true", label: words.contacts.yes },
          { value: "false", label: words.contacts.no },
        ]
      : [...new Set([...choices, ...(value === undefined ? [] : [String(value)])])].map((each) => ({ value: each, label: each }));
  return (
    <select
      className={entry.select}
      aria-label={name}
      value={value === undefined ? "" : String(value)}
      onChange={(event) => onChange(enteredValue(event.target.value, type) ?? null)}
    >
      <option value="">{words.contacts.nothing}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

import { X } from "lucide-react";
import { useId } from "react";
import { IconButton } from "../../design/Button";
import { useWords } from "../../words/useWords";
import { optKinds, type FieldDefinition, type FieldValue } from "../contacts/contactShapes";
import { useTags } from "../contacts/useContacts";
import { CampaignChoice } from "./CampaignChoice";
import styles from "./ConditionRow.module.css";
import { conditionAbout, conditionsOn, entryOf, lastCampaign, opsOf, withOp, type Condition, type ConditionOn } from "./filters";

interface ConditionRowProps {
  condition: Condition;
  fields: readonly FieldDefinition[];
  complaint: string | undefined;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}

const fieldPrefix = "field:";
const kindPrefix = "opt_in:";

/** One line of a filter: what it is about, how it is compared, with what. */
export function ConditionRow({ condition, fields, complaint, onChange, onRemove }: ConditionRowProps) {
  const { words } = useWords();
  const texts = words.segments;
  const noteId = useId();
  const type = fields.find(({ key }) => key === condition.field)?.type;
  const opName = (op: string) => (type === "date" ? texts.opsOfDates[op] : undefined) ?? texts.ops[op] ?? op;
  const about =
    condition.on === "field" ? `${fieldPrefix}${condition.field ?? ""}` : condition.on === "opt_in" ? `${kindPrefix}${condition.kind ?? ""}` : condition.on;
  const setAbout = (value: string) => {
    if (value.startsWith(fieldPrefix)) onChange(conditionAbout("field", fields, value.slice(fieldPrefix.length)));
    else if (value.startsWith(kindPrefix)) onChange({ ...conditionAbout("opt_in", fields), kind: value.slice(kindPrefix.length) });
    else if (value !== condition.on) onChange(conditionAbout(value as ConditionOn, fields));
  };
  // What another program saved and this page does not know stays choosable as it is.
  const ops = [...new Set([...opsOf(condition, fields), condition.op])];
  return (
    <div className={styles.condition}>
      <div className={styles.row} role="group" aria-describedby={complaint ? noteId : undefined}>
        <select aria-label={texts.about} value={about} onChange={(event) => setAbout(event.target.value)}>
          {conditionsOn
            .filter((on) => on !== "opt_in")
            .map((on) => (
              <option key={on} value={on}>
                {texts.on[on]}
              </option>
            ))}
          <optgroup label={texts.on.opt_in ?? ""}>
            {optKinds.map((kind) => (
              <option key={kind} value={`${kindPrefix}${kind}`}>
                {texts.on.opt_in}: {(words.contacts.optKinds[kind] ?? kind).toLowerCase()}
              </option>
            ))}
          </optgroup>
          {fields.length > 0 && (
            <optgroup label={words.contacts.fields}>
              {fields.map(({ key, name }) => (
                <option key={key} value={`${fieldPrefix}${key}`}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
          {condition.on === "field" && type === undefined && <option value={about}>{condition.field}</option>}
        </select>
        <select aria-label={texts.howCompared} value={condition.op} onChange={(event) => onChange(withOp(condition, event.target.value, fields))}>
          {ops.map((op) => (
            <option key={op} value={op}>
              {opName(op)}
            </option>
          ))}
        </select>
        {condition.on === "campaign" ? (
          <CampaignChoice chosen={condition.campaign_id ?? lastCampaign} onChange={(campaign_id) => onChange({ ...condition, campaign_id })} />
        ) : (
          <Value condition={condition} fields={fields} onChange={(value) => onChange(withValue(condition, value))} />
        )}
        <IconButton label={texts.removeRow} icon={<X size={16} aria-hidden />} onClick={onRemove} />
      </div>
      {complaint && (
        <p id={noteId} className={styles.complaint}>
          {complaint}
        </p>
      )}
    </div>
  );
}

function withValue(condition: Condition, value: FieldValue | undefined): Condition {
  const { value: _, ...rest } = condition;
  return value === undefined ? rest : { ...rest, value };
}

interface ValueProps {
  condition: Condition;
  fields: readonly FieldDefinition[];
  onChange: (value: FieldValue | undefined) => void;
}

function Value({ condition, fields, onChange }: ValueProps) {
  const { words } = useWords();
  const tags = useTags();
  const listId = useId();
  const texts = words.segments;
  const entry = entryOf(condition, fields);
  const value = condition.value === undefined ? "" : String(condition.value);
  const choices: Record<string, { value: string; label: string }[]> = {
    boolean: [
      { value: "true", label: words.contacts.yes },
      { value: "false", label: words.contacts.no },
    ],
    opt: (["in", "out", "unknown"] as const).map((state) => ({ value: state, label: words.contacts.optStates[state] ?? state })),
    choice: (fields.find(({ key }) => key === condition.field)?.choices ?? []).map((each) => ({ value: each, label: each })),
  };
  if (entry === "none") return <span className={styles.nothing} />;
  const options = choices[entry];
  if (options) {
    return (
      <select
        aria-label={texts.value}
        value={value}
        onChange={(event) => onChange(entry === "boolean" ? event.target.value === "true" : event.target.value)}
      >
        {value === "" && <option value="" />}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  const numeric = entry === "number" || entry === "days";
  return (
    <span className={styles.value}>
      <input
        aria-label={texts.value}
        type={numeric ? "number" : entry === "date" ? "date" : "text"}
        min={entry === "days" ? 1 : undefined}
        step={entry === "number" ? "any" : undefined}
        list={entry === "tag" ? listId : undefined}
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.target.value === "" ? undefined : numeric ? event.target.valueAsNumber : event.target.value)}
      />
      {entry === "days" && texts.days}
      {entry === "tag" && (
        <datalist id={listId}>
          {tags.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      )}
    </span>
  );
}

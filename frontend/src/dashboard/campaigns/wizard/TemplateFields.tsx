import { Link } from "react-router";
import { SelectField, TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { FileField } from "../../media/FileField";
import { newTemplateAddress } from "../../paths";
import { NotOffered } from "../../templates/NotOffered";
import { locationParts, obstacleToMany, type Location } from "../../templates/obstacles";
import type { Template } from "../../templates/templateShapes";
import type { TemplateMessage } from "../campaignShapes";
import { canBeSent, endIn, fileKind, fileOf, hasLocation, locationIn, messageOf, placesOf, variablesFor } from "./draft";
import type { StepProps } from "./MessageStep";
import { VariableList } from "./VariableFields";
import styles from "./Wizard.module.css";

interface TemplateFieldsProps extends StepProps {
  message: TemplateMessage;
  /** Approved, of the number's account. */
  ours: readonly Template[];
  template: Template | undefined;
}

/** Which template, and what is to be in it. */
export function TemplateFields({ draft, message, ours, template, onChange }: TemplateFieldsProps) {
  const { words } = useWords();
  const texts = words.campaigns;
  const offered = ours.filter(canBeSent);
  const kind = template ? fileKind(template) : null;
  const take = (id: string) => {
    const found = offered.find((each) => each.id === id);
    if (found) onChange({ message: messageOf(found, ""), variables: variablesFor(found, draft.variables) });
  };
  return (
    <>
      <SelectField
        label={texts.template}
        value={template?.id ?? ""}
        options={[{ value: "", label: texts.choose }, ...offered.map(({ id, name, language }) => ({ value: id, label: `${name} (${language})` }))]}
        onChange={take}
      />
      <NotOffered templates={ours} obstacle={obstacleToMany} />
      {offered.length === 0 && (
        <p className={styles.quiet}>
          {texts.noTemplates} <Link to={newTemplateAddress}>{words.templates.create}</Link>
        </p>
      )}
      {template && kind !== null && (
        <FileField label={words.files.kinds[kind]} kind={kind} value={fileOf(message)} onChange={(file) => onChange({ message: messageOf(template, file, endIn(message)) })} />
      )}
      {template && hasLocation(template) && <HeaderLocation location={locationIn(message)} onLocation={(location) => onChange({ message: messageOf(template, location, endIn(message)) })} />}
      {template?.wants.offer && (
        <TextField
          type="datetime-local"
          label={words.templates.offerEndsAt}
          hint={texts.offerEndsHint}
          value={localTime(endIn(message))}
          onChange={(text) => onChange({ message: messageOf(template, hasLocation(template) ? locationIn(message) : fileOf(message), new Date(text).getTime() || null) })}
        />
      )}
      {template && <VariableList title={texts.places} places={placesOf(template)} draft={draft} onChange={onChange} />}
    </>
  );
}

/** As a field for times takes it, by this device's clock. */
function localTime(at: number | null): string {
  if (at === null) return "";
  const moment = new Date(at);
  return new Date(at - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function HeaderLocation({ location, onLocation }: { location: Location; onLocation: (location: Location) => void }) {
  const { words } = useWords();
  const texts = words.templates;
  return (
    <fieldset className={styles.group}>
      <legend>{texts.headerKinds.location}</legend>
      <p className={styles.lead}>{words.campaigns.locationLead}</p>
      <div className={styles.two}>
        {locationParts.map((part) => (
          <TextField key={part} label={texts.locationParts[part]} value={location[part]} maxLength={200} onChange={(text) => onLocation({ ...location, [part]: text })} />
        ))}
      </div>
    </fieldset>
  );
}

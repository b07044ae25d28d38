import { useRef, useState } from "react";
import { Link } from "react-router";
import { Button } from "../../../design/Button";
import { SelectField, TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { problemText } from "../../api/useAct";
import { uploadFile, UploadFailed } from "../../imports/uploadFile";
import { newTemplateAddress } from "../../paths";
import { useServices } from "../../services";
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
      {template && fileKind(template) !== null && (
        <HeaderFile kind={fileKind(template) ?? "image"} file={fileOf(message)} onFile={(file) => onChange({ message: messageOf(template, file, endIn(message)) })} />
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

const accepted = { image: "image/jpeg,image/png", video: "video/mp4", document: "application/pdf" } as const;

function HeaderFile({ kind, file, onFile }: { kind: keyof typeof accepted; file: string; onFile: (id: string) => void }) {
  const { words } = useWords();
  const { api } = useServices();
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const texts = words.campaigns;
  const send = async (given: File) => {
    setFailed(null);
    setShare(0);
    try {
      const begun = await api.campaigns.beginFile(given.name, given.type);
      await uploadFile(begun.upload, given, setShare);
      onFile(begun.id);
    } catch (failure) {
      setFailed(failure instanceof UploadFailed ? texts.fileFailed : problemText(asProblem(failure), words));
    } finally {
      setShare(null);
    }
  };
  const said = share !== null ? `${Math.round(share * 100)} %` : file === "" ? texts.fileWanted : texts.fileThere;
  return (
    <div className={styles.row}>
      <p className={styles.quiet} role="status">
        {failed ?? `${words.templates.headerKinds[kind] ?? kind}: ${said}`}
      </p>
      <input
        ref={input}
        type="file"
        hidden
        accept={accepted[kind]}
        aria-label={texts.file}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = "";
          if (chosen) void send(chosen);
        }}
      />
      <Button busy={share !== null} onClick={() => input.current?.click()}>
        {texts.file}
      </Button>
    </div>
  );
}

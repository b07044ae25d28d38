import { useRef, useState } from "react";
import { Link } from "react-router";
import { Button } from "../../../design/Button";
import { SelectField, TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { problemText } from "../../api/useAct";
import { useChannels } from "../../channels/useChannels";
import { uploadFile, UploadFailed } from "../../imports/uploadFile";
import { newTemplateAddress } from "../../paths";
import { useServices } from "../../services";
import { NotOffered } from "../../templates/NotOffered";
import { locationParts, obstacleToMany, type Location } from "../../templates/obstacles";
import type { Template } from "../../templates/templateShapes";
import type { CampaignDraft } from "../campaignShapes";
import { canBeSent, endIn, fileKind, fileOf, hasLocation, locationIn, messageOf, placesOf, variablesFor } from "./draft";
import { VariableFields } from "./VariableFields";
import styles from "./Wizard.module.css";

export interface StepProps {
  draft: CampaignDraft;
  onChange: (part: Partial<CampaignDraft>) => void;
}

interface MessageProps extends StepProps {
  approved: readonly Template[];
  template: Template | undefined;
}

/** What is sent, from which number. */
export function MessageStep({ draft, approved, template, onChange }: MessageProps) {
  const { words } = useWords();
  const channels = useChannels();
  const texts = words.campaigns;
  const numbers = (channels.data?.items ?? []).filter(({ kind, state }) => kind !== "baileys" && state !== "disconnected");
  const account = numbers.find(({ id }) => id === draft.channel_id)?.waba_id;
  const ours = approved.filter(({ waba_id: waba }) => account === undefined || waba === account);
  const offered = ours.filter(canBeSent);
  const take = (id: string) => {
    const found = offered.find((each) => each.id === id);
    if (found) onChange({ message: messageOf(found, ""), variables: variablesFor(found, draft.variables) });
  };
  return (
    <>
      <TextField label={texts.name} hint={texts.nameHint} value={draft.name} maxLength={120} onChange={(name) => onChange({ name })} />
      <div className={styles.two}>
        <SelectField
          label={texts.number}
          value={draft.channel_id}
          options={[{ value: "", label: texts.choose }, ...numbers.map(({ id, name, display_phone_number: phone }) => ({ value: id, label: `${name} ${phone}` }))]}
          onChange={(channel_id) => onChange({ channel_id })}
        />
        <SelectField
          label={texts.template}
          value={template?.id ?? ""}
          options={[{ value: "", label: texts.choose }, ...offered.map(({ id, name, language }) => ({ value: id, label: `${name} (${language})` }))]}
          onChange={take}
        />
      </div>
      <NotOffered templates={ours} obstacle={obstacleToMany} />
      {offered.length === 0 && (
        <p className={styles.quiet}>
          {texts.noTemplates} <Link to={newTemplateAddress}>{words.templates.create}</Link>
        </p>
      )}
      {template && fileKind(template) !== null && (
        <HeaderFile kind={fileKind(template) ?? "image"} file={fileOf(draft.message)} onFile={(file) => onChange({ message: messageOf(template, file, endIn(draft.message)) })} />
      )}
      {template && hasLocation(template) && <HeaderLocation location={locationIn(draft.message)} onLocation={(location) => onChange({ message: messageOf(template, location, endIn(draft.message)) })} />}
      {template?.wants.offer && (
        <TextField
          type="datetime-local"
          label={words.templates.offerEndsAt}
          hint={texts.offerEndsHint}
          value={localTime(endIn(draft.message))}
          onChange={(text) => onChange({ message: messageOf(template, hasLocation(template) ? locationIn(draft.message) : fileOf(draft.message), new Date(text).getTime() || null) })}
        />
      )}
      {template && placesOf(template).length > 0 && (
        <fieldset className={styles.group}>
          <legend>{texts.places}</legend>
          <p className={styles.lead}>{texts.placesLead}</p>
          {placesOf(template).map((place) => (
            <VariableFields
              key={place.variable}
              place={place}
              value={draft.variables[place.variable] ?? { source: "contact", name: "", otherwise: null }}
              onChange={(value) => onChange({ variables: { ...draft.variables, [place.variable]: value } })}
            />
          ))}
        </fieldset>
      )}
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

import { useRef, useState } from "react";
import { SelectField, TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import { useChannels } from "../../channels/useChannels";
import type { Template } from "../../templates/templateShapes";
import type { CampaignDraft, CampaignMessage } from "../campaignShapes";
import { noTemplate } from "./draft";
import { noText } from "./freeText";
import { Options } from "./Options";
import { TemplateFields } from "./TemplateFields";
import { TextFields } from "./TextFields";

export interface StepProps {
  draft: CampaignDraft;
  onChange: (part: Partial<CampaignDraft>) => void;
}

interface MessageProps extends StepProps {
  approved: readonly Template[];
  template: Template | undefined;
}

type Kind = "template" | "text" | "program";
type Begun = Pick<CampaignDraft, "message" | "variables">;

const kindOf = ({ type }: CampaignMessage): Kind => (type === "template" || type === "text" ? type : "program");

/** What is sent, from which number. */
export function MessageStep({ draft, approved, template, onChange }: MessageProps) {
  const { words } = useWords();
  const channels = useChannels();
  const texts = words.campaigns;
  const { message, variables } = draft;
  // Whoever looks at another kind comes back to what was there.
  const begun = useRef<Partial<Record<Kind, Begun>>>({ template: { message: noTemplate, variables: {} }, text: { message: noText, variables: {} } });
  const current = kindOf(message);
  const [kinds] = useState<readonly Kind[]>(() => [...new Set<Kind>(["template", "text", current])]);
  const take = (kind: Kind) => {
    begun.current[current] = { message, variables };
    onChange(begun.current[kind] ?? {});
  };
  const numbers = (channels.data?.items ?? []).filter(({ kind, state }) => kind !== "baileys" && state !== "disconnected");
  const account = numbers.find(({ id }) => id === draft.channel_id)?.waba_id;
  const ours = approved.filter(({ waba_id: waba }) => account === undefined || waba === account);
  return (
    <>
      <TextField label={texts.name} hint={texts.nameHint} value={draft.name} maxLength={120} onChange={(name) => onChange({ name })} />
      <SelectField
        label={texts.number}
        value={draft.channel_id}
        options={[{ value: "", label: texts.choose }, ...numbers.map(({ id, name, display_phone_number: phone }) => ({ value: id, label: `${name} ${phone}` }))]}
        onChange={(channel_id) => onChange({ channel_id })}
      />
      <Options
        title={texts.message}
        name="message"
        options={kinds.map((value) => ({ value, label: texts.messageKinds[value], lead: texts.messageLeads[value] }))}
        chosen={current}
        onChoose={take}
      />
      {message.type === "template" && <TemplateFields draft={draft} message={message} ours={ours} template={template} onChange={onChange} />}
      {message.type === "text" && <TextFields draft={draft} message={message} onChange={onChange} />}
    </>
  );
}

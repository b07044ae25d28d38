import { useState } from "react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { Failure } from "../../design/Failure";
import { SelectField, TextField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import type { Conversation } from "../api/shapes";
import { problemText, useAct } from "../api/useAct";
import { FileField } from "../media/FileField";
import type { MediaKind } from "../media/mediaShapes";
import { useServices } from "../services";
import { NotOffered } from "../templates/NotOffered";
import { obstacleOf, type LocationPart } from "../templates/obstacles";
import { isWhole, placesOf, templateMessage, type Filling, type Place } from "../templates/templateMessage";
import { TemplatePreview } from "../templates/TemplatePreview";
import type { Template, TemplateAccount } from "../templates/templateShapes";
import { useTemplates } from "../templates/useTemplates";

interface SendTemplateDialogProps {
  conversation: Conversation;
  onSent: () => void;
  onClose: () => void;
}

/** What may be written outside of WhatsApp's window: an approved template, filled in here. */
export function SendTemplateDialog({ conversation, onSent, onClose }: SendTemplateDialogProps) {
  const { words } = useWords();
  const { api } = useServices();
  const act = useAct();
  const { items, accounts } = useTemplates({ status: "APPROVED" });
  const [id, setId] = useState("");
  const [filling, setFilling] = useState<Filling>({});
  const texts = words.answering.template;

  const ours = items?.filter((each) => isOf(each, accounts, conversation.channel)) ?? [];
  const offered = ours.filter((each) => placesOf(each) !== null);
  const chosen = offered.find((each) => each.id === id);
  const places = chosen ? (placesOf(chosen) ?? []) : [];
  const ready = chosen !== undefined && isWhole(places, filling);
  const send = () => {
    if (!ready) return;
    act.run(async () => {
      await api.replies.write(conversation.id, templateMessage(chosen, filling));
      onSent();
    });
  };
  return (
    <Dialog
      title={texts.title}
      lead={texts.lead}
      onSubmit={send}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.common.close}</Button>
          <Button type="submit" look="primary" busy={act.busy} disabled={!ready}>
            {words.answering.send}
          </Button>
        </>
      }
    >
      {act.problem && <Failure>{act.problem.errors[0]?.message ?? problemText(act.problem, words)}</Failure>}
      {items !== undefined && offered.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <SelectField
          label={texts.which}
          value={id}
          options={[{ value: "", label: texts.choose }, ...offered.map((each) => ({ value: each.id, label: `${each.name} (${each.language})` }))]}
          onChange={(next) => {
            setId(next);
            setFilling({});
          }}
        />
      )}
      <NotOffered templates={ours} obstacle={obstacleOf} />
      {places.map((place) => (
        <PlaceField key={place.key} place={place} value={filling[place.key] ?? ""} onChange={(value) => setFilling((known) => ({ ...known, [place.key]: value }))} />
      ))}
      {chosen && <TemplatePreview components={chosen.components} filling={filling} />}
    </Dialog>
  );
}

/** Of the account that the conversation's number belongs to, as far as that is known. */
function isOf(template: Template, accounts: readonly TemplateAccount[] | undefined, channel: string): boolean {
  const account = accounts?.find(({ channel_id: one }) => one === channel);
  return account === undefined || template.waba_id === account.waba_id;
}

function PlaceField({ place, value, onChange }: { place: Place; value: string; onChange: (value: string) => void }) {
  const { words } = useWords();
  const texts = words.answering.template;
  if (place.kind === "location") return <TextField label={words.templates.locationParts[place.name as LocationPart]} value={value} maxLength={200} autoComplete="off" onChange={onChange} />;
  if (place.kind === "time") return <TextField type="datetime-local" label={words.templates.offerEndsAt} value={value} onChange={onChange} />;
  if (place.kind === "file") return <FileField label={words.files.kinds[place.name as MediaKind]} kind={place.name as MediaKind} value={value} onChange={onChange} />;
  return <TextField label={texts.place(place.name)} value={value} maxLength={1024} autoComplete="off" onChange={onChange} />;
}

import { TextArea } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import type { TextMessage } from "../campaignShapes";
import { longestText, placesOfText, textMessage, variablesForText } from "./freeText";
import type { StepProps } from "./MessageStep";
import { VariableList } from "./VariableFields";

/** Text that is no template, and what fills its places. */
export function TextFields({ draft, message, onChange }: StepProps & { message: TextMessage }) {
  const { words } = useWords();
  const texts = words.campaigns;
  const write = (body: string) => {
    const next = textMessage(body);
    onChange({ message: next, variables: variablesForText(next, draft.variables) });
  };
  return (
    <>
      <TextArea label={texts.text} hint={texts.textHint} rows={6} maxLength={longestText} value={message.text.body} onChange={write} />
      <VariableList title={texts.textPlaces} places={placesOfText(message)} draft={draft} onChange={onChange} />
    </>
  );
}

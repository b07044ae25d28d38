import { useRef } from "react";
import { TextArea } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import type { TextMessage } from "../campaignShapes";
import { longestText, placesOfText, variablesForText, withBody } from "./freeText";
import type { StepProps } from "./MessageStep";
import { VariableList } from "./VariableFields";

/** Text that is no template, and what fills its places. */
export function TextFields({ draft, message, onChange }: StepProps & { message: TextMessage }) {
  const { words } = useWords();
  const texts = words.campaigns;
  // A place that is cut and pasted, or half deleted, is filled as before.
  const known = useRef(draft.variables);
  const write = (body: string) => {
    const next = withBody(message, body);
    known.current = { ...known.current, ...draft.variables };
    onChange({ message: next, variables: variablesForText(next, known.current) });
  };
  return (
    <>
      <TextArea label={texts.text} hint={texts.textHint} rows={6} maxLength={longestText} value={message.text.body} onChange={write} />
      <VariableList title={texts.textPlaces} places={placesOfText(message)} draft={draft} onChange={onChange} />
    </>
  );
}

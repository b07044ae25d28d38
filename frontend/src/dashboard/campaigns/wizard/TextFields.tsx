import { Field } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import type { TextMessage } from "../campaignShapes";
import { longestText, placesOfText, textMessage, variablesForText } from "./freeText";
import type { StepProps } from "./MessageStep";
import { VariableList } from "./VariableFields";
import styles from "./Wizard.module.css";

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
      <Field label={texts.text} hint={texts.textHint}>
        {(described) => (
          <textarea {...described} className={styles.area} rows={6} maxLength={longestText} value={message.text.body} onChange={(event) => write(event.target.value)} />
        )}
      </Field>
      <VariableList title={texts.textPlaces} places={placesOfText(message)} draft={draft} onChange={onChange} />
    </>
  );
}

import { useContext } from "react";
import { SurroundingsContext, type FieldProps } from "./editing";
import { textFor, withText } from "./localText";
import { WritingField } from "./WritingField";

interface WordsFieldProps extends FieldProps {
  lines?: number | undefined;
  most?: number | undefined;
}

/** What customers read, in the language that is being edited. */
export function WordsField({ label, hint, value, lines, most, onChange }: WordsFieldProps) {
  const around = useContext(SurroundingsContext);
  const language = around?.language ?? null;
  const base = around?.flow.language ?? "en";
  const { own, standIn } = textFor(value, language, base);
  return (
    <WritingField
      label={language === null ? label : `${label} (${language})`}
      hint={hint}
      value={own}
      placeholder={language === null ? "" : standIn}
      lines={lines}
      most={most}
      filled
      onChange={(text) => onChange(withText(value, language, base, text))}
    />
  );
}

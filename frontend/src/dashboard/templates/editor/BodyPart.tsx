import { Plus } from "lucide-react";
import { useRef } from "react";
import { Button } from "../../../design/Button";
import { TextArea, TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import styles from "../Templates.module.css";
import { namesIn, nextNumber } from "../variables";
import type { PartProps } from "./editing";

export function BodyPart({ draft, change, wrong }: PartProps) {
  const { words } = useWords();
  const texts = words.templates;
  const area = useRef<HTMLTextAreaElement>(null);
  const names = namesIn(draft.body);

  const add = () => {
    const at = area.current?.selectionStart ?? draft.body.length;
    const variable = `{{${nextNumber(draft.body)}}}`;
    change({ body: draft.body.slice(0, at) + variable + draft.body.slice(at) });
    area.current?.focus();
  };
  return (
    <fieldset className={styles.group}>
      <legend>{texts.message}</legend>
      <TextArea
        label={texts.body}
        hint={texts.bodyHint}
        error={wrong("BODY.text")}
        ref={area}
        rows={5}
        maxLength={1024}
        value={draft.body}
        onChange={(body) => change({ body })}
      />
      <div className={styles.row}>
        <Button look="quiet" onClick={add}>
          <Plus size={16} aria-hidden /> {texts.addVariable}
        </Button>
        <span className={styles.note}>{draft.body.length} / 1024</span>
      </div>
      {names.length > 0 && (
        <>
          <p className={styles.note}>{texts.samplesHint}</p>
          <div className={styles.two}>
            {names.map((name) => (
              <TextField
                key={name}
                label={texts.sample(`{{${name}}}`)}
                error={draft.samples[name] ? undefined : wrong("BODY.example")}
                value={draft.samples[name] ?? ""}
                onChange={(sample) => change({ samples: { ...draft.samples, [name]: sample } })}
              />
            ))}
          </div>
        </>
      )}
      {draft.cards === null && (
        <TextField
          label={texts.footer}
          error={wrong("FOOTER.text")}
          maxLength={60}
          value={draft.footer}
          onChange={(footer) => change({ footer })}
        />
      )}
    </fieldset>
  );
}

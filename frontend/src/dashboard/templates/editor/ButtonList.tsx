import { Trash2 } from "lucide-react";
import { IconButton } from "../../../design/Button";
import { TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import styles from "../Templates.module.css";
import { namesIn } from "../variables";
import { freshButton, type ButtonDraft } from "./draft";

interface ButtonListProps {
  buttons: readonly ButtonDraft[];
  types: readonly string[];
  most: number;
  /** What is wrong inside the list: ".0.url"; "" is the list itself. */
  wrong: (inside: string) => string | undefined;
  onChange: (buttons: ButtonDraft[]) => void;
}

const isReply = ({ type }: ButtonDraft) => type === "QUICK_REPLY";

/** Meta wants quick replies next to each other: they come first. */
function grouped(buttons: readonly ButtonDraft[]): ButtonDraft[] {
  return [...buttons.filter(isReply), ...buttons.filter((each) => !isReply(each))];
}

export function ButtonList({ buttons, types, most, wrong, onChange }: ButtonListProps) {
  const { words } = useWords();
  const texts = words.templates;
  const set = (key: number, part: Partial<ButtonDraft>) => onChange(buttons.map((each) => (each.key === key ? { ...each, ...part } : each)));
  const whole = buttons.length > 0 && !buttons.some((_, place) => wrong(`.${place}`)) ? wrong("") : undefined;
  return (
    <>
      {buttons.map((button, place) => (
        <div key={button.key} className={styles.item}>
          <div className={styles.itemHead}>
            <span>{texts.buttonTypes[button.type] ?? button.type}</span>
            <IconButton
              label={texts.removeButton(button.text || (texts.buttonTypes[button.type] ?? button.type))}
              icon={<Trash2 size={16} aria-hidden />}
              onClick={() => onChange(buttons.filter(({ key }) => key !== button.key))}
            />
          </div>
          <ButtonFields button={button} wrong={(inside) => wrong(`.${place}${inside}`)} set={(part) => set(button.key, part)} />
        </div>
      ))}
      {whole && <p className={styles.wrong}>{whole}</p>}
      {buttons.length < most && (
        <select
          aria-label={texts.addButton}
          className={styles.add}
          value=""
          onChange={(event) => onChange(grouped([...buttons, freshButton(event.target.value)]))}
        >
          <option value="" disabled>
            {texts.addButton}
          </option>
          {types.map((type) => (
            <option key={type} value={type}>
              {texts.buttonTypes[type] ?? type}
            </option>
          ))}
        </select>
      )}
    </>
  );
}

interface ButtonFieldsProps {
  button: ButtonDraft;
  wrong: (inside: string) => string | undefined;
  set: (part: Partial<ButtonDraft>) => void;
}

function ButtonFields({ button, wrong, set }: ButtonFieldsProps) {
  const { words } = useWords();
  const texts = words.templates;
  const { type, url } = button;
  const own = wrong("") !== undefined && !["text", "url", "phone_number", "example", "flow_id"].some((name) => wrong(`.${name}`)) ? wrong("") : undefined;
  return (
    <div className={styles.two}>
      {type !== "COPY_CODE" && (
        <TextField label={texts.label} error={wrong(".text")} maxLength={25} value={button.text} onChange={(text) => set({ text })} />
      )}
      {type === "URL" && (
        <TextField
          label={texts.address}
          hint={texts.addressHint}
          error={wrong(".url")}
          inputMode="url"
          autoComplete="off"
          value={url}
          onChange={(next) => set({ url: next })}
        />
      )}
      {type === "URL" && namesIn(url).length > 0 && (
        <TextField
          label={texts.addressSample}
          error={wrong(".example")}
          inputMode="url"
          value={button.example}
          onChange={(example) => set({ example })}
        />
      )}
      {type === "PHONE_NUMBER" && (
        <TextField label={texts.phone} error={wrong(".phone_number")} inputMode="tel" value={button.phone} onChange={(phone) => set({ phone })} />
      )}
      {type === "COPY_CODE" && (
        <TextField label={texts.coupon} error={wrong(".example")} maxLength={15} value={button.example} onChange={(example) => set({ example })} />
      )}
      {type === "FLOW" && (
        <TextField label={texts.formId} error={wrong(".flow_id")} inputMode="numeric" value={button.flowId} onChange={(flowId) => set({ flowId })} />
      )}
      {own && <p className={styles.wrong}>{own}</p>}
    </div>
  );
}

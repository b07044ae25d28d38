import { SelectField, TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import styles from "../Templates.module.css";
import type { CodeDraft } from "./draft";
import type { PartProps } from "./editing";

const types = ["COPY_CODE", "ONE_TAP", "ZERO_TAP"] as const;

/** A one-time code, whose text is WhatsApp's own. */
export function CodePart({ draft, change, wrong }: PartProps) {
  const { words } = useWords();
  const texts = words.templates;
  const { code } = draft;
  const set = (part: Partial<CodeDraft>) => change({ code: { ...code, ...part } });
  const app = "BUTTONS.buttons.0.supported_apps.0";
  return (
    <fieldset className={styles.group}>
      <legend>{texts.codeWays}</legend>
      <div className={styles.two}>
        <SelectField
          label={texts.codeWays}
          value={code.type}
          options={types.map((value) => ({ value, label: texts.codeTypes[value] ?? value }))}
          onChange={(type) => set({ type: types.find((each) => each === type) ?? "COPY_CODE" })}
        />
        <TextField
          label={texts.minutes}
          error={wrong("FOOTER.code_expiration_minutes")}
          inputMode="numeric"
          value={code.minutes === null ? "" : String(code.minutes)}
          onChange={(typed) => set({ minutes: typed.trim() === "" ? null : Number(typed.replaceAll(/\D/g, "")) })}
        />
      </div>
      <label className={styles.check}>
        <input type="checkbox" checked={code.warn} onChange={(event) => set({ warn: event.target.checked })} />
        {texts.warn}
      </label>
      {code.type !== "COPY_CODE" && (
        <div className={styles.two}>
          <TextField label={texts.packageName} error={wrong(`${app}.package_name`)} value={code.packageName} onChange={(packageName) => set({ packageName })} />
          <TextField label={texts.signatureHash} error={wrong(`${app}.signature_hash`)} maxLength={11} value={code.signatureHash} onChange={(signatureHash) => set({ signatureHash })} />
        </div>
      )}
      {code.type === "ZERO_TAP" && <p className={styles.note}>{texts.zeroTap}</p>}
    </fieldset>
  );
}

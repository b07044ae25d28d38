import { TextField } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import styles from "../Templates.module.css";
import type { PartProps } from "./editing";

/** A limited-time offer, which cards leave no room for. */
export function OfferPart({ draft, change, wrong }: PartProps) {
  const { words } = useWords();
  const texts = words.templates;
  const { offer } = draft;
  if (draft.cards !== null) return null;
  return (
    <fieldset className={styles.group}>
      <legend>{texts.offer}</legend>
      <label className={styles.check}>
        <input type="checkbox" checked={offer !== null} onChange={(event) => change({ offer: event.target.checked ? { text: "", ends: true } : null })} />
        {texts.offerOn}
      </label>
      {offer && (
        <div className={styles.two}>
          <TextField
            label={texts.offerText}
            error={wrong("LIMITED_TIME_OFFER.limited_time_offer")}
            maxLength={16}
            value={offer.text}
            onChange={(text) => change({ offer: { ...offer, text } })}
          />
          <label className={styles.check}>
            <input type="checkbox" checked={offer.ends} onChange={(event) => change({ offer: { ...offer, ends: event.target.checked } })} />
            {texts.offerEnds}
          </label>
        </div>
      )}
    </fieldset>
  );
}

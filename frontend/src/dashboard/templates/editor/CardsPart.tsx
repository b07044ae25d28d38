import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "../../../design/Button";
import { SelectField, TextArea } from "../../../design/Field";
import { useWords } from "../../../words/useWords";
import styles from "../Templates.module.css";
import { ButtonList } from "./ButtonList";
import { freshCard, type CardDraft } from "./draft";
import type { PartProps } from "./editing";
import { SampleFile } from "./SampleFile";

const types = ["QUICK_REPLY", "URL", "PHONE_NUMBER"] as const;
const most = 10;

/** Cards side by side instead of header, small print and buttons. */
export function CardsPart({ draft, change, wrong }: PartProps) {
  const { words } = useWords();
  const texts = words.templates;
  const { cards } = draft;
  const begin = (on: boolean) =>
    change(
      on
        ? { cards: { media: "image", cards: [freshCard(), freshCard()], buttons: [] }, header: { kind: "none", text: "", handle: "" }, footer: "", buttons: [], offer: null }
        : { cards: null },
    );
  /** A part of a card stands behind the parts that are there. */
  const place = (card: CardDraft, type: "HEADER" | "BODY" | "BUTTONS") => (type === "HEADER" ? 0 : type === "BODY" || card.body === "" ? 1 : 2);
  return (
    <fieldset className={styles.group}>
      <legend>{texts.cards}</legend>
      <label className={styles.check}>
        <input type="checkbox" checked={cards !== null} onChange={(event) => begin(event.target.checked)} />
        {texts.cardsOn}
      </label>
      {cards && (
        <>
          <p className={styles.note}>{texts.cardsHint}</p>
          <SelectField
            label={texts.cardMedia}
            value={cards.media}
            options={(["image", "video"] as const).map((value) => ({ value, label: texts.headerKinds[value] ?? value }))}
            onChange={(media) =>
              change({ cards: { ...cards, media: media === "video" ? "video" : "image", cards: cards.cards.map((card) => ({ ...card, handle: "" })) } })
            }
          />
          {cards.cards.map((card, number) => {
            const within = `CAROUSEL.cards.${number}.components`;
            const set = (part: Partial<CardDraft>) =>
              change({ cards: { ...cards, cards: cards.cards.map((each) => (each.key === card.key ? { ...each, ...part } : each)) } });
            return (
              <div key={card.key} className={styles.item}>
                <div className={styles.itemHead}>
                  <span>{texts.card(number + 1)}</span>
                  {cards.cards.length > 2 && (
                    <IconButton
                      label={texts.removeCard(number + 1)}
                      icon={<Trash2 size={16} aria-hidden />}
                      onClick={() => change({ cards: { ...cards, cards: cards.cards.filter(({ key }) => key !== card.key) } })}
                    />
                  )}
                </div>
                <SampleFile kind={cards.media} handle={card.handle} error={wrong(`${within}.0`)} onHandle={(handle) => set({ handle })} />
                <TextArea
                  label={texts.cardText}
                  error={card.body === "" ? undefined : wrong(`${within}.${place(card, "BODY")}.text`)}
                  rows={3}
                  maxLength={160}
                  value={card.body}
                  onChange={(body) => set({ body })}
                />
              </div>
            );
          })}
          {cards.cards.length < most && (
            <div>
              <Button look="quiet" onClick={() => change({ cards: { ...cards, cards: [...cards.cards, freshCard()] } })}>
                <Plus size={16} aria-hidden /> {texts.addCard}
              </Button>
            </div>
          )}
          <ButtonList
            buttons={cards.buttons}
            types={types}
            most={2}
            wrong={(inside) => {
              const first = cards.cards[0];
              return first && wrong(`CAROUSEL.cards.0.components.${place(first, "BUTTONS")}.buttons${inside}`);
            }}
            onChange={(buttons) => change({ cards: { ...cards, buttons } })}
          />
        </>
      )}
    </fieldset>
  );
}

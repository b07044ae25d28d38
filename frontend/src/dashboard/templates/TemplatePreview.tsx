import { Copy, CornerUpLeft, ExternalLink, FileText, Image, List, MapPin, Phone, PlaySquare, ShoppingBag, type LucideIcon } from "lucide-react";
import { FormattedText } from "../../chat/FormattedText";
import { useWords } from "../../words/useWords";
import { samplesOf } from "./editor/draft";
import styles from "./TemplatePreview.module.css";
import type { ButtonComponent, Component } from "./templateShapes";
import { filled } from "./variables";

const headerIcons: Record<string, LucideIcon> = { IMAGE: Image, VIDEO: PlaySquare, DOCUMENT: FileText, LOCATION: MapPin, PRODUCT: ShoppingBag };
const buttonIcons: Record<string, LucideIcon> = {
  QUICK_REPLY: CornerUpLeft,
  URL: ExternalLink,
  PHONE_NUMBER: Phone,
  VOICE_CALL: Phone,
  COPY_CODE: Copy,
  OTP: Copy,
  FLOW: List,
  CATALOG: ShoppingBag,
  MPM: ShoppingBag,
};

interface TemplatePreviewProps {
  components: readonly Component[];
  /** What takes the place of the samples: `body.{name}` and `header.{name}`. */
  filling?: Readonly<Record<string, string>>;
}

/** As the customer's phone shows it, filled with the samples. */
export function TemplatePreview({ components, filling = {} }: TemplatePreviewProps) {
  const { words } = useWords();
  const cards = components.find(({ type }) => type === "CAROUSEL")?.cards ?? [];
  return (
    <section className={styles.phone} aria-label={words.templates.preview}>
      <Message components={components} filling={filling} />
      {cards.length > 0 && (
        <div className={styles.cards}>
          {cards.map((card, place) => (
            <Message key={place} components={card.components} filling={{}} />
          ))}
        </div>
      )}
    </section>
  );
}

function Message({ components, filling }: Required<TemplatePreviewProps>) {
  const { words } = useWords();
  const texts = words.templates;
  const part = (kind: string) => components.find(({ type }) => type === kind);
  const header = part("HEADER");
  const body = part("BODY");
  const footer = part("FOOTER");
  const offer = part("LIMITED_TIME_OFFER")?.limited_time_offer;
  const buttons = part("BUTTONS")?.buttons ?? [];
  const Icon = headerIcons[header?.format ?? ""];
  const small = footer?.code_expiration_minutes === undefined ? footer?.text : texts.codeExpires(footer.code_expiration_minutes);
  return (
    <div className={styles.message}>
      <div className={styles.bubble}>
        {header?.format === "TEXT" && header.text && <strong className={styles.title}>{filled(header.text, { ...samplesOf(header, "header"), ...partOf(filling, "header") })}</strong>}
        {Icon && (
          <span className={styles.media}>
            <Icon size={32} strokeWidth={1.4} aria-hidden />
            <span className="visually-hidden">{texts.headerKinds[(header?.format ?? "").toLowerCase()] ?? header?.format}</span>
          </span>
        )}
        {offer && (
          <p className={styles.offer}>
            <strong>{offer.text}</strong>
            {offer.has_expiration && <span>{texts.offerCode}</span>}
          </p>
        )}
        {body && <Body body={body} filling={partOf(filling, "body")} />}
        {small && <p className={styles.footer}>{small}</p>}
      </div>
      {buttons.map((button, place) => (
        <PreviewButton key={place} button={button} />
      ))}
    </div>
  );
}

function Body({ body, filling }: { body: Component; filling: Readonly<Record<string, string>> }) {
  const { words } = useWords();
  const texts = words.templates;
  const ours = body.add_security_recommendation === undefined ? "" : `*${texts.codeText}*${body.add_security_recommendation ? ` ${texts.codeWarning}` : ""}`;
  const text = body.text === undefined ? ours : filled(body.text, { ...samplesOf(body, "body"), ...filling });
  return text.trim() === "" ? <p className={styles.footer}>{texts.previewEmpty}</p> : <FormattedText text={text} />;
}

/** What is filled in of one part, by the variable's name; what is still empty stays the sample. */
function partOf(filling: Readonly<Record<string, string>>, part: string): Record<string, string> {
  const given = Object.entries(filling).filter(([key, value]) => key.startsWith(`${part}.`) && value !== "");
  return Object.fromEntries(given.map(([key, value]) => [key.slice(part.length + 1), value]));
}

function PreviewButton({ button }: { button: ButtonComponent }) {
  const { words } = useWords();
  const Icon = buttonIcons[button.type] ?? CornerUpLeft;
  return (
    <span className={styles.button}>
      <Icon size={15} aria-hidden /> {button.text || (words.templates.buttonTypes[button.type] ?? button.type)}
    </span>
  );
}

import { EyeOff, X } from "lucide-react";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { fullTime } from "../../chat/days";
import { Avatar } from "../../design/Avatar";
import { IconButton } from "../../design/Button";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import type { Conversation } from "../api/shapes";
import { idParameter, peoplePath } from "../contacts/contactPaths";
import { ContactSheet } from "../contacts/details/ContactSheet";
import { useContact } from "../contacts/useContacts";
import styles from "./ContactPanel.module.css";
import { contactName, phoneNumber } from "./contactLabel";

interface ContactPanelProps {
  conversation: Conversation;
  onClose: () => void;
}

/** Who one writes with: the contact's record, and what only WhatsApp tells. */
export function ContactPanel({ conversation, onClose }: ContactPanelProps) {
  const { words, language } = useWords();
  const mayRead = useMay()("contacts:read");
  const { contact, contact_id: recordId, channel, last_at: lastAt } = conversation;
  const facts: [string, ReactNode][] = [
    [words.contact.businessId, contact.bsuid === null ? null : <code>{contact.bsuid}</code>],
    [words.contact.channel, <code key="channel">{channel}</code>],
    [words.contact.lastMessage, fullTime(lastAt, language)],
  ];
  return (
    <aside className={styles.panel} aria-label={words.contact.title}>
      <IconButton
        className={styles.close ?? ""}
        label={words.common.close}
        icon={<X size={18} aria-hidden />}
        onClick={onClose}
      />
      {recordId !== null && mayRead ? <Sheet id={recordId} conversation={conversation} /> : <Card conversation={conversation} />}
      {contact.wa_id === null && (
        <p className={styles.hidden}>
          <EyeOff size={15} aria-hidden />
          <span>
            <strong>{words.contact.hiddenNumber}.</strong> {words.contact.hiddenNumberWhy}
          </span>
        </p>
      )}
      <Facts facts={facts} />
    </aside>
  );
}

function Sheet({ id, conversation }: { id: string; conversation: Conversation }) {
  const navigate = useNavigate();
  const { data } = useContact(id);
  if (data === undefined) return <Card conversation={conversation} />;
  return <ContactSheet contact={data} onMoved={(to) => void navigate(to === null ? "/inbox" : `${peoplePath}?${idParameter}=${to}`)} />;
}

/** As WhatsApp tells it, until there is a record. */
function Card({ conversation: { contact } }: { conversation: Conversation }) {
  const { words } = useWords();
  const facts: [string, ReactNode][] = [
    [words.contact.number, contact.wa_id === null ? null : phoneNumber(contact.wa_id)],
    [words.contact.username, contact.username === null ? null : `@${contact.username}`],
  ];
  return (
    <>
      <div className={styles.card}>
        <Avatar name={contact.name ?? contact.username} seed={contact.id} size="l" />
        <h2>{contactName(contact, words)}</h2>
      </div>
      <Facts facts={facts} />
    </>
  );
}

function Facts({ facts }: { facts: readonly [string, ReactNode][] }) {
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== null)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

import { EyeOff, X } from "lucide-react";
import type { ReactNode } from "react";
import { fullTime } from "../../chat/days";
import { Avatar } from "../../design/Avatar";
import { IconButton } from "../../design/Button";
import { useWords } from "../../words/useWords";
import type { Conversation } from "../api/shapes";
import styles from "./ContactPanel.module.css";
import { contactName, phoneNumber } from "./contactLabel";

interface ContactPanelProps {
  conversation: Conversation;
  onClose: () => void;
}

export function ContactPanel({ conversation, onClose }: ContactPanelProps) {
  const { words, language } = useWords();
  const { contact, channel, last_at: lastAt } = conversation;
  const hidden = contact.wa_id === null;
  const facts: [string, ReactNode][] = [
    [words.contact.number, contact.wa_id === null ? null : phoneNumber(contact.wa_id)],
    [words.contact.username, contact.username === null ? null : `@${contact.username}`],
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
      <div className={styles.card}>
        <Avatar name={contact.name ?? contact.username} seed={contact.id} size="l" />
        <h2>{contactName(contact, words)}</h2>
      </div>
      {hidden && (
        <p className={styles.hidden}>
          <EyeOff size={15} aria-hidden />
          <span>
            <strong>{words.contact.hiddenNumber}.</strong> {words.contact.hiddenNumberWhy}
          </span>
        </p>
      )}
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
    </aside>
  );
}

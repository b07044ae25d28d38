import { EyeOff, Plus } from "lucide-react";
import { useId } from "react";
import { listTime } from "../chat/days";
import { previewText } from "../chat/messageLabel";
import { TickMark } from "../chat/TickMark";
import { tickFor } from "../chat/ticks";
import { Logo } from "../design/Logo";
import { useNow } from "../design/useNow";
import { dictionaries, languages } from "../words/language";
import { useWords } from "../words/useWords";
import styles from "./CustomerList.module.css";
import { Face } from "./Face";
import type { Customer } from "./shapes";

interface CustomerListProps {
  customers: Customer[];
  chosen: string | null;
  onChoose: (id: string) => void;
  onNew: () => void;
}

export function CustomerList({ customers, chosen, onChoose, onNew }: CustomerListProps) {
  const { words, language, setLanguage } = useWords();
  const now = useNow();
  return (
    <nav className={styles.pane} aria-label={words.phone.customers}>
      <header className={styles.head}>
        <Logo size={28} />
        <div>
          <h1>{words.phone.customers}</h1>
          <p>{words.phone.customersLead}</p>
        </div>
      </header>
      <ul className={styles.list}>
        {customers.map((customer) => (
          <CustomerRow
            key={customer.id}
            customer={customer}
            chosen={customer.id === chosen}
            now={now}
            onChoose={() => onChoose(customer.id)}
          />
        ))}
        <li>
          <button type="button" className={styles.add} onClick={onNew}>
            <span className={styles.plus}>
              <Plus size={20} aria-hidden />
            </span>
            {words.phone.newCustomer}
          </button>
        </li>
      </ul>
      <footer className={styles.foot}>
        {languages.map((each) => (
          <button key={each} type="button" lang={each} aria-pressed={each === language} onClick={() => setLanguage(each)}>
            {dictionaries[each].languageName}
          </button>
        ))}
      </footer>
    </nav>
  );
}

interface CustomerRowProps {
  customer: Customer;
  chosen: boolean;
  now: number;
  onChoose: () => void;
}

function CustomerRow({ customer, chosen, now, onChoose }: CustomerRowProps) {
  const { words, language } = useWords();
  const detailsId = useId();
  const { name, last, unread, wa_id: waId, avatar_color: color } = customer;
  const tick = last?.from === "customer" ? tickFor(last.status) : null;
  return (
    <li>
      {/* Named by the customer alone; what the chat holds is its description. */}
      <button
        type="button"
        className={styles.row}
        aria-label={name}
        aria-describedby={detailsId}
        aria-current={chosen ? "true" : undefined}
        onClick={onChoose}
      >
        <Face name={name} color={color} />
        <span className={styles.lines} id={detailsId}>
          <span className={styles.first}>
            <span className={styles.name}>
              {name}
              {waId === null && <EyeOff size={13} role="img" aria-label={words.phone.numberHidden} />}
            </span>
            {last && (
              <time className={unread > 0 ? styles.timeUnread : styles.time} dateTime={new Date(last.at).toISOString()}>
                {listTime(last.at, now, language, words)}
              </time>
            )}
          </span>
          <span className={styles.second}>
            {tick !== null && <TickMark tick={tick} />}
            <span className={styles.preview}>{last ? previewText(last, words) : words.phone.noMessagesYet}</span>
            {unread > 0 && (
              <span className={styles.unread} role="img" aria-label={words.phone.unread(unread)}>
                {unread}
              </span>
            )}
          </span>
        </span>
      </button>
    </li>
  );
}

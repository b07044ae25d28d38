import { ArrowDown, ArrowLeft } from "lucide-react";
import { Fragment, useEffect, useMemo, useState } from "react";
import { Bubble } from "../chat/Bubble";
import { dayLabel } from "../chat/days";
import { previewText } from "../chat/messageLabel";
import { useStickToEnd } from "../chat/stickToEnd";
import { threadRows } from "../chat/threadRows";
import { IconButton } from "../design/Button";
import { useNow } from "../design/useNow";
import { useWords } from "../words/useWords";
import styles from "./ChatScreen.module.css";
import type { PhoneMessage } from "./chatState";
import { Composer } from "./Composer";
import { Face } from "./Face";
import { Picture } from "./Picture";
import type { Business, Customer, Gesture } from "./shapes";
import { StatusBar } from "./StatusBar";

interface ChatScreenProps {
  business: Business;
  customer: Customer;
  /** Oldest first; undefined until loaded. */
  messages: PhoneMessage[] | undefined;
  typingUntil: number;
  connected: boolean;
  onSend: (text: string, key?: string) => void;
  onAct: (gesture: Gesture) => void;
  onBack: () => void;
}

/** True until the given moment. */
function useUntil(until: number): boolean {
  const [over, setOver] = useState(0);
  useEffect(() => {
    const left = until - Date.now();
    if (left <= 0) return;
    const timer = setTimeout(() => setOver(until), left);
    return () => clearTimeout(timer);
  }, [until]);
  return until > over;
}

export function ChatScreen(props: ChatScreenProps) {
  const { business, customer, messages, typingUntil, connected, onSend, onAct, onBack } = props;
  const { words, language } = useWords();
  const now = useNow();
  const typing = useUntil(typingUntil);
  const [openedAt] = useState(() => Date.now());
  const placed = useMemo(
    () => (messages ?? []).map((each) => ({ ...each, direction: each.from === "customer" ? "out" : "in" }) as const),
    [messages],
  );
  const rows = useMemo(() => threadRows(placed), [placed]);
  const byId = useMemo(() => new Map(placed.map((each) => [each.id, each])), [placed]);
  const lastKey = placed.at(-1)?.key;
  const { scroller, atEnd, jumpToEnd, onScroll } = useStickToEnd(customer.id, placed[0]?.key, typing ? `${lastKey ?? ""} typing` : lastKey);

  const quotedOf = (contextId: string | null) => {
    const quoted = contextId === null ? undefined : byId.get(contextId);
    if (!quoted) return undefined;
    return {
      name: quoted.from === "customer" ? words.common.you : business.name,
      text: previewText(quoted, words),
    };
  };

  const send = (text: string) => {
    onSend(text);
    jumpToEnd();
  };

  const subtitle = !connected ? words.phone.connecting : typing ? words.phone.typing : business.display_phone_number;
  return (
    <>
      <StatusBar now={now} />
      <header className={styles.head}>
        <IconButton
          className={styles.back ?? ""}
          label={words.phone.switchCustomer}
          icon={<ArrowLeft size={22} aria-hidden />}
          onClick={onBack}
        />
        <Face name={business.name} color={null} small />
        <div className={styles.who}>
          <h2>{business.name}</h2>
          <p className={typing && connected ? styles.active : undefined} aria-live="polite">
            {subtitle}
          </p>
        </div>
      </header>
      <div className={styles.stage}>
        <div className={styles.scroller} ref={scroller} onScroll={onScroll} tabIndex={0} role="log" aria-label={business.name}>
          <div className={styles.messages}>
            <p className={styles.note}>{words.phone.chatStart(business.name)}</p>
            {rows.map(({ message, startsDay, startsRun }) => (
              <Fragment key={message.key}>
                {startsDay && <p className={styles.day}>{dayLabel(message.at, now, language, words)}</p>}
                <Bubble
                  direction={message.direction}
                  type={message.type}
                  text={message.text}
                  at={message.at}
                  status={message.status}
                  reason={null}
                  tail={startsRun}
                  quoted={quotedOf(message.context_id)}
                  ticksOnBothSides
                  arriving={message.at > openedAt}
                  choices={message.content?.choices ?? []}
                  onChoose={({ id }) => onAct({ tap: { message_id: message.id, id } })}
                >
                  <Picture content={message.content} />
                </Bubble>
                {message.local && message.status === "failed" && (
                  <button type="button" className={styles.again} onClick={() => onSend(message.text, message.key)}>
                    {words.phone.sendFailed}
                  </button>
                )}
              </Fragment>
            ))}
            {typing && (
              <div className={styles.typing} role="status" aria-label={words.phone.typing}>
                <span />
                <span />
                <span />
              </div>
            )}
          </div>
        </div>
        {!atEnd && (
          <IconButton
            className={styles.latest ?? ""}
            label={words.phone.latest}
            icon={<ArrowDown size={20} aria-hidden />}
            onClick={jumpToEnd}
          />
        )}
      </div>
      <Composer onSend={send} onAct={onAct} />
    </>
  );
}

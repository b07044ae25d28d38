import { ArrowDown, ArrowLeft, MessageCircleOff, PanelRightClose, PanelRightOpen } from "lucide-react";
import { Fragment, useMemo, useState } from "react";
import { Link } from "react-router";
import { Bubble } from "../../chat/Bubble";
import { choicesOf } from "../../chat/choices";
import { withCorrections } from "../../chat/corrections";
import { dayLabel } from "../../chat/days";
import { previewText } from "../../chat/messageLabel";
import { useStickToEnd } from "../../chat/stickToEnd";
import { threadRows } from "../../chat/threadRows";
import { Avatar } from "../../design/Avatar";
import { Button, IconButton } from "../../design/Button";
import { Notice } from "../../design/Notice";
import { SkeletonBubbles } from "../../design/Skeleton";
import { useNow } from "../../design/useNow";
import { useReachedEnd } from "../../design/useReachedEnd";
import { useWords } from "../../words/useWords";
import { useMessages } from "../api/lists";
import type { Conversation } from "../api/shapes";
import { useMay } from "../api/me";
import { ProblemBar, ProblemNotice } from "../frame/ProblemNotice";
import { Answering } from "./Answering";
import { Composer } from "./Composer";
import { contactName, contactNumber } from "./contactLabel";
import { MessageFile, SentFile } from "./MessageFile";
import { stillPending, type Pending } from "./pending";
import styles from "./Thread.module.css";
import { useWritten } from "./useWritten";

interface ThreadProps {
  conversationId: string;
  /** Undefined while the list is loading, or when the conversation lies further down the list. */
  conversation: Conversation | undefined;
  detailsShown: boolean;
  onToggleDetails: () => void;
}

export function Thread({ conversationId, conversation, detailsShown, onToggleDetails }: ThreadProps) {
  const { words } = useWords();
  const contact = conversation?.contact;
  const mayReply = useMay()("conversations:reply");
  const { written, add } = useWritten(conversationId);
  return (
    <section className={styles.thread} aria-label={words.inbox.messages}>
      <header className={styles.head}>
        <Link to="/inbox" className={styles.back} aria-label={words.inbox.back} title={words.inbox.back}>
          <ArrowLeft size={20} aria-hidden />
        </Link>
        {contact && (
          <>
            <Avatar name={contact.name ?? contact.username} seed={conversation.contact_id ?? contact.id} size="s" />
            <div className={styles.who}>
              <h2>{contactName(contact, words)}</h2>
              <p>{contactNumber(contact, words)}</p>
            </div>
            <IconButton
              label={detailsShown ? words.inbox.hideDetails : words.inbox.showDetails}
              aria-expanded={detailsShown}
              icon={detailsShown ? <PanelRightClose size={18} aria-hidden /> : <PanelRightOpen size={18} aria-hidden />}
              onClick={onToggleDetails}
            />
          </>
        )}
      </header>
      <Messages conversationId={conversationId} known={conversation !== undefined} written={written} />
      {conversation && !conversation.blocked && <Answering conversation={conversation} />}
      {conversation && mayReply && <Composer conversation={conversation} onWritten={add} />}
    </section>
  );
}

interface MessagesProps {
  conversationId: string;
  known: boolean;
  written: readonly Pending[];
}

function Messages({ conversationId, known, written }: MessagesProps) {
  const { words, language } = useWords();
  const now = useNow();
  const list = useMessages(conversationId);
  const { items, problem } = list;
  const oldestFirst = useMemo(() => withCorrections(items?.toReversed() ?? []), [items]);
  const rows = useMemo(() => threadRows(oldestFirst), [oldestFirst]);
  const [openedAt] = useState(() => Date.now());
  const byId = useMemo(() => new Map(oldestFirst.map((each) => [each.wamid, each])), [oldestFirst]);
  const pending = useMemo(() => stillPending(written, oldestFirst), [written, oldestFirst]);
  const quotedOf = (wamid: string | null) => {
    const quoted = wamid === null ? undefined : byId.get(wamid);
    return quoted && { name: quoted.direction === "out" ? words.common.you : words.inbox.customer, text: previewText(quoted, words) };
  };
  const { scroller, atEnd, jumpToEnd, onScroll } = useStickToEnd(conversationId, oldestFirst[0]?.id, pending.at(-1)?.id ?? oldestFirst.at(-1)?.id);
  const top = useReachedEnd<HTMLDivElement>(
    list.loadMore,
    items !== undefined && list.hasMore && !list.loadingMore && list.moreProblem === null,
  );

  if (items === undefined) {
    return (
      <div className={styles.wallpaper}>
        {problem ? (
          <div className={styles.panel}>
            <ProblemNotice problem={problem} onRetry={list.retry} />
          </div>
        ) : (
          <SkeletonBubbles label={words.common.loading} />
        )}
      </div>
    );
  }
  return (
    <>
      {problem && <ProblemBar problem={problem} onRetry={list.retry} />}
      <div className={styles.stage}>
        <div className={styles.wallpaper} ref={scroller} onScroll={onScroll} tabIndex={0} role="log" aria-label={words.inbox.messages}>
          <div className={styles.messages}>
            {list.hasMore && (
              <div ref={top} className={styles.older}>
                <Button busy={list.loadingMore} onClick={list.loadMore}>
                  {words.inbox.loadOlder}
                </Button>
              </div>
            )}
            {list.moreProblem && <ProblemBar problem={list.moreProblem} onRetry={list.loadMore} />}
            {rows.map(({ message, startsDay, startsRun }) => (
              <Fragment key={message.id}>
                {startsDay && <p className={styles.day}>{dayLabel(message.at, now, language, words)}</p>}
                <Bubble
                  direction={message.direction}
                  type={message.type}
                  text={message.text}
                  at={message.at}
                  status={message.status}
                  reason={message.reason}
                  tail={startsRun}
                  arriving={message.at > openedAt}
                  corrections={message}
                  origin={message.kind}
                  choices={choicesOf(message.type, message.content)}
                  quoted={quotedOf(message.quotes)}
                >
                  {message.file && <MessageFile conversationId={conversationId} message={{ ...message, file: message.file }} />}
                  {!message.file && message.direction === "out" && <SentFile content={message.content} />}
                </Bubble>
              </Fragment>
            ))}
            {pending.map(({ id, text, at }) => (
              <Bubble key={id} direction="out" type="text" text={text} at={at} status="queued" tail arriving />
            ))}
            {rows.length === 0 && pending.length === 0 && (
              <div className={styles.panel}>
                {known ? (
                  <Notice text={words.inbox.noMessages} />
                ) : (
                  <Notice
                    icon={<MessageCircleOff size={22} aria-hidden />}
                    title={words.inbox.missingTitle}
                    text={words.inbox.missing}
                    action={{ label: words.common.retry, onClick: list.retry }}
                  />
                )}
              </div>
            )}
          </div>
        </div>
        {!atEnd && (
          <IconButton
            className={styles.latest ?? ""}
            label={words.inbox.latest}
            icon={<ArrowDown size={18} aria-hidden />}
            onClick={jumpToEnd}
          />
        )}
      </div>
    </>
  );
}

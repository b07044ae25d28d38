import { Inbox, Reply } from "lucide-react";
import { memo, useEffect, useId, useRef } from "react";
import { Link } from "react-router";
import { listTime } from "../../chat/days";
import { previewText } from "../../chat/messageLabel";
import { Avatar } from "../../design/Avatar";
import { Button } from "../../design/Button";
import { Notice } from "../../design/Notice";
import { SkeletonRows } from "../../design/Skeleton";
import { useNow } from "../../design/useNow";
import { useReachedEnd } from "../../design/useReachedEnd";
import { useWords } from "../../words/useWords";
import type { Conversation } from "../api/shapes";
import type { LiveListView } from "../api/useLiveList";
import { ProblemBar, ProblemNotice } from "../frame/ProblemNotice";
import { conversationPath } from "../paths";
import { contactName } from "./contactLabel";
import styles from "./ConversationList.module.css";

interface ConversationRowProps {
  conversation: Conversation;
  chosen: boolean;
  now: number;
}

const ConversationRow = memo(function ConversationRow({ conversation, chosen, now }: ConversationRowProps) {
  const { words, language } = useWords();
  const { id, contact, last_message: last, last_at: at } = conversation;
  const linesId = useId();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const name = contactName(contact, words);
  return (
    <li ref={row}>
      <Link
        to={conversationPath(id)}
        className={styles.row}
        aria-label={name}
        aria-describedby={linesId}
        aria-current={chosen ? "page" : undefined}
      >
        <Avatar name={contact.name ?? contact.username} seed={conversation.contact_id ?? contact.id} />
        <span className={styles.lines} id={linesId}>
          <span className={styles.first}>
            <span className={styles.name}>{name}</span>
            <time className={styles.time} dateTime={new Date(at).toISOString()}>
              {listTime(at, now, language, words)}
            </time>
          </span>
          <span className={styles.preview}>
            {last?.direction === "out" && <Reply size={14} role="img" aria-label={`${words.common.you}:`} />}
            <span>{last ? previewText(last, words) : "\u00a0"}</span>
          </span>
        </span>
      </Link>
    </li>
  );
});

interface ConversationListProps {
  list: LiveListView<Conversation>;
  chosenId: string | undefined;
  empty: { emptyTitle: string; empty: string };
}

export function ConversationList({ list, chosenId, empty }: ConversationListProps) {
  const { words } = useWords();
  const now = useNow();
  const end = useReachedEnd<HTMLDivElement>(list.loadMore, list.hasMore && !list.loadingMore && list.moreProblem === null);
  const { items, problem } = list;

  if (items === undefined) {
    if (problem) return <ProblemNotice problem={problem} onRetry={list.retry} />;
    return <SkeletonRows rows={9} label={words.common.loading} pictured />;
  }
  return (
    <>
      {problem && <ProblemBar problem={problem} onRetry={list.retry} />}
      {items.length === 0 ? (
        <Notice
          icon={<Inbox size={22} aria-hidden />}
          title={empty.emptyTitle}
          text={empty.empty}
          action={{ label: words.inbox.emptyAction, onClick: list.retry }}
        />
      ) : (
        <ul className={styles.list}>
          {items.map((conversation) => (
            <ConversationRow
              key={conversation.id}
              conversation={conversation}
              chosen={conversation.id === chosenId}
              now={now}
            />
          ))}
        </ul>
      )}
      {list.moreProblem && <ProblemBar problem={list.moreProblem} onRetry={list.loadMore} />}
      {list.hasMore && (
        <div ref={end} className={styles.more}>
          <Button look="quiet" busy={list.loadingMore} onClick={list.loadMore}>
            {words.common.loadMore}
          </Button>
        </div>
      )}
    </>
  );
}

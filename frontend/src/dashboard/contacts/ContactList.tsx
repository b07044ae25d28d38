import { SearchX, UsersRound } from "lucide-react";
import { memo, useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { Avatar } from "../../design/Avatar";
import { Button } from "../../design/Button";
import { Notice } from "../../design/Notice";
import { SkeletonRows } from "../../design/Skeleton";
import { useReachedEnd } from "../../design/useReachedEnd";
import { useWords } from "../../words/useWords";
import type { PagesView } from "../api/usePages";
import { ProblemBar, ProblemNotice } from "../frame/ProblemNotice";
import { nameOf, shownPhone } from "./contactNames";
import { importsPath } from "./contactPaths";
import type { ContactRecord } from "./contactShapes";
import styles from "./ContactList.module.css";

const shownTags = 2;

interface RowProps {
  contact: ContactRecord;
  chosen: boolean;
  onChoose: (id: string) => void;
}

const ContactRow = memo(function ContactRow({ contact, chosen, onChoose }: RowProps) {
  const { words } = useWords();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const { id, phone, email, username, tags, blocked } = contact;
  const name = nameOf(contact, words);
  const second = [phone === null ? null : shownPhone(phone), email, username === null ? null : `@${username}`].find(
    (each) => each !== null && each !== name,
  );
  const left = tags.length - shownTags;
  return (
    <li ref={row}>
      <button type="button" className={styles.row} aria-current={chosen || undefined} onClick={() => onChoose(id)}>
        <Avatar name={contact.name ?? username} seed={id} size="s" />
        <span className={styles.lines}>
          <span className={styles.name}>{name}</span>
          <span className={styles.second}>{second ?? "\u00a0"}</span>
        </span>
        <span className={styles.tags}>
          {blocked && <span data-tone="attention">{words.contacts.blockedBadge}</span>}
          {tags.slice(0, shownTags).map((tag) => (
            <span key={tag}>{tag}</span>
          ))}
          {left > 0 && <span data-more>+{left}</span>}
        </span>
      </button>
    </li>
  );
});

interface ContactListProps {
  list: PagesView<ContactRecord>;
  chosenId: string | undefined;
  /** A search or a filter is on. */
  narrowed: boolean;
  onClear: () => void;
  onChoose: (id: string) => void;
}

export function ContactList({ list, chosenId, narrowed, onClear, onChoose }: ContactListProps) {
  const { words } = useWords();
  const navigate = useNavigate();
  const { items, problem } = list;
  const end = useReachedEnd<HTMLDivElement>(list.loadMore, list.hasMore && !list.loadingMore && problem === null);

  if (items === undefined) {
    if (problem) return <ProblemNotice problem={problem} onRetry={list.retry} />;
    return <SkeletonRows rows={10} label={words.common.loading} />;
  }
  const texts = words.contacts;
  return (
    <>
      {problem && <ProblemBar problem={problem} onRetry={list.retry} />}
      {items.length === 0 && !list.hasMore ? (
        narrowed ? (
          <Notice
            icon={<SearchX size={22} aria-hidden />}
            title={texts.noneFound}
            text={texts.noneFoundLead}
            action={{ label: texts.clearFilters, onClick: onClear }}
          />
        ) : (
          <Notice
            icon={<UsersRound size={22} aria-hidden />}
            title={texts.emptyTitle}
            text={texts.empty}
            action={{ label: texts.emptyAction, onClick: () => void navigate(importsPath) }}
          />
        )
      ) : (
        <ul className={styles.list} aria-busy={list.stale}>
          {items.map((contact) => (
            <ContactRow key={contact.id} contact={contact} chosen={contact.id === chosenId} onChoose={onChoose} />
          ))}
        </ul>
      )}
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

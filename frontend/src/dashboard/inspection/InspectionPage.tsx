import { ArrowLeft, SearchCheck } from "lucide-react";
import { Link, useSearchParams } from "react-router";
import { fullTime, listTime } from "../../chat/days";
import { Button } from "../../design/Button";
import { Notice } from "../../design/Notice";
import { SkeletonRows } from "../../design/Skeleton";
import { useNow } from "../../design/useNow";
import { useWords } from "../../words/useWords";
import type { Words } from "../../words/english";
import { useInspection } from "../api/lists";
import type { InspectionEntry } from "../api/shapes";
import { ProblemBar, ProblemNotice } from "../frame/ProblemNotice";
import { entryParameter, entryPath } from "../paths";
import styles from "./InspectionPage.module.css";
import { JsonView } from "./JsonView";

function reasonLabel(reason: string, words: Words): string {
  const known = words.inspection.reasons[reason];
  if (known !== undefined) return known;
  const spaced = reason.replaceAll(/[_-]+/g, " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export function InspectionPage() {
  const { words, language } = useWords();
  const now = useNow();
  const [parameters] = useSearchParams();
  const entryId = parameters.get(entryParameter);
  const list = useInspection();
  const { items, problem } = list;
  const entry = items?.find(({ id }) => id === entryId);

  if (items === undefined && problem) return <ProblemNotice problem={problem} onRetry={list.retry} />;
  return (
    <div className={styles.page} data-open={entry !== undefined}>
      <section className={styles.list} aria-label={words.inspection.title}>
        <header className={styles.head}>
          <h1>{words.inspection.title}</h1>
          <p>{words.inspection.lead}</p>
        </header>
        <div className={styles.scroll}>
          {items === undefined && <SkeletonRows rows={6} label={words.common.loading} />}
          {items !== undefined && problem && <ProblemBar problem={problem} onRetry={list.retry} />}
          {items?.length === 0 && (
            <Notice
              icon={<SearchCheck size={22} aria-hidden />}
              title={words.inspection.emptyTitle}
              text={words.inspection.empty}
              action={{ label: words.inspection.emptyAction, onClick: list.retry }}
            />
          )}
          <ul className={styles.entries}>
            {items?.map((each) => (
              <li key={each.id}>
                <Link
                  to={entryPath(each.id)}
                  className={styles.entry}
                  aria-current={each.id === entryId ? "page" : undefined}
                >
                  <span className={styles.reason}>{reasonLabel(each.reason, words)}</span>
                  <time dateTime={new Date(each.at).toISOString()}>{listTime(each.at, now, language, words)}</time>
                  <code>{each.field || words.inspection.noField}</code>
                </Link>
              </li>
            ))}
          </ul>
          {list.moreProblem && <ProblemBar problem={list.moreProblem} onRetry={list.loadMore} />}
          {list.hasMore && (
            <div className={styles.more}>
              <Button look="quiet" busy={list.loadingMore} onClick={list.loadMore}>
                {words.common.loadMore}
              </Button>
            </div>
          )}
        </div>
      </section>
      {entry ? <EntryDetails entry={entry} /> : <p className={styles.pick}>{items?.length ? words.inspection.pick : null}</p>}
    </div>
  );
}

function EntryDetails({ entry }: { entry: InspectionEntry }) {
  const { words, language } = useWords();
  return (
    <article className={styles.details} aria-label={words.inspection.body}>
      <Link to="/inspection" className={styles.back}>
        <ArrowLeft size={16} aria-hidden /> {words.inspection.back}
      </Link>
      <dl className={styles.facts}>
        <div>
          <dt>{words.inspection.reason}</dt>
          <dd>{reasonLabel(entry.reason, words)}</dd>
        </div>
        <div>
          <dt>{words.inspection.field}</dt>
          <dd>
            <code>{entry.field || words.inspection.noField}</code>
          </dd>
        </div>
        <div>
          <dt>{words.inspection.time}</dt>
          <dd>{fullTime(entry.at, language)}</dd>
        </div>
      </dl>
      <JsonView title={words.inspection.body} value={entry.body} />
    </article>
  );
}

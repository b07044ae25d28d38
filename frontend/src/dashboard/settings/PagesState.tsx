import type { ReactNode } from "react";
import { Button } from "../../design/Button";
import { SkeletonRows } from "../../design/Skeleton";
import { useWords } from "../../words/useWords";
import type { PagesView } from "../api/usePages";
import { ProblemBar, ProblemNotice } from "../frame/ProblemNotice";
import styles from "./Settings.module.css";

interface PagesStateProps<T> {
  list: PagesView<T>;
  empty: ReactNode;
  children: (items: T[]) => ReactNode;
}

/** What every list shows while loading, when it failed, when nothing is in it, and when there is more. */
export function PagesState<T>({ list, empty, children }: PagesStateProps<T>) {
  const { words } = useWords();
  const { items, problem } = list;
  if (items === undefined) {
    if (problem) return <ProblemNotice problem={problem} onRetry={list.retry} />;
    return <SkeletonRows rows={4} label={words.common.loading} />;
  }
  return (
    <>
      {problem && <ProblemBar problem={problem} onRetry={list.retry} />}
      {items.length === 0 && !list.hasMore ? <div className={styles.empty}>{empty}</div> : children(items)}
      {list.hasMore && (
        <div className={styles.more}>
          <Button look="quiet" busy={list.loadingMore} onClick={list.loadMore}>
            {words.common.loadMore}
          </Button>
        </div>
      )}
    </>
  );
}

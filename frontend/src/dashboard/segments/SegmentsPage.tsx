import { Filter as FilterIcon, Plus } from "lucide-react";
import { useSearchParams } from "react-router";
import { Link } from "react-router";
import { Button } from "../../design/Button";
import { Notice } from "../../design/Notice";
import { SkeletonRows } from "../../design/Skeleton";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { usePages } from "../api/usePages";
import { idParameter, segmentPath, segmentsPath } from "../contacts/contactPaths";
import { ProblemBar, ProblemNotice } from "../frame/ProblemNotice";
import { useServices } from "../services";
import { SegmentEditor } from "./SegmentEditor";
import styles from "./SegmentsPage.module.css";
import { segmentsKey } from "./useSegments";

/** The id in the address of a segment that is not made yet. */
const newId = "new";

export function SegmentsPage() {
  const { words } = useWords();
  const { api } = useServices();
  const may = useMay();
  const [parameters, setParameters] = useSearchParams();
  const chosenId = parameters.get(idParameter);
  const list = usePages(segmentsKey, api.segments.list);
  const { items, problem } = list;
  const texts = words.segments;
  const chosen = items?.find(({ id }) => id === chosenId);
  const choose = (id: string | null) => setParameters(id === null ? {} : { [idParameter]: id });
  return (
    <div className={styles.segments} data-open={chosenId !== null}>
      <section className={styles.list} aria-label={words.contacts.parts.segments}>
        <p className={styles.lead}>{texts.lead}</p>
        {may("contacts:edit") && (
          <div className={styles.new}>
            <Button onClick={() => choose(newId)}>
              <Plus size={16} aria-hidden /> {texts.new}
            </Button>
          </div>
        )}
        {items === undefined && !problem && <SkeletonRows rows={4} label={words.common.loading} />}
        {items === undefined && problem && <ProblemNotice problem={problem} onRetry={list.retry} />}
        {items !== undefined && problem && <ProblemBar problem={problem} onRetry={list.retry} />}
        <ul>
          {(items ?? []).map(({ id, name }) => (
            <li key={id}>
              <Link to={segmentPath(id)} className={styles.way ?? ""} aria-current={id === chosenId ? "page" : undefined}>
                <FilterIcon size={15} aria-hidden /> <span>{name}</span>
              </Link>
            </li>
          ))}
        </ul>
        {list.hasMore && (
          <Button look="quiet" busy={list.loadingMore} onClick={list.loadMore}>
            {words.common.loadMore}
          </Button>
        )}
      </section>
      <div className={styles.work}>
        {chosenId === newId && may("contacts:edit") ? (
          <SegmentEditor key={newId} segment={null} onSaved={choose} onGone={() => choose(null)} />
        ) : chosen ? (
          <SegmentEditor key={`${chosen.id} ${chosen.revision}`} segment={chosen} onSaved={choose} onGone={() => choose(null)} />
        ) : chosenId !== null && items !== undefined && !list.hasMore ? (
          <Notice title={texts.missingTitle} text={texts.missing} action={{ label: texts.back, onClick: () => choose(null) }} />
        ) : items?.length === 0 ? (
          <Notice icon={<FilterIcon size={22} aria-hidden />} title={texts.emptyTitle} text={texts.empty} />
        ) : (
          <p className={styles.pick}>{texts.pick}</p>
        )}
      </div>
      {chosenId !== null && (
        <Link className={styles.back ?? ""} to={segmentsPath}>
          {texts.back}
        </Link>
      )}
    </div>
  );
}

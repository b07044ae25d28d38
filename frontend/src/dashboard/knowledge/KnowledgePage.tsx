import { BookOpen, Plus } from "lucide-react";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { Button } from "../../design/Button";
import { Notice } from "../../design/Notice";
import { SkeletonRows } from "../../design/Skeleton";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { ProblemNotice } from "../frame/ProblemNotice";
import { knowledgeParameter, knowledgePath } from "../paths";
import list from "../segments/SegmentsPage.module.css";
import { BaseView } from "./BaseView";
import { NewBaseDialog } from "./NewBaseDialog";
import { useBases } from "./useBases";

/** The knowledge bases beside the one that is looked at. */
export function KnowledgePage() {
  const { words } = useWords();
  const may = useMay();
  const [parameters, setParameters] = useSearchParams();
  const chosenId = parameters.get(knowledgeParameter);
  const { bases, problem, retry, again } = useBases();
  const [adding, setAdding] = useState(false);
  const texts = words.knowledge;
  const chosen = bases?.find(({ id }) => id === chosenId);
  const choose = (id: string | null) => setParameters(id === null ? {} : { [knowledgeParameter]: id });
  return (
    <div className={list.segments} data-open={chosenId !== null}>
      <section className={list.list} aria-label={words.frame.knowledge}>
        <p className={list.lead}>{texts.lead}</p>
        {may("knowledge:edit") && (
          <div className={list.new}>
            <Button onClick={() => setAdding(true)}>
              <Plus size={16} aria-hidden /> {texts.add}
            </Button>
          </div>
        )}
        {bases === undefined && !problem && <SkeletonRows rows={4} label={words.common.loading} />}
        {problem && <ProblemNotice problem={problem} onRetry={retry} />}
        <ul>
          {(bases ?? []).map(({ id, name }) => (
            <li key={id}>
              <Link to={knowledgePath(id)} className={list.way ?? ""} aria-current={id === chosenId ? "page" : undefined}>
                <BookOpen size={15} aria-hidden /> <span>{name}</span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <div className={list.work}>
        {chosen ? (
          <BaseView key={chosen.id} base={chosen} onChanged={again} onGone={() => choose(null)} />
        ) : chosenId !== null && bases !== undefined ? (
          <Notice title={texts.missingTitle} text={texts.missing} action={{ label: texts.back, onClick: () => choose(null) }} />
        ) : bases?.length === 0 ? (
          <Notice icon={<BookOpen size={22} aria-hidden />} title={texts.emptyTitle} text={texts.empty} />
        ) : (
          <p className={list.pick}>{texts.pick}</p>
        )}
      </div>
      {chosenId !== null && (
        <Link className={list.back ?? ""} to="/knowledge">
          {texts.back}
        </Link>
      )}
      {adding && (
        <NewBaseDialog
          onClose={() => setAdding(false)}
          onMade={(id) => {
            setAdding(false);
            choose(id);
          }}
        />
      )}
    </div>
  );
}

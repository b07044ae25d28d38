import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { locales } from "../../../chat/days";
import { ProgressBar } from "../../../design/ProgressBar";
import { SkeletonRows } from "../../../design/Skeleton";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { ProblemNotice } from "../../frame/ProblemNotice";
import { knowledgePath } from "../../paths";
import { useServices } from "../../services";
import knowledge from "../Knowledge.module.css";
import type { KnowledgeBase } from "../knowledgeCalls";
import { AskedList } from "./AskedList";
import styles from "./Evaluation.module.css";
import { isUnderWay } from "./evaluationShapes";
import { filtered, filters, type Filter } from "./filters";
import { TotalsList } from "./TotalsList";

const everyMs = 1500;

/** One evaluation: what it adds up to, and every question of it. */
export function EvaluationView({ base, id }: { base: KnowledgeBase; id: string }) {
  const { words, language } = useWords();
  const { api } = useServices();
  const [filter, setFilter] = useState<Filter>("all");
  const texts = words.evaluation;
  const one = useQuery({
    queryKey: ["evaluation", base.id, id],
    queryFn: ({ signal }) => api.evaluations.get(base.id, id, signal),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? everyMs : false),
  });
  const evaluation = one.data;
  // All questions are read anew ten times while they are judged, not for each of them.
  const tenth = evaluation ? Math.floor((10 * evaluation.judged) / (evaluation.total || 1)) : 0;
  const questions = useQuery({
    queryKey: ["evaluated-questions", base.id, id, tenth, evaluation?.state],
    queryFn: ({ signal }) => api.evaluations.questions(base.id, id, signal),
    enabled: evaluation !== undefined,
    placeholderData: (before) => before,
  });
  const items = questions.data?.items ?? [];
  const k = evaluation?.settings.passages ?? 0;
  const problem = one.error ?? questions.error;
  return (
    <div className={knowledge.part}>
      <Link className={styles.back ?? ""} to={knowledgePath(base.id)}>
        <ArrowLeft size={16} aria-hidden /> {texts.allEvaluations}
      </Link>
      {!evaluation && !problem && <SkeletonRows rows={5} label={words.common.loading} />}
      {problem && <ProblemNotice problem={asProblem(problem)} onRetry={() => void (one.error ? one.refetch() : questions.refetch())} />}
      {evaluation && (
        <>
          <h2 className={styles.title}>{evaluation.note || texts.one}</h2>
          <p className={knowledge.quiet}>
            {new Date(evaluation.created_at).toLocaleString(locales[language], { dateStyle: "medium", timeStyle: "short" })}
            {" · "}
            {evaluation.is_current ? texts.isCurrent : texts.isOld}
            {" · "}
            {texts.pinned(Math.round(evaluation.settings.threshold * 100), Math.round(evaluation.settings.weight_of_meaning * 100), k)}
            {evaluation.settings.rerank && `, ${texts.reranked}`}
            {" · "}
            {texts.models(evaluation.models.chat, evaluation.models.judge)}
          </p>
          {isUnderWay(evaluation) && (
            <ProgressBar
              label={texts.one}
              done={evaluation.judged}
              total={evaluation.total || null}
              text={evaluation.total ? texts.progress(evaluation.judged, evaluation.total) : texts.queued}
            />
          )}
          {evaluation.totals && (
            <>
              <TotalsList totals={evaluation.totals} />
              <p className={knowledge.figures}>
                {texts.spent(evaluation.totals.tokens, evaluation.totals.mean_milliseconds ?? 0)}
                {evaluation.totals.usd !== null && ` · USD ${evaluation.totals.usd.toFixed(4)}`}
                {evaluation.totals.not_judged > 0 && ` · ${texts.notJudged(evaluation.totals.not_judged)}`}
                {evaluation.totals.failed > 0 && ` · ${texts.failed(evaluation.totals.failed)}`}
              </p>
            </>
          )}
          <div className={styles.filters} role="group" aria-label={texts.filter}>
            {filters.map((each) => (
              <button key={each} type="button" className={styles.filter} aria-pressed={each === filter} onClick={() => setFilter(each)}>
                {texts.filters[each]} <small>{filtered(items, each, k).length}</small>
              </button>
            ))}
          </div>
          <AskedList base={base} id={id} k={k} items={filtered(items, filter, k)} />
        </>
      )}
    </div>
  );
}

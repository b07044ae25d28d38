import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { locales } from "../../../chat/days";
import { SkeletonRows } from "../../../design/Skeleton";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { ProblemNotice } from "../../frame/ProblemNotice";
import { evaluationPath, knowledgePath } from "../../paths";
import { useServices } from "../../services";
import knowledge from "../Knowledge.module.css";
import type { KnowledgeBase } from "../knowledgeCalls";
import styles from "./Evaluation.module.css";
import { changes, type Comparison, type ComparedQuestion, type Evaluation } from "./evaluationShapes";
import { QuestionView } from "./QuestionView";
import { TotalsList } from "./TotalsList";
import { VerdictTags } from "./VerdictTags";

interface ComparisonViewProps {
  base: KnowledgeBase;
  before: string;
  after: string;
}

/** Two evaluations side by side: what differs between them, and what it made of the questions. */
export function ComparisonView({ base, before, after }: ComparisonViewProps) {
  const { words } = useWords();
  const { api } = useServices();
  const texts = words.evaluation;
  const query = useQuery({
    queryKey: ["evaluations-compared", base.id, before, after],
    queryFn: ({ signal }) => api.evaluations.compare(base.id, before, after, signal),
  });
  return (
    <div className={knowledge.part}>
      <Link className={styles.back ?? ""} to={knowledgePath(base.id)}>
        <ArrowLeft size={16} aria-hidden /> {texts.allEvaluations}
      </Link>
      {!query.data && !query.error && <SkeletonRows rows={5} label={words.common.loading} />}
      {query.error && <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {query.data && <Whole base={base} comparison={query.data} />}
    </div>
  );
}

function Whole({ base, comparison }: { base: KnowledgeBase; comparison: Comparison }) {
  const { words } = useWords();
  const [filter, setFilter] = useState<"all" | ComparedQuestion["change"]>("all");
  const [open, setOpen] = useState<string | null>(null);
  const texts = words.evaluation;
  const { before, after } = comparison;
  const settings = Object.entries(comparison.changed_settings);
  const items = comparison.items.filter(({ change }) => filter === "all" || change === filter);
  const numberOf = (one: string) => comparison.items.filter(({ change }) => one === "all" || change === one).length;
  return (
    <>
      <h2 className={styles.title}>{texts.comparison}</h2>
      <p>
        <Named base={base} evaluation={before} /> → <Named base={base} evaluation={after} />
      </p>
      <ul className={styles.differing}>
        {settings.map(([name, [one, other]]) => (
          <li key={name}>
            {texts.settings[name] ?? name}: <b>{told(one)}</b> → <b>{told(other)}</b>
          </li>
        ))}
        {settings.length === 0 && <li>{texts.sameSettings}</li>}
        <li>{texts.changedDocuments(comparison.changed_documents)}</li>
      </ul>
      {after.totals && <TotalsList totals={after.totals} before={before.totals} differences={comparison.differences} />}
      <div className={styles.filters} role="group" aria-label={texts.filter}>
        {(["all", ...changes] as const).map((one) => (
          <button key={one} type="button" className={styles.filter} aria-pressed={one === filter} onClick={() => setFilter(one)}>
            {texts.changes[one]} <small>{numberOf(one)}</small>
          </button>
        ))}
      </div>
      {items.length === 0 && <p className={knowledge.nothing}>{texts.noneOfKind}</p>}
      <ul className={knowledge.documents}>
        {items.map((one) => {
          const key = `${one.before_number} ${one.after_number}`;
          return (
            <li key={key} className={styles.item}>
              <button type="button" className={styles.line} aria-expanded={open === key} onClick={() => setOpen(open === key ? null : key)}>
                <span className={styles.change} data-change={one.change}>
                  {texts.changes[one.change]}
                </span>
                <span className={styles.question}>{one.question}</span>
                <span className={styles.both}>
                  <VerdictTags verdict={one.before} k={before.settings.passages} />
                  <span aria-hidden>→</span>
                  <VerdictTags verdict={one.after} k={after.settings.passages} />
                </span>
              </button>
              {open === key && (
                <div className={styles.sides}>
                  {one.before_number !== null && <QuestionView base={base} id={before.id} number={one.before_number} />}
                  {one.after_number !== null && <QuestionView base={base} id={after.id} number={one.after_number} />}
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Named({ base, evaluation }: { base: KnowledgeBase; evaluation: Evaluation }) {
  const { language } = useWords();
  const when = new Date(evaluation.created_at).toLocaleString(locales[language], { dateStyle: "medium", timeStyle: "short" });
  return <Link to={evaluationPath(base.id, evaluation.id)}>{evaluation.note || when}</Link>;
}

function told(value: unknown): string {
  return typeof value === "string" ? value || "–" : value === null ? "–" : JSON.stringify(value);
}

import { useQuery } from "@tanstack/react-query";
import { FormattedText } from "../../../chat/FormattedText";
import { SkeletonRows } from "../../../design/Skeleton";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { ProblemNotice } from "../../frame/ProblemNotice";
import { useServices } from "../../services";
import knowledge from "../Knowledge.module.css";
import type { KnowledgeBase } from "../knowledgeCalls";
import styles from "./Evaluation.module.css";
import type { AskedWhole } from "./evaluationShapes";

/** One question whole: what was right, what was answered, what the judge said, what was found. */
export function QuestionView({ base, id, number }: { base: KnowledgeBase; id: string; number: number }) {
  const { words } = useWords();
  const { api } = useServices();
  const query = useQuery({
    queryKey: ["evaluated-question", base.id, id, number],
    queryFn: ({ signal }) => api.evaluations.question(base.id, id, number, signal),
  });
  if (query.error) return <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={2} label={words.common.loading} />;
  return <Whole asked={query.data} />;
}

function Whole({ asked }: { asked: AskedWhole }) {
  const { words } = useWords();
  const texts = words.evaluation;
  const { verdict } = asked;
  const note = verdict?.correctness_note ?? "";
  const expected = asked.is_unanswerable ? [texts.unanswerable] : [asked.expected_answer, asked.document, asked.passage && `“${asked.passage}”`];
  return (
    <div className={styles.whole}>
      <dl className={styles.facts}>
        <dt>{texts.expected}</dt>
        <dd>{expected.filter((text) => text !== "").join(" · ")}</dd>
        <dt>{words.knowledge.answer}</dt>
        <dd>
          {asked.answer !== "" ? (
            <FormattedText text={asked.answer} />
          ) : (
            (words.knowledge.refused[verdict?.reason ?? ""] ?? words.knowledge.outcomes[verdict?.outcome ?? ""] ?? texts.waits)
          )}
        </dd>
        {note !== "" && (
          <>
            <dt>{texts.judge}</dt>
            <dd>{texts.notes[note] ?? note}</dd>
          </>
        )}
        {asked.unsupported.length > 0 && (
          <>
            <dt>{texts.unsupported}</dt>
            <dd>
              <ul className={styles.unsupported}>
                {asked.unsupported.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      {asked.passages.length > 0 && (
        <>
          <h3>{words.knowledge.passages}</h3>
          <ol className={styles.found}>
            {asked.passages.map((one) => (
              <li key={`${one.document_id} ${one.chunk_no}`} data-used={one.used}>
                <p className={knowledge.place}>
                  {one.cited !== null && <b>[{one.cited}]</b>} {one.title}
                  {one.page !== null && ` · ${words.knowledge.page(one.page)}`}
                  <span className={knowledge.tag}>{Math.round(one.relevance * 100)}</span>
                </p>
                <p className={knowledge.text}>{one.text ?? texts.textGone}</p>
              </li>
            ))}
          </ol>
        </>
      )}
      {verdict && (
        <p className={knowledge.figures}>
          {texts.spent(verdict.tokens, verdict.milliseconds)}
          {verdict.usd !== null && ` · USD ${verdict.usd.toFixed(6)}`}
        </p>
      )}
    </div>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Play, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { locales } from "../../../chat/days";
import { Button } from "../../../design/Button";
import { Failure } from "../../../design/Failure";
import { ProgressBar } from "../../../design/ProgressBar";
import { SkeletonRows } from "../../../design/Skeleton";
import { useWords } from "../../../words/useWords";
import { useMay } from "../../api/me";
import { asProblem } from "../../api/problem";
import { problemText, useAct } from "../../api/useAct";
import { ProblemNotice } from "../../frame/ProblemNotice";
import { evaluationPath } from "../../paths";
import { useServices } from "../../services";
import knowledge from "../Knowledge.module.css";
import type { KnowledgeBase } from "../knowledgeCalls";
import styles from "./Evaluation.module.css";
import { isUnderWay, type Evaluation } from "./evaluationShapes";
import { percent } from "./filters";
import { TryDialog } from "./TryDialog";

const everyMs = 1500;

/** What was evaluated, newest first; two of them can be compared. */
export function Evaluations({ base }: { base: KnowledgeBase }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const navigate = useNavigate();
  const may = useMay();
  const act = useAct();
  const [trying, setTrying] = useState(false);
  const [chosen, setChosen] = useState<string[]>([]);
  const texts = words.evaluation;
  const key = ["evaluations", base.id];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.evaluations.list(base.id, signal),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? everyMs : false),
  });
  const items = query.data?.items;
  const again = () => client.invalidateQueries({ queryKey: key });
  const choose = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-2));
  const compare = () => {
    // The older one first: a change is from then to now.
    const [after, before] = (items ?? []).filter(({ id }) => chosen.includes(id));
    if (before && after) void navigate(evaluationPath(base.id, before.id, after.id));
  };
  return (
    <section className={styles.section} aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p className={knowledge.quiet}>{texts.lead}</p>
      {may("knowledge:edit") && (
        <div className={knowledge.actions}>
          <Button
            look="primary"
            busy={act.busy}
            onClick={() =>
              act.run(async () => {
                await api.evaluations.start(base.id, "", null);
                await again();
              })
            }
          >
            <Play size={16} aria-hidden /> {texts.start}
          </Button>
          <Button onClick={() => setTrying(true)}>
            <SlidersHorizontal size={16} aria-hidden /> {texts.trySettings}
          </Button>
          {chosen.length === 2 && <Button onClick={compare}>{texts.compare}</Button>}
        </div>
      )}
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      {items === undefined && !query.error && <SkeletonRows rows={2} label={words.common.loading} />}
      {items === undefined && query.error && <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {items?.length === 0 && <p className={knowledge.nothing}>{texts.none}</p>}
      <ul className={knowledge.documents}>
        {(items ?? []).map((one) => (
          <Line
            key={one.id}
            base={base}
            evaluation={one}
            chosen={chosen.includes(one.id)}
            onChoose={() => choose(one.id)}
            onCancel={() =>
              act.run(async () => {
                await api.evaluations.cancel(base.id, one.id);
                await again();
              })
            }
          />
        ))}
      </ul>
      {trying && (
        <TryDialog
          base={base}
          onClose={() => setTrying(false)}
          onStarted={async () => {
            setTrying(false);
            await again();
          }}
        />
      )}
    </section>
  );
}

interface LineProps {
  base: KnowledgeBase;
  evaluation: Evaluation;
  chosen: boolean;
  onChoose: () => void;
  onCancel: () => void;
}

function Line({ base, evaluation, chosen, onChoose, onCancel }: LineProps) {
  const { words, language } = useWords();
  const may = useMay();
  const texts = words.evaluation;
  const { id, totals, total, judged, note, created_at: at } = evaluation;
  const when = new Date(at).toLocaleString(locales[language], { dateStyle: "medium", timeStyle: "short" });
  return (
    <li className={styles.run}>
      {!isUnderWay(evaluation) && (
        <input type="checkbox" className={styles.choose} aria-label={texts.choose(when)} checked={chosen} onChange={onChoose} />
      )}
      <div className={styles.asked}>
        <span>
          <Link to={evaluationPath(base.id, id)}>{note || when}</Link>
          {note && <span className={knowledge.quiet}> {when}</span>}
          {evaluation.is_current && <span className={knowledge.tag}>{texts.current}</span>}
          {evaluation.state === "cancelled" && <span className={knowledge.tag}>{texts.cancelled}</span>}
        </span>
        {isUnderWay(evaluation) ? (
          <ProgressBar label={note || when} done={judged} total={total || null} text={total ? texts.progress(judged, total) : texts.queued} />
        ) : (
          totals && (
            <span className={knowledge.figures}>
              {texts.line(percent(totals.correctness), percent(totals.faithfulness), percent(totals.hit_rate), totals.questions)}
            </span>
          )
        )}
      </div>
      {isUnderWay(evaluation) && may("knowledge:edit") && (
        <Button look="quiet" onClick={onCancel}>
          {texts.cancel}
        </Button>
      )}
    </li>
  );
}

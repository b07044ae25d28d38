import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, FileUp, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../../../design/Button";
import { Failure } from "../../../design/Failure";
import { SkeletonRows } from "../../../design/Skeleton";
import { useWords } from "../../../words/useWords";
import { useMay } from "../../api/me";
import { asProblem } from "../../api/problem";
import { problemText, useAct } from "../../api/useAct";
import { ProblemNotice } from "../../frame/ProblemNotice";
import { useServices } from "../../services";
import knowledge from "../Knowledge.module.css";
import type { KnowledgeBase } from "../knowledgeCalls";
import styles from "./Evaluation.module.css";
import type { GoldenQuestion } from "./evaluationShapes";
import { GoldenDialog } from "./GoldenDialog";
import { ImportDialog } from "./ImportDialog";
import { saveCsv } from "./saveCsv";

const shownAtFirst = 8;

/** The questions whose right answers are known: typed, or brought as CSV. */
export function GoldenSet({ base }: { base: KnowledgeBase }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const may = useMay();
  const act = useAct();
  const [open, setOpen] = useState<"new" | "import" | GoldenQuestion | null>(null);
  const [whole, setWhole] = useState(false);
  const texts = words.evaluation;
  const key = ["golden-questions", base.id];
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => api.evaluations.golden(base.id, signal) });
  const questions = query.data;
  const shown = whole ? questions : questions?.slice(0, shownAtFirst);
  const close = async () => {
    setOpen(null);
    await client.invalidateQueries({ queryKey: key });
  };
  const remove = ({ id }: GoldenQuestion) =>
    act.run(async () => {
      await api.evaluations.removeGolden(base.id, id);
      await client.invalidateQueries({ queryKey: key });
    });
  return (
    <section className={styles.section} aria-label={texts.golden}>
      <h2>
        {texts.golden} {questions && questions.length > 0 && <small>{questions.length}</small>}
      </h2>
      <p className={knowledge.quiet}>{texts.goldenLead}</p>
      <div className={knowledge.actions}>
        {may("knowledge:edit") && (
          <>
            <Button onClick={() => setOpen("new")}>
              <Plus size={16} aria-hidden /> {texts.add}
            </Button>
            <Button onClick={() => setOpen("import")}>
              <FileUp size={16} aria-hidden /> {texts.importCsv}
            </Button>
          </>
        )}
        {questions && questions.length > 0 && (
          <Button look="quiet" onClick={() => act.run(async () => saveCsv(base.name, (await api.evaluations.exportGolden(base.id)).csv))}>
            <Download size={16} aria-hidden /> {texts.exportCsv}
          </Button>
        )}
      </div>
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      {questions === undefined && !query.error && <SkeletonRows rows={3} label={words.common.loading} />}
      {questions === undefined && query.error && <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {questions?.length === 0 && <p className={knowledge.nothing}>{texts.noQuestions}</p>}
      <ul className={knowledge.documents}>
        {(shown ?? []).map((one) => (
          <li key={one.id} className={styles.golden}>
            <div className={styles.asked}>
              <strong>{one.question}</strong>
              <span className={knowledge.quiet}>{expected(one, texts)}</span>
            </div>
            {may("knowledge:edit") && (
              <span className={styles.buttons}>
                <IconButton label={texts.edit(one.question)} icon={<Pencil size={16} aria-hidden />} onClick={() => setOpen(one)} />
                <IconButton label={texts.remove(one.question)} icon={<Trash2 size={16} aria-hidden />} onClick={() => remove(one)} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {questions && questions.length > shownAtFirst && !whole && (
        <Button look="quiet" onClick={() => setWhole(true)}>
          {texts.showAll(questions.length)}
        </Button>
      )}
      {open === "import" && <ImportDialog base={base} onClose={() => setOpen(null)} onDone={close} />}
      {open !== null && open !== "import" && (
        <GoldenDialog base={base} before={open === "new" ? null : open} onClose={() => setOpen(null)} onDone={close} />
      )}
    </section>
  );
}

function expected(one: GoldenQuestion, texts: { unanswerable: string }): string {
  if (one.is_unanswerable) return texts.unanswerable;
  return [one.answer, one.document, one.passage && `“${one.passage}”`].filter((text) => text !== "").join(" · ");
}

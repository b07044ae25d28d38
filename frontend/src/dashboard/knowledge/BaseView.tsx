import { useState } from "react";
import { useSearchParams } from "react-router";
import { Button } from "../../design/Button";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { useAct } from "../api/useAct";
import { evaluationParameter } from "../paths";
import { useServices } from "../services";
import { Documents } from "./Documents";
import { EvaluationPart } from "./evaluation/EvaluationPart";
import styles from "./Knowledge.module.css";
import type { KnowledgeBase } from "./knowledgeCalls";
import { Playground } from "./Playground";

const parts = ["documents", "playground", "evaluation"] as const;

interface BaseViewProps {
  base: KnowledgeBase;
  onChanged: () => Promise<void>;
  onGone: () => void;
}

/** One knowledge base: what is in it, what it answers, and how well. */
export function BaseView({ base, onChanged, onGone }: BaseViewProps) {
  const { words } = useWords();
  const { api } = useServices();
  const may = useMay();
  const act = useAct();
  const [parameters] = useSearchParams();
  const [part, setPart] = useState<(typeof parts)[number]>(parameters.has(evaluationParameter) ? "evaluation" : "documents");
  const texts = words.knowledge;
  const remove = () => {
    if (!confirm(texts.removeBaseAsk(base.name))) return;
    act.run(async () => {
      await api.knowledge.remove(base.id);
      onGone();
      await onChanged();
    });
  };
  return (
    <section className={styles.base} aria-label={base.name}>
      <header className={styles.head}>
        <h1>{base.name}</h1>
        {may("knowledge:edit") && (
          <Button look="quiet" busy={act.busy} onClick={remove}>
            {texts.removeBase}
          </Button>
        )}
      </header>
      <div className={styles.tabs} role="tablist" aria-label={base.name}>
        {parts.map((one) => (
          <button key={one} type="button" role="tab" aria-selected={one === part} className={styles.tab} onClick={() => setPart(one)}>
            {texts.parts[one]}
          </button>
        ))}
      </div>
      {part === "documents" && <Documents base={base} />}
      {part === "playground" && <Playground base={base} onChanged={onChanged} />}
      {part === "evaluation" && <EvaluationPart base={base} onChanged={onChanged} />}
    </section>
  );
}

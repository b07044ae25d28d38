import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useWords } from "../../../words/useWords";
import knowledge from "../Knowledge.module.css";
import type { KnowledgeBase } from "../knowledgeCalls";
import styles from "./Evaluation.module.css";
import type { Asked } from "./evaluationShapes";
import { QuestionView } from "./QuestionView";
import { VerdictTags } from "./VerdictTags";

interface AskedListProps {
  base: KnowledgeBase;
  /** Of the evaluation. */
  id: string;
  k: number;
  items: Asked[];
}

/** Questions with what became of them; each opens. */
export function AskedList({ base, id, k, items }: AskedListProps) {
  const { words } = useWords();
  const [open, setOpen] = useState<number | null>(null);
  if (items.length === 0) return <p className={knowledge.nothing}>{words.evaluation.noneOfKind}</p>;
  return (
    <ul className={knowledge.documents}>
      {items.map(({ number, question, verdict }) => (
        <li key={number} className={styles.item}>
          <button type="button" className={styles.line} aria-expanded={open === number} onClick={() => setOpen(open === number ? null : number)}>
            {open === number ? <ChevronDown size={16} aria-hidden /> : <ChevronRight size={16} aria-hidden />}
            <span className={styles.question}>{question}</span>
            <VerdictTags verdict={verdict} k={k} />
          </button>
          {open === number && <QuestionView base={base} id={id} number={number} />}
        </li>
      ))}
    </ul>
  );
}

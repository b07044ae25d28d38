import { useQuery } from "@tanstack/react-query";
import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useWords } from "../../../words/useWords";
import { useServices } from "../../services";
import knowledge from "../Knowledge.module.css";
import type { KnowledgeBase } from "../knowledgeCalls";
import styles from "./Evaluation.module.css";

/** What customers said when a flow asked them whether an answer helped; nothing until one has. */
export function CustomerThumbs({ base }: { base: KnowledgeBase }) {
  const { words } = useWords();
  const { api } = useServices();
  const query = useQuery({ queryKey: ["thumbs", base.id], queryFn: ({ signal }) => api.knowledge.thumbs(base.id, signal) });
  const texts = words.evaluation;
  if (!query.data || query.data.up + query.data.down === 0) return null;
  return (
    <section className={styles.section} aria-label={texts.customers}>
      <h2>{texts.customers}</h2>
      <p className={knowledge.quiet}>{texts.customersLead}</p>
      <p className={styles.thumbs}>
        <span>
          <ThumbsUp size={16} aria-hidden /> {texts.helped(query.data.up)}
        </span>
        <span>
          <ThumbsDown size={16} aria-hidden /> {texts.helpedNot(query.data.down)}
        </span>
      </p>
    </section>
  );
}

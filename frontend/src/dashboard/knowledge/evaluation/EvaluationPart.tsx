import { useSearchParams } from "react-router";
import { comparedParameter, evaluationParameter } from "../../paths";
import type { KnowledgeBase } from "../knowledgeCalls";
import { ComparisonView } from "./ComparisonView";
import { CustomerThumbs } from "./CustomerThumbs";
import styles from "./Evaluation.module.css";
import { EvaluationView } from "./EvaluationView";
import { GateSetting } from "./GateSetting";
import { GoldenSet } from "./GoldenSet";
import { Evaluations } from "./Evaluations";

interface EvaluationPartProps {
  base: KnowledgeBase;
  onChanged: () => Promise<void>;
}

/** Whether answers are right: what is asked, what became of it, and what publishing asks for. */
export function EvaluationPart({ base, onChanged }: EvaluationPartProps) {
  const [parameters] = useSearchParams();
  const id = parameters.get(evaluationParameter);
  const other = parameters.get(comparedParameter);
  if (id !== null && other !== null) return <ComparisonView base={base} before={id} after={other} />;
  if (id !== null) return <EvaluationView base={base} id={id} />;
  return (
    <div className={styles.sections}>
      <Evaluations base={base} />
      <CustomerThumbs base={base} />
      <GoldenSet base={base} />
      <GateSetting base={base} onChanged={onChanged} />
    </div>
  );
}

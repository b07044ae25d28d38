import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { Link } from "react-router";
import { useWords } from "../../../words/useWords";
import { evaluationPath, knowledgePath } from "../../paths";
import type { Findings } from "../editor/useFindings";
import { nameOf } from "../kinds/kinds";
import type { StoredFlow, StoredNode } from "../model/storedFlow";
import styles from "./FindingsPanel.module.css";
import { findingText } from "./findingText";

interface FindingsPanelProps {
  findings: Findings;
  flow: StoredFlow;
  onGo: (id: string) => void;
}

/** What stands in the way of publishing, and what to look at; each leads to its step. */
export function FindingsPanel({ findings, flow, onGo }: FindingsPanelProps) {
  const { words } = useWords();
  const texts = words.flows.findings;
  const { all, old } = findings;
  const sorted = [...(all ?? [])].sort((a, b) => a.level.localeCompare(b.level));
  return (
    <div className={styles.panel} aria-busy={old}>
      <h2>{words.flows.panels.findings}</h2>
      {all === null && <p className={styles.quiet}>{words.flows.bar.checking}</p>}
      {all?.length === 0 && (
        <p className={styles.good}>
          <CircleCheck size={18} aria-hidden /> {texts.none}
        </p>
      )}
      <ul>
        {sorted.map((finding, index) => {
          const step = flow.nodes.find(({ id }) => id === finding.node_id);
          return (
            <li key={index}>
              <button type="button" className={styles.finding} disabled={!step} onClick={() => step && onGo(step.id)}>
                {finding.level === "error" ? (
                  <CircleAlert size={16} className={styles.error} aria-label={texts.error} />
                ) : (
                  <TriangleAlert size={16} className={styles.warning} aria-label={texts.warning} />
                )}
                <span>
                  <strong>{step ? nameOf(step, words) : texts.flow}</strong>
                  {findingText(finding, words, step)}
                </span>
              </button>
              {finding.code === "evaluation_needed" && step && <EvaluationLink step={step} about={finding.about ?? null} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Where the evaluation is that stands in the way, or where one is made. */
function EvaluationLink({ step, about }: { step: StoredNode; about: string | null }) {
  const { words } = useWords();
  const base = step.data["knowledge_base"];
  if (typeof base !== "string") return null;
  return (
    <Link className={styles.link ?? ""} to={about === null ? knowledgePath(base) : evaluationPath(base, about)}>
      {words.evaluation.see}
    </Link>
  );
}

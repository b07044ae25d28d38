import { useState } from "react";
import { Button } from "../../../design/Button";
import { Failure } from "../../../design/Failure";
import { useWords } from "../../../words/useWords";
import { useMay } from "../../api/me";
import { problemText, useAct } from "../../api/useAct";
import { useServices } from "../../services";
import { Dial } from "../Dial";
import knowledge from "../Knowledge.module.css";
import type { KnowledgeBase } from "../knowledgeCalls";
import styles from "./Evaluation.module.css";
import type { Gate } from "./evaluationShapes";

interface GateSettingProps {
  base: KnowledgeBase;
  onChanged: () => Promise<void>;
}

/** What publishing a flow that uses the knowledge base asks of it. */
export function GateSetting({ base, onChanged }: GateSettingProps) {
  const { words } = useWords();
  const { api } = useServices();
  const may = useMay();
  const act = useAct();
  const [gate, setGate] = useState<Gate>(base.gate);
  const texts = words.evaluation;
  const isChanged = JSON.stringify(gate) !== JSON.stringify(base.gate);
  const save = () =>
    act.run(async () => {
      await api.evaluations.setGate(base, gate);
      await onChanged();
    });
  return (
    <section className={styles.section} aria-label={texts.gate}>
      <h2>{texts.gate}</h2>
      <p className={knowledge.quiet}>{texts.gateLead}</p>
      <label className={styles.check}>
        <input
          type="checkbox"
          disabled={!may("knowledge:edit")}
          checked={gate.is_on}
          onChange={({ target }) => setGate({ ...gate, is_on: target.checked })}
        />
        {texts.gateOn}
      </label>
      {gate.is_on && (
        <fieldset className={knowledge.dials} disabled={!may("knowledge:edit")}>
          <Dial
            label={texts.gateCorrectness}
            hint={texts.gateCorrectnessHint}
            value={gate.correctness}
            onChange={(correctness) => setGate({ ...gate, correctness })}
          />
          <Dial
            label={texts.gateFaithfulness}
            hint={texts.gateFaithfulnessHint}
            value={gate.faithfulness}
            onChange={(faithfulness) => setGate({ ...gate, faithfulness })}
          />
        </fieldset>
      )}
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      {isChanged && (
        <div className={knowledge.actions}>
          <Button look="primary" busy={act.busy} onClick={save}>
            {texts.save}
          </Button>
          <Button look="quiet" onClick={() => setGate(base.gate)}>
            {words.knowledge.undo}
          </Button>
        </div>
      )}
    </section>
  );
}

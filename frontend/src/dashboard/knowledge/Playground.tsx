import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useState } from "react";
import { FormattedText } from "../../chat/FormattedText";
import { Button, IconButton } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { TextField } from "../../design/Field";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { problemText, useAct } from "../api/useAct";
import { useServices } from "../services";
import { AnswerSettings } from "./AnswerSettings";
import { Dial } from "./Dial";
import styles from "./Knowledge.module.css";
import type { AskingSettings, GivenAnswer, KnowledgeBase } from "./knowledgeCalls";
import { Passages } from "./Passages";

interface PlaygroundProps {
  base: KnowledgeBase;
  onChanged: () => Promise<void>;
}

/** Ask as a customer would, and see which passages were found, by how much, and what was made of them. */
export function Playground({ base, onChanged }: PlaygroundProps) {
  const { words } = useWords();
  const { api } = useServices();
  const may = useMay();
  const act = useAct();
  const [question, setQuestion] = useState("");
  const [settings, setSettings] = useState<AskingSettings>(base.settings);
  const [answer, setAnswer] = useState<GivenAnswer | null>(null);
  const [thumb, setThumb] = useState<"up" | "down" | "">("");
  const texts = words.knowledge;
  if (!may("knowledge:edit")) return <p className={styles.nothing}>{texts.editorsOnly}</p>;
  const changed = JSON.stringify(settings) !== JSON.stringify(base.settings);
  const ask = (write: boolean) =>
    act.run(async () => {
      setThumb("");
      setAnswer(await api.knowledge.ask(base.id, { question: question.trim(), settings, answer: write }));
    });
  const save = () =>
    act.run(async () => {
      await api.knowledge.set(base, settings);
      await onChanged();
    });
  const rate = (given: "up" | "down") => {
    const id = answer?.id;
    const next = thumb === given ? "" : given;
    if (id)
      act.run(async () => {
        await api.knowledge.rate(base.id, id, next);
        setThumb(next);
      });
  };
  return (
    <div className={styles.part}>
      <form
        className={styles.ask}
        onSubmit={(event) => {
          event.preventDefault();
          if (question.trim() !== "") ask(true);
        }}
      >
        <TextField label={texts.question} value={question} maxLength={2000} onChange={setQuestion} />
        <div className={styles.actions}>
          <Button look="primary" type="submit" busy={act.busy}>
            {texts.ask}
          </Button>
          <Button onClick={() => question.trim() !== "" && ask(false)}>{texts.findOnly}</Button>
        </div>
      </form>
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      <fieldset className={styles.dials}>
        <Dial label={texts.threshold} hint={texts.thresholdHint} value={settings.threshold} onChange={(threshold) => setSettings({ ...settings, threshold })} />
        <Dial
          label={texts.meaning}
          hint={texts.meaningHint}
          value={settings.weight_of_meaning}
          onChange={(weight_of_meaning) => setSettings({ ...settings, weight_of_meaning })}
        />
        <AnswerSettings settings={settings} canRerank={base.can_rerank} onChange={setSettings} />
        {changed && (
          <div className={styles.actions}>
            <Button onClick={save}>{texts.keep}</Button>
            <Button look="quiet" onClick={() => setSettings(base.settings)}>
              {texts.undo}
            </Button>
          </div>
        )}
      </fieldset>
      {answer && (
        <>
          {answer.outcome !== "found" && (
            <article className={styles.answer} aria-label={texts.answer}>
              {answer.outcome === "answered" ? (
                <p className={styles.bubble}>
                  <FormattedText text={answer.text} />
                </p>
              ) : (
                <p className={styles.refused}>{texts.refused[answer.reason] ?? texts.outcomes[answer.outcome]}</p>
              )}
              <p className={styles.figures}>
                {texts.spent(answer.milliseconds, answer.tokens_in, answer.tokens_out)}
                {answer.rerank_queries > 0 && ` · ${texts.rerankQueries(answer.rerank_queries)}`}
                {answer.usd !== null && ` · USD ${answer.usd.toFixed(6)}`}
              </p>
              <span className={styles.thumbs}>
                <IconButton label={texts.good} aria-pressed={thumb === "up"} icon={<ThumbsUp size={16} aria-hidden />} onClick={() => rate("up")} />
                <IconButton label={texts.bad} aria-pressed={thumb === "down"} icon={<ThumbsDown size={16} aria-hidden />} onClick={() => rate("down")} />
              </span>
            </article>
          )}
          {answer.prompt && (
            <details className={styles.prompt}>
              <summary>{texts.prompt}</summary>
              <pre>{answer.prompt.system}</pre>
              <pre>{answer.prompt.user}</pre>
            </details>
          )}
          {answer.rerank_failed && <p className={styles.nothing}>{texts.rerankFailed}</p>}
          <Passages passages={answer.passages} threshold={settings.threshold} />
        </>
      )}
    </div>
  );
}

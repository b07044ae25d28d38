import { useQueryClient } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "../../../design/Button";
import { Failure } from "../../../design/Failure";
import { useWords } from "../../../words/useWords";
import { useMe } from "../../api/me";
import { problemText, useAct } from "../../api/useAct";
import { campaignPath } from "../../paths";
import { useServices } from "../../services";
import { TemplatePreview } from "../../templates/TemplatePreview";
import { useTemplates } from "../../templates/useTemplates";
import type { Campaign, CampaignDraft } from "../campaignShapes";
import campaigns from "../Campaigns.module.css";
import { campaignKey, campaignsKey } from "../campaignsKey";
import { haltText } from "../haltText";
import { AudienceStep } from "./AudienceStep";
import { CheckStep } from "./CheckStep";
import { canBeSent, draftOf, emptyDraft, hasAudience, hasMessage, isOf, previewOf, shownValue } from "./draft";
import { MessageStep } from "./MessageStep";
import styles from "./Wizard.module.css";
import { WhenStep } from "./WhenStep";

const steps = ["message", "people", "when", "check"] as const;
type Step = (typeof steps)[number];
const stepParameter = "step";

/** A draft is saved with each step, so that it can be gone on with later. */
export function CampaignWizard({ saved }: { saved: Campaign | null }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const navigate = useNavigate();
  const act = useAct();
  const zone = useMe().data?.workspace?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [draft, setDraft] = useState<CampaignDraft>(() => (saved ? draftOf(saved) : emptyDraft(zone)));
  const [step, setStep] = useState<Step>(() => (saved ? stepIn(location.search) : "message"));
  const current = useRef<HTMLButtonElement>(null);
  const isNew = useRef(saved === null);
  useEffect(() => {
    // A step begins at its top, for whoever scrolls and for whoever listens.
    if (!isNew.current) current.current?.focus();
    isNew.current = false;
  }, [step]);
  const approved = useTemplates({ status: "APPROVED" }).items ?? [];
  const templates = approved.filter(canBeSent);
  const { message } = draft;
  const template = message.type === "template" ? templates.find((each) => isOf(message, each)) : undefined;
  const shown = previewOf(message, template, ({ variable, sample }) => shownValue(draft.variables[variable], sample));
  const texts = words.campaigns;
  const change = useCallback((part: Partial<CampaignDraft>) => setDraft((known) => ({ ...known, ...part })), []);
  const complete: Record<Step, boolean> = {
    message: hasMessage(draft),
    people: hasAudience(draft.audience),
    when: true,
    check: true,
  };
  const place = steps.indexOf(step);
  const reachable = (one: Step) => steps.slice(0, steps.indexOf(one)).every((before) => complete[before]);

  const goTo = (next: Step) =>
    act.run(async () => {
      const kept = saved ? await api.campaigns.change(saved.id, saved.revision, draft) : await api.campaigns.create(draft);
      client.setQueryData(campaignKey(kept.id), kept);
      void client.invalidateQueries({ queryKey: [...campaignsKey, "list"] });
      // A new one goes on at its own address: what was entered here meanwhile would be lost.
      if (saved) setStep(next);
      void navigate(`${campaignPath(kept.id)}&${stepParameter}=${next}`, { replace: true });
    });

  return (
    <>
      <header className={styles.head}>
        <h2>{draft.name.trim() || texts.newTitle}</h2>
      </header>
      <ol className={styles.steps} aria-label={texts.stepsLabel}>
        {steps.map((each, number) => (
          <li key={each}>
            <button
              type="button"
              className={styles.step}
              ref={each === step ? current : undefined}
              aria-current={each === step ? "step" : undefined}
              disabled={each !== step && !reachable(each)}
              onClick={() => goTo(each)}
            >
              {number < place && complete[each] ? <Check size={15} aria-hidden /> : `${number + 1}.`} <span className={styles.stepName}>{texts.steps[each]}</span>
            </button>
          </li>
        ))}
      </ol>
      {saved?.reason && <p className={campaigns.attention}>{texts.notStarted(haltText(saved.reason, words))}</p>}
      {act.problem && <Failure>{act.problem.errors[0] ? `${act.problem.errors[0].field}: ${act.problem.errors[0].message}` : problemText(act.problem, words)}</Failure>}
      <div className={styles.columns}>
        <div className={styles.form}>
          {step === "message" && <MessageStep draft={draft} approved={approved} template={template} onChange={change} />}
          {step === "people" && <AudienceStep draft={draft} onChange={change} />}
          {step === "when" && <WhenStep draft={draft} onChange={change} />}
          {step === "check" && saved && <CheckStep campaign={saved} template={template} />}
          {step !== "check" && (
            <div className={styles.foot}>
              {place > 0 ? <Button onClick={() => goTo(steps[place - 1] ?? "message")}>{texts.stepBack}</Button> : <span />}
              <Button look="primary" busy={act.busy} disabled={!complete[step]} onClick={() => goTo(steps[place + 1] ?? "check")}>
                {texts.stepNext}
              </Button>
            </div>
          )}
        </div>
        {step !== "check" && (
          <aside className={styles.preview}>
            {shown ? (
              <TemplatePreview components={shown} />
            ) : (
              <p className={styles.quiet}>{texts.previewEmpty}</p>
            )}
          </aside>
        )}
      </div>
    </>
  );
}

function stepIn(search: string): Step {
  const given = new URLSearchParams(search).get(stepParameter);
  return steps.find((each) => each === given) ?? "message";
}

import { useQueryClient } from "@tanstack/react-query";
import { ArrowLeft, Copy, Pencil, Play, Trash2 } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { fullTime } from "../../chat/days";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { SkeletonRows } from "../../design/Skeleton";
import { useNow } from "../../design/useNow";
import { useToast } from "../../design/toast";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { asProblem } from "../api/problem";
import { problemText, useAct } from "../api/useAct";
import { ProblemNotice } from "../frame/ProblemNotice";
import { templateEditPath, templateParameter } from "../paths";
import { useServices } from "../services";
import { ConfirmDialog } from "../settings/ConfirmDialog";
import { PageHead } from "../settings/PageHead";
import { fromTemplate } from "./editor/draft";
import { TemplatePreview } from "./TemplatePreview";
import styles from "./Templates.module.css";
import type { Template } from "./templateShapes";
import { templatesKey } from "./templatesKey";
import { TemplateStatus } from "./TemplateStatus";
import { useTemplate } from "./useTemplates";

export function TemplatePage() {
  const { words } = useWords();
  const [parameters] = useSearchParams();
  const query = useTemplate(parameters.get(templateParameter));
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <Link className={styles.back ?? ""} to="/templates">
          <ArrowLeft size={16} aria-hidden /> {words.templates.back}
        </Link>
        {query.error && query.data === undefined ? (
          <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
        ) : query.data === undefined ? (
          <SkeletonRows rows={5} label={words.common.loading} />
        ) : (
          <Opened template={query.data} />
        )}
      </div>
    </div>
  );
}

function Opened({ template }: { template: Template }) {
  const { words, language } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const now = useNow();
  const manages = useMay()("templates:manage");
  const [removing, setRemoving] = useState(false);
  const unpausing = useAct();
  const unpause = () =>
    unpausing.run(async () => {
      await api.templates.unpause(template.id);
      toast({ text: words.templates.unpaused });
      await client.invalidateQueries({ queryKey: templatesKey });
    });
  const texts = words.templates;
  const known = fromTemplate(template) !== null;
  const waits = template.next_edit_at !== null && template.next_edit_at > now;
  const date = (at: number) => fullTime(at, language);
  return (
    <>
      <PageHead
        title={template.name}
        lead={`${template.language} · ${texts.categories[template.category] ?? template.category}`}
        action={
          manages && (
            <div className={styles.actions}>
              {template.status === "PAUSED" && (
                <Button busy={unpausing.busy} onClick={unpause}>
                  <Play size={16} aria-hidden /> {texts.unpause}
                </Button>
              )}
              {known && template.editable && !waits && (
                <Button onClick={() => void navigate(templateEditPath(template.id, "edit"))}>
                  <Pencil size={16} aria-hidden /> {texts.edit}
                </Button>
              )}
              {known && (
                <Button onClick={() => void navigate(templateEditPath(template.id, "copy"))}>
                  <Copy size={16} aria-hidden /> {texts.duplicate}
                </Button>
              )}
              <Button onClick={() => setRemoving(true)}>
                <Trash2 size={16} aria-hidden /> {texts.remove}
              </Button>
            </div>
          )
        }
      />
      <div className={styles.sides}>
        <div className={styles.main}>
          <State template={template} />
          {unpausing.problem && <Failure>{unpausing.problem.errors[0]?.message ?? problemText(unpausing.problem, words)}</Failure>}
          {template.becomes !== "" && template.changes_at !== null && (
            <p className={styles.attention}>{texts.becomes(texts.categories[template.becomes] ?? template.becomes, date(template.changes_at))}</p>
          )}
          <dl className={styles.facts}>
            <Fact name={texts.quality}>{texts.qualities[template.quality] ?? template.quality}</Fact>
            <Fact name={texts.changed}>{date(template.updated_at)}</Fact>
            <Fact name={texts.account}>{template.waba_id}</Fact>
          </dl>
          <section className={styles.group}>
            <h3>{texts.variables}</h3>
            <Wanted template={template} />
          </section>
          {waits && template.next_edit_at !== null && <p className={styles.note}>{texts.editAgain(date(template.next_edit_at))}</p>}
          {!known && <p className={styles.note}>{texts.notShown}</p>}
        </div>
        <aside className={styles.side}>
          <TemplatePreview components={template.components} />
        </aside>
      </div>
      {removing && (
        <ConfirmDialog
          title={texts.removeAsk(template.name, template.language)}
          lead={texts.removeLead}
          action={texts.remove}
          onClose={() => setRemoving(false)}
          work={async () => {
            await api.templates.remove(template.id);
            toast({ text: texts.removed });
            await navigate("/templates");
            await client.invalidateQueries({ queryKey: templatesKey });
          }}
        />
      )}
    </>
  );
}

function State({ template }: { template: Template }) {
  const { words } = useWords();
  const texts = words.templates;
  const why = [texts.reasons[template.reason] ?? template.reason, template.details].filter((part) => part !== "");
  const lead = texts.statusLeads[template.status];
  return (
    <div className={styles.group} role="status">
      <strong>
        <TemplateStatus status={template.status} />
      </strong>
      {why.length > 0 && <p className={template.status === "REJECTED" || template.status === "DISABLED" ? styles.failure : styles.attention}>{why.join(" ")}</p>}
      {lead && <p className={styles.note}>{lead}</p>}
    </div>
  );
}

function Wanted({ template: { wants } }: { template: Template }) {
  const { words } = useWords();
  const texts = words.templates;
  const places = [
    ...(wants.header ? [`${texts.header}: ${texts.headerKinds[wants.header] ?? wants.header}`] : []),
    ...wants.body.map((name) => `${texts.body}: {{${name}}}`),
    ...wants.buttons.filter(({ needed }) => needed).map(({ kind, text }) => `${texts.buttons}: ${text || kind}`),
    ...wants.cards.map((_, place) => texts.card(place + 1)),
  ];
  if (places.length === 0) return <p className={styles.note}>{texts.noVariables}</p>;
  return (
    <ul>
      {places.map((place) => (
        <li key={place}>{place}</li>
      ))}
    </ul>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

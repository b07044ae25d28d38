import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useMemo, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { Button } from "../../../design/Button";
import { Failure } from "../../../design/Failure";
import { SkeletonRows } from "../../../design/Skeleton";
import { useDebounced } from "../../../design/useDebounced";
import { useToast } from "../../../design/toast";
import { useWords } from "../../../words/useWords";
import { asProblem } from "../../api/problem";
import { problemText, useAct } from "../../api/useAct";
import { ProblemNotice } from "../../frame/ProblemNotice";
import { templateParameter, templatePath } from "../../paths";
import { useServices } from "../../services";
import { PageHead } from "../../settings/PageHead";
import { TemplatePreview } from "../TemplatePreview";
import styles from "../Templates.module.css";
import type { Template } from "../templateShapes";
import { templatesKey } from "../templatesKey";
import { useTemplate, useTemplates } from "../useTemplates";
import { BodyPart } from "./BodyPart";
import { ButtonsPart } from "./ButtonsPart";
import { CardsPart } from "./CardsPart";
import { CodePart } from "./CodePart";
import { freshDraft, fromTemplate, toDraft, type Draft } from "./draft";
import { byPart, errorAt } from "./fieldErrors";
import { HeaderPart } from "./HeaderPart";
import { NamePart } from "./NamePart";
import { OfferPart } from "./OfferPart";

/** A new template, one that begins as another, or a change of one. */
export function TemplateEditorPage({ edits = false }: { edits?: boolean }) {
  const { words, language } = useWords();
  const [parameters] = useSearchParams();
  const id = parameters.get(templateParameter);
  const query = useTemplate(id);
  const template = query.data;
  const start = useMemo(() => begun(id === null, template, edits, language), [id, template, edits, language]);
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <Link className={styles.back ?? ""} to={id === null ? "/templates" : templatePath(id)}>
          <ArrowLeft size={16} aria-hidden /> {template?.name ?? words.templates.back}
        </Link>
        {query.error && template === undefined ? (
          <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
        ) : start ? (
          <Editor start={start} edited={edits && template ? template : null} />
        ) : template ? (
          <p className={styles.note}>{words.templates.notShown}</p>
        ) : (
          <SkeletonRows rows={6} label={words.common.loading} />
        )}
      </div>
    </div>
  );
}

/** Null until the template is there, or where the editor does not know all of it. */
function begun(fresh: boolean, template: Template | undefined, edits: boolean, language: string): Draft | null {
  if (fresh) return freshDraft(language);
  const draft = template ? fromTemplate(template) : null;
  return draft && !edits ? { ...draft, name: "" } : draft;
}

/** `start` counts once: what is typed is not lost when the template's status moves on meanwhile. */
function Editor({ start, edited }: { start: Draft; edited: Template | null }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const act = useAct();
  const texts = words.templates;
  const [draft, setDraft] = useState(start);
  const [tried, setTried] = useState(false);
  const accounts = useTemplates({}).accounts ?? [];
  const content = useMemo(() => toDraft(draft), [draft]);
  const settled = useDebounced(content, 400);
  const checked = useQuery({
    queryKey: ["template-check", settled],
    queryFn: ({ signal }) => api.templates.check(settled, signal),
    placeholderData: (before) => before,
  });

  const errors = useMemo(() => {
    const refused = act.problem?.errors ?? [];
    return byPart(refused.length > 0 ? refused : (checked.data?.errors ?? []), content.components);
  }, [act.problem, checked.data, content]);
  const wrong = (place: string) => (tried ? errorAt(errors, place) : undefined);
  const change = (part: Partial<Draft>) => {
    act.forget();
    setDraft((now) => ({ ...now, ...part }));
  };
  const submit = () => {
    setTried(true);
    act.run(async () => {
      const { errors: found } = await api.templates.check(content);
      client.setQueryData(["template-check", content], { errors: found });
      if (found.length > 0) {
        await checked.refetch();
        return;
      }
      const made = edited
        ? await api.templates.edit(edited.id, { category: content.category, components: content.components })
        : await api.templates.create(content);
      toast({ text: texts.submitted });
      await client.invalidateQueries({ queryKey: templatesKey });
      await navigate(templatePath(made.id));
    });
  };
  const code = draft.category === "AUTHENTICATION";
  const part = { draft, change, wrong };
  const someWrong = tried && errors.size > 0;
  return (
    <>
      <PageHead title={edited ? texts.editTitle(edited.name) : texts.newTitle} lead={texts.categoryLeads[draft.category] ?? ""} />
      <div className={styles.sides}>
        <form
          className={styles.main}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <NamePart {...part} edited={edited} accounts={accounts} />
          {code ? (
            <CodePart {...part} />
          ) : (
            <>
              {draft.cards === null && <HeaderPart {...part} />}
              <BodyPart {...part} />
              {draft.cards === null && <ButtonsPart {...part} />}
              {draft.category === "MARKETING" && <OfferPart {...part} />}
              {draft.category === "MARKETING" && <CardsPart {...part} />}
            </>
          )}
          {act.problem && act.problem.errors.length === 0 && <Failure>{problemText(act.problem, words)}</Failure>}
          {someWrong && <Failure>{[texts.someWrong, ...unplaced(errors)].join(" ")}</Failure>}
          <div className={styles.row}>
            <Button look="primary" type="submit" busy={act.busy}>
              {texts.submit}
            </Button>
            {!someWrong && checked.data?.errors.length === 0 && <span className={styles.right}>{texts.allRight}</span>}
          </div>
        </form>
        <aside className={styles.side}>
          <h3>{texts.preview}</h3>
          <TemplatePreview components={content.components} />
        </aside>
      </div>
    </>
  );
}

/** What no field shows: it is said with its name. */
function unplaced(errors: ReadonlyMap<string, string>): string[] {
  return [...errors].filter(([place]) => !/^(name|language|category|[A-Z_]+\.)/.test(place)).map(([place, message]) => `${place}: ${message}.`);
}

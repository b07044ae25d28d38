import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowLeft, FileDown } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { locales } from "../../chat/days";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { ProgressBar } from "../../design/ProgressBar";
import { SkeletonRows } from "../../design/Skeleton";
import { useToast } from "../../design/toast";
import { reasonOf } from "../../words/reasonOf";
import { useWords } from "../../words/useWords";
import { asProblem } from "../api/problem";
import { problemText, useAct } from "../api/useAct";
import { importsPath, peoplePath } from "../contacts/contactPaths";
import { rereadLists, rereadTags } from "../contacts/useContacts";
import { counted, durationText } from "../exports/timeLeft";
import { ProblemNotice } from "../frame/ProblemNotice";
import { useServices } from "../services";
import { ConfirmDialog } from "../settings/ConfirmDialog";
import { importKey } from "./importKeys";
import styles from "./ImportsPage.module.css";
import { isOver, type ContactImport } from "./importShapes";
import { MappingForm } from "./MappingForm";

const readEveryMs = 1000;

/** One import from the arrived file to its report; the work goes on whether it is looked at or not. */
export function OneImport({ id }: { id: string }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: importKey(id),
    queryFn: async ({ signal }) => {
      const found = await api.imports.get(id, signal);
      if (found.status === "done") void Promise.all([rereadLists(client), rereadTags(client)]);
      return found;
    },
    refetchInterval: ({ state }) => (state.data && (isOver(state.data) || state.data.status === "ready") ? false : readEveryMs),
  });
  const texts = words.imports;
  const found = query.data;
  return (
    <div className={styles.page}>
      <Link className={styles.back ?? ""} to={importsPath}>
        <ArrowLeft size={16} aria-hidden /> {texts.back}
      </Link>
      {!found && query.error && <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {!found && !query.error && <SkeletonRows rows={4} label={words.common.loading} />}
      {found && (
        <>
          <header className={styles.head}>
            <h2>{found.file_name}</h2>
            <p className={styles.lead}>{texts.statuses[found.status] ?? found.status}</p>
          </header>
          <Stage found={found} onMoved={() => void query.refetch()} />
        </>
      )}
    </div>
  );
}

function Stage({ found, onMoved }: { found: ContactImport; onMoved: () => void }) {
  const { words } = useWords();
  const texts = words.imports;
  switch (found.status) {
    case "waiting":
    case "reading":
      return <ProgressBar label={texts.statuses.reading ?? ""} done={0} total={null} text={texts.statuses[found.status] ?? ""} />;
    case "ready":
      return found.preview && <MappingForm id={found.id} preview={found.preview} total={found.total} onStarted={onMoved} />;
    case "failed":
      return (
        <>
          <Failure>{found.reason === null ? texts.statuses.failed : reasonOf(found.reason, words)}</Failure>
          <Numbers found={found} />
        </>
      );
    default:
      return <Running found={found} onMoved={onMoved} />;
  }
}

function Running({ found, onMoved }: { found: ContactImport; onMoved: () => void }) {
  const { words, language } = useWords();
  const { api } = useServices();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const texts = words.imports;
  const locale = locales[language];
  const { done, total, seconds_left: left } = found;
  const running = found.status === "running";
  const counts = texts.progress(counted(done, locale), counted(total ?? done, locale));
  const cancel = async () => {
    await api.imports.cancel(found.id);
    toast({ text: texts.cancelled });
    onMoved();
  };
  return (
    <>
      <ProgressBar
        label={texts.statuses[found.status] ?? found.status}
        done={done}
        total={total}
        text={running && left !== null ? `${counts} · ${texts.left(durationText(left, words))}` : counts}
      />
      <Numbers found={found} />
      {found.rejected > 0 && !running && <Report found={found} />}
      <div className={styles.row}>
        {running && <Button onClick={() => setAsking(true)}>{texts.cancel}</Button>}
        {!running && (
          <>
            <Link className={styles.link ?? ""} to={peoplePath}>
              {texts.see}
            </Link>
            <Link className={styles.link ?? ""} to={importsPath}>
              {texts.another}
            </Link>
          </>
        )}
      </div>
      {asking && (
        <ConfirmDialog title={texts.cancelAsk} lead={texts.cancelLead} action={texts.cancel} work={cancel} onClose={() => setAsking(false)} />
      )}
    </>
  );
}

function Numbers({ found }: { found: ContactImport }) {
  const { words, language } = useWords();
  return (
    <dl className={styles.numbers}>
      {(["created", "updated", "skipped", "rejected"] as const).map((each) => (
        <div key={each} data-tone={each === "rejected" && found.rejected > 0 ? "attention" : undefined}>
          <dt>{words.imports[each]}</dt>
          <dd>{counted(found[each], locales[language])}</dd>
        </div>
      ))}
    </dl>
  );
}

function Report({ found }: { found: ContactImport }) {
  const { words, language } = useWords();
  const { api } = useServices();
  const act = useAct();
  const texts = words.imports;
  // The address is good for minutes only, so it is asked for when it is wanted.
  const download = () => act.run(async () => window.location.assign((await api.imports.report(found.id)).url));
  return (
    <div className={styles.report}>
      <p>{texts.reportLead(counted(found.rejected, locales[language]))}</p>
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      <Button busy={act.busy} onClick={download}>
        <FileDown size={16} aria-hidden /> {texts.report}
      </Button>
    </div>
  );
}

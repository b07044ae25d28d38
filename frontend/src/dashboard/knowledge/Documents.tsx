import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Globe, MessageCircleQuestion, Trash2, Upload as UploadIcon } from "lucide-react";
import { useRef, useState } from "react";
import { Button, IconButton } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { ProgressBar } from "../../design/ProgressBar";
import { SkeletonRows } from "../../design/Skeleton";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { asProblem } from "../api/problem";
import { problemText, useAct } from "../api/useAct";
import { ProblemNotice } from "../frame/ProblemNotice";
import { uploadFile } from "../imports/uploadFile";
import { useServices } from "../services";
import { FaqDialog, WebPageDialog } from "./AddDialogs";
import styles from "./Knowledge.module.css";
import type { KnowledgeBase, KnowledgeDocument } from "./knowledgeCalls";

const endings = ".pdf,.docx,.csv,.html,.htm,.md,.txt";
const everyMs = 1500;

function isDone({ state }: KnowledgeDocument): boolean {
  return state === "ready" || state === "failed";
}

/** What a knowledge base is made of, with how far each document is. */
export function Documents({ base }: { base: KnowledgeBase }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const may = useMay();
  const act = useAct();
  const chooser = useRef<HTMLInputElement>(null);
  const [sent, setSent] = useState<{ name: string; share: number } | null>(null);
  const [adding, setAdding] = useState<"faq" | "page" | null>(null);
  const texts = words.knowledge;
  const key = ["knowledge-documents", base.id];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.knowledge.documents(base.id, null, signal),
    refetchInterval: ({ state }) => (state.data?.items.every(isDone) ? false : everyMs),
  });
  const again = () => client.invalidateQueries({ queryKey: key });
  const upload = (file: File) =>
    act.run(async () => {
      const made = await api.knowledge.addFile(base.id, file.name);
      setSent({ name: file.name, share: 0 });
      try {
        await uploadFile(made.upload, file, (share) => setSent({ name: file.name, share }));
      } finally {
        setSent(null);
        await again();
      }
    });
  const change = (work: () => Promise<unknown>) =>
    act.run(async () => {
      await work();
      await again();
    });
  const added = async (made: Promise<unknown>) => {
    await made;
    setAdding(null);
    await again();
  };
  const documents = query.data?.items;
  return (
    <div className={styles.part}>
      {may("knowledge:edit") && (
        <div className={styles.actions}>
          <input
            ref={chooser}
            hidden
            type="file"
            accept={endings}
            aria-label={texts.upload}
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file) upload(file);
              target.value = "";
            }}
          />
          <Button look="primary" busy={act.busy} onClick={() => chooser.current?.click()}>
            <UploadIcon size={16} aria-hidden /> {texts.upload}
          </Button>
          <Button onClick={() => setAdding("faq")}>
            <MessageCircleQuestion size={16} aria-hidden /> {texts.addFaq}
          </Button>
          <Button onClick={() => setAdding("page")}>
            <Globe size={16} aria-hidden /> {texts.addPage}
          </Button>
        </div>
      )}
      <p className={styles.quiet}>{texts.kinds}</p>
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      {sent && <ProgressBar label={sent.name} done={sent.share} total={1} text={texts.sending(sent.name, Math.round(sent.share * 100))} />}
      {documents === undefined && !query.error && <SkeletonRows rows={3} label={words.common.loading} />}
      {documents === undefined && query.error && <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {documents?.length === 0 && !sent && <p className={styles.nothing}>{texts.noDocuments}</p>}
      <ul className={styles.documents}>
        {(documents ?? []).map((one) => (
          <li key={one.id} className={styles.document}>
            <div className={styles.named}>
              <strong>{one.name}</strong>
              <State document={one} />
            </div>
            {may("knowledge:edit") && (
              <>
                <label className={styles.switch}>
                  <input
                    type="checkbox"
                    checked={one.is_enabled}
                    onChange={() => change(() => api.knowledge.enable(base.id, one, !one.is_enabled))}
                  />
                  {texts.used}
                </label>
                <IconButton
                  label={texts.removeDocument(one.name)}
                  icon={<Trash2 size={16} aria-hidden />}
                  onClick={() => change(() => api.knowledge.removeDocument(base.id, one.id))}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      {adding === "faq" && (
        <FaqDialog onClose={() => setAdding(null)} save={(name, pairs) => added(api.knowledge.addPairs(base.id, name, pairs))} />
      )}
      {adding === "page" && (
        <WebPageDialog onClose={() => setAdding(null)} save={(url) => added(api.knowledge.addPage(base.id, url))} />
      )}
    </div>
  );
}

function State({ document }: { document: KnowledgeDocument }) {
  const { words } = useWords();
  const texts = words.knowledge;
  if (document.state === "failed") return <span className={styles.failed}>{document.reason ?? texts.states.failed}</span>;
  if (document.state === "ready")
    return (
      <span className={styles.quiet}>
        {texts.ready(document.chunks, document.pages)}
        {document.warning && <span className={styles.warning}> {document.warning}</span>}
      </span>
    );
  const share = document.state === "embedding" ? document.progress : 0;
  const text = document.state === "embedding" ? texts.embedding(Math.round(share * 100)) : (texts.states[document.state] ?? "");
  return <ProgressBar label={document.name} done={share} total={document.state === "embedding" ? 1 : null} text={text} />;
}

import { useQueryClient } from "@tanstack/react-query";
import { Globe, MessageCircleQuestion, Upload as UploadIcon } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "../../design/Button";
import { Failure } from "../../design/Failure";
import { ProgressBar } from "../../design/ProgressBar";
import { SkeletonRows } from "../../design/Skeleton";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import { problemText, useAct } from "../api/useAct";
import { usePages } from "../api/usePages";
import { ProblemNotice } from "../frame/ProblemNotice";
import type { Upload } from "../imports/importShapes";
import { uploadFile, UploadFailed } from "../imports/uploadFile";
import { useServices } from "../services";
import { FaqDialog, WebPageDialog } from "./AddDialogs";
import { DocumentRow } from "./DocumentRow";
import styles from "./Knowledge.module.css";
import type { KnowledgeBase, KnowledgeDocument } from "./knowledgeCalls";

const endings = ".pdf,.docx,.csv,.html,.htm,.md,.markdown,.txt";
const everyMs = 1000;
const still = new Set<KnowledgeDocument["state"]>(["waiting", "ready", "failed"]);

/** What a knowledge base is made of, with how far each document is. */
export function Documents({ base }: { base: KnowledgeBase }) {
  const { words } = useWords();
  const { api } = useServices();
  const client = useQueryClient();
  const may = useMay();
  const act = useAct();
  const chooser = useRef<HTMLInputElement>(null);
  const [sent, setSent] = useState<{ name: string; share: number } | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  /** The document that the chosen file replaces; null for a new one. */
  const [replaced, setReplaced] = useState<KnowledgeDocument | null>(null);
  const [asking, setAsking] = useState<"faq" | "page" | KnowledgeDocument | null>(null);
  const texts = words.knowledge;
  const key = ["knowledge-documents", base.id];
  const list = usePages(key, (cursor, signal) => api.knowledge.documents(base.id, cursor, signal), {
    every: (items) => (items.every(({ state }) => still.has(state)) ? false : everyMs),
  });
  const again = () => client.invalidateQueries({ queryKey: key });
  const change = (work: () => Promise<unknown>) =>
    act.run(async () => {
      setRefused(null);
      await work();
      await again();
    });
  const made = async (work: Promise<unknown>) => {
    await work;
    setAsking(null);
    await again();
  };

  const choose = (document: KnowledgeDocument | null) => {
    setReplaced(document);
    chooser.current?.click();
  };
  const begun = (file: File): Promise<KnowledgeDocument & { upload: Upload }> =>
    replaced ? api.knowledge.replaceFile(base.id, replaced.id, file.name) : api.knowledge.addFile(base.id, file.name);
  const upload = (file: File) =>
    change(async () => {
      const { id, upload: form } = await begun(file);
      setSent({ name: file.name, share: 0 });
      try {
        await uploadFile(form, file, (share) => setSent({ name: file.name, share }));
        await api.knowledge.read(base.id, id);
      } catch (failure) {
        if (!(failure instanceof UploadFailed)) throw failure;
        setRefused(texts.uploadFailed(file.name));
      } finally {
        setSent(null);
      }
    });
  const remove = (document: KnowledgeDocument) => {
    if (confirm(texts.removeDocumentAsk(document.name))) change(() => api.knowledge.removeDocument(base.id, document.id));
  };
  const documents = list.items;
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
          <Button look="primary" busy={act.busy} onClick={() => choose(null)}>
            <UploadIcon size={16} aria-hidden /> {texts.upload}
          </Button>
          <Button onClick={() => setAsking("faq")}>
            <MessageCircleQuestion size={16} aria-hidden /> {texts.addFaq}
          </Button>
          <Button onClick={() => setAsking("page")}>
            <Globe size={16} aria-hidden /> {texts.addPage}
          </Button>
        </div>
      )}
      <p className={styles.quiet}>{texts.kinds}</p>
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      {refused && <Failure>{refused}</Failure>}
      {sent && <ProgressBar label={sent.name} done={sent.share} total={1} text={texts.sending(sent.name, Math.round(sent.share * 100))} />}
      {documents === undefined && !list.problem && <SkeletonRows rows={3} label={words.common.loading} />}
      {documents === undefined && list.problem && <ProblemNotice problem={list.problem} onRetry={list.retry} />}
      {documents?.length === 0 && !sent && <p className={styles.nothing}>{texts.noDocuments}</p>}
      <ul className={styles.documents}>
        {(documents ?? []).map((one) => (
          <DocumentRow
            key={one.id}
            document={one}
            onSwitch={() => change(() => api.knowledge.enable(base.id, one, !one.is_enabled))}
            onRead={() => change(() => api.knowledge.read(base.id, one.id))}
            onReplace={() => (one.kind === "faq" ? setAsking(one) : choose(one))}
            onRemove={() => remove(one)}
          />
        ))}
      </ul>
      {list.hasMore && (
        <Button busy={list.loadingMore} onClick={list.loadMore}>
          {words.common.loadMore}
        </Button>
      )}
      {asking === "page" ? (
        <WebPageDialog onClose={() => setAsking(null)} save={(url) => made(api.knowledge.addPage(base.id, url))} />
      ) : asking === "faq" ? (
        <FaqDialog onClose={() => setAsking(null)} save={(name, pairs) => made(api.knowledge.addPairs(base.id, name, pairs))} />
      ) : (
        asking && (
          <FaqDialog
            replaces={asking.name}
            onClose={() => setAsking(null)}
            save={(_, pairs) => made(api.knowledge.replacePairs(base.id, asking.id, pairs))}
          />
        )
      )}
    </div>
  );
}

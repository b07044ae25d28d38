import { useQuery } from "@tanstack/react-query";
import { FileDown } from "lucide-react";
import { useState, type ReactNode } from "react";
import { locales } from "../../chat/days";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { Failure } from "../../design/Failure";
import { ProgressBar } from "../../design/ProgressBar";
import { useWords } from "../../words/useWords";
import { problemText, useAct } from "../api/useAct";
import type { Export } from "../contacts/contactShapes";
import { progressText, secondsLeft } from "./timeLeft";
import styles from "./ExportDialog.module.css";

const readEveryMs = 1000;

interface ExportDialogProps {
  title: string;
  lead: string;
  start: () => Promise<Export>;
  read: (id: string, signal?: AbortSignal) => Promise<Export>;
  onClose: () => void;
  /** What to choose before it starts. */
  children?: ReactNode;
}

/** Starts long work, shows how far it is, and hands over its file. */
export function ExportDialog({ title, lead, start, read, onClose, children }: ExportDialogProps) {
  const { words, language } = useWords();
  const act = useAct();
  const [started, setStarted] = useState<{ id: string; at: number } | null>(null);
  const query = useQuery({
    queryKey: ["export", started?.id],
    queryFn: async ({ signal }) => ({ ...(await read(started?.id ?? "", signal)), readAt: Date.now() }),
    enabled: started !== null,
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : readEveryMs),
  });
  const texts = words.contacts;
  const begin = () =>
    act.run(async () => {
      const { id } = await start();
      setStarted({ id, at: Date.now() });
    });
  const work = query.data;
  const done = work?.done ?? 0;
  const total = work?.total ?? null;
  const left = work && started ? secondsLeft(done, total, work.readAt - started.at) : null;
  const failed = work?.status === "failed" || work?.status === "cancelled";
  const ready = work?.status === "done" && work.url !== null ? work.url : null;
  return (
    <Dialog
      title={title}
      lead={lead}
      onSubmit={started === null || failed ? begin : onClose}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{started === null ? words.settings.cancel : words.common.close}</Button>
          {(started === null || failed) && (
            <Button look="primary" type="submit" busy={act.busy}>
              {texts.exportStart}
            </Button>
          )}
          {ready !== null && (
            <a className={styles.download} href={ready} download>
              <FileDown size={16} aria-hidden /> {texts.download}
            </a>
          )}
        </>
      }
    >
      {act.problem && <Failure>{problemText(act.problem, words)}</Failure>}
      {failed && <Failure>{texts.exportFailed}</Failure>}
      {started === null && children}
      {started !== null && !failed && (
        <>
          <ProgressBar
            label={title}
            done={ready === null ? done : 1}
            total={ready === null ? total : 1}
            text={ready === null ? progressText(done, total, left, words, locales[language]) : texts.exportDone}
          />
          {ready === null && <p className={styles.note}>{texts.exportGoesOn}</p>}
        </>
      )}
    </Dialog>
  );
}

function isOver({ status }: Export): boolean {
  return status === "done" || status === "failed" || status === "cancelled";
}

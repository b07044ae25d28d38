import { RefreshCw, Replace, Trash2 } from "lucide-react";
import { IconButton } from "../../design/Button";
import { ProgressBar } from "../../design/ProgressBar";
import { useWords } from "../../words/useWords";
import { useMay } from "../api/me";
import styles from "./Knowledge.module.css";
import type { KnowledgeDocument } from "./knowledgeCalls";
import { reasonText } from "../../words/reasonText";

interface DocumentRowProps {
  document: KnowledgeDocument;
  onSwitch: () => void;
  onRead: () => void;
  onReplace: () => void;
  onRemove: () => void;
}

export function DocumentRow({ document, onSwitch, onRead, onReplace, onRemove }: DocumentRowProps) {
  const { words } = useWords();
  const may = useMay();
  const texts = words.knowledge;
  const { name, kind } = document;
  return (
    <li className={styles.document} data-off={!document.is_enabled}>
      <div className={styles.named}>
        <strong title={name}>{name}</strong>
        <HowFar document={document} />
      </div>
      {may("knowledge:edit") && (
        <div className={styles.controls}>
          <label className={styles.switch}>
            <input type="checkbox" checked={document.is_enabled} onChange={onSwitch} />
            {texts.used}
          </label>
          {document.state !== "waiting" && <IconButton label={texts.readAgain(name)} icon={<RefreshCw size={16} aria-hidden />} onClick={onRead} />}
          {kind !== "web_page" && <IconButton label={texts.replaceDocument(name)} icon={<Replace size={16} aria-hidden />} onClick={onReplace} />}
          <IconButton label={texts.removeDocument(name)} icon={<Trash2 size={16} aria-hidden />} onClick={onRemove} />
        </div>
      )}
    </li>
  );
}

const mostPages = 10;

function pagesText(pages: readonly number[]): string {
  return pages.slice(0, mostPages).join(", ") + (pages.length > mostPages ? ", …" : "");
}

function HowFar({ document }: { document: KnowledgeDocument }) {
  const { words } = useWords();
  const texts = words.knowledge;
  const { state, name, reason, scanned_pages } = document;
  if (state === "waiting") return <span className={styles.warning}>{texts.states.waiting}</span>;
  if (state === "failed")
    return (
      <span className={styles.failed}>
        {reason === null ? texts.states.failed : reasonText(reason, texts.reasons)}
        {document.is_answering && <span className={styles.quiet}> {texts.stillAnswers}</span>}
      </span>
    );
  if (state === "ready")
    return (
      <span className={styles.quiet}>
        {texts.ready(document.chunks, document.pages)}
        {scanned_pages.length > 0 && <span className={styles.warning}> {texts.leftOut(pagesText(scanned_pages))}</span>}
      </span>
    );
  if (state !== "embedding") return <ProgressBar label={name} done={0} total={null} text={texts.states[state] ?? ""} />;
  return <ProgressBar label={name} done={document.progress} total={1} text={texts.embedding(Math.round(document.progress * 100))} />;
}

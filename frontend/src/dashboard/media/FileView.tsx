import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { fileSize } from "../../chat/fileSize";
import { useWords } from "../../words/useWords";
import styles from "./FileView.module.css";

interface FileViewProps {
  url: string;
  name: string;
  mimeType: string;
  size: number;
  /** What it is, to those who cannot see it. */
  label: string;
}

/** A file as far as a browser may show it; what it may not is downloaded. */
export function FileView({ url, name, mimeType, size, label }: FileViewProps) {
  return shows[mimeType.split("/")[0] ?? ""]?.(url, label) ?? <Document url={url} name={name} size={size} />;
}

const shows: Record<string, (url: string, label: string) => ReactNode> = {
  image: (url, label) => (
    <a href={url} target="_blank" rel="noreferrer" className={styles.picture}>
      <img src={url} alt={label} loading="lazy" />
    </a>
  ),
  video: (url, label) => <video src={url} controls preload="metadata" aria-label={label} className={styles.film} />,
  audio: (url, label) => <audio src={url} controls preload="metadata" aria-label={label} className={styles.sound} />,
};

function Document({ url, name, size }: { url: string; name: string; size: number }) {
  const { words, language } = useWords();
  return (
    <a href={url} className={styles.document} rel="noreferrer" title={words.files.download}>
      <Download size={18} aria-hidden />
      <span>
        <strong>{name}</strong>
        <small>{fileSize(size, language)}</small>
      </span>
    </a>
  );
}

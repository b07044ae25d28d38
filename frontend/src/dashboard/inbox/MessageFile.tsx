import { useQuery } from "@tanstack/react-query";
import { Download, FileWarning } from "lucide-react";
import type { ReactNode } from "react";
import { fileSize } from "../../chat/fileSize";
import { useWords } from "../../words/useWords";
import type { Message, MessageFile as File } from "../api/shapes";
import { useServices } from "../services";
import styles from "./MessageFile.module.css";

/** Links live five minutes; one that is older is asked for anew. */
const linkLivesMs = 4 * 60_000;

interface MessageFileProps {
  conversationId: string;
  message: Message & { file: File };
}

/** The file that a customer sent: a place holder while it is fetched, then the file, or why it is lost. */
export function MessageFile({ conversationId, message }: MessageFileProps) {
  const { words } = useWords();
  const { file } = message;
  if (file.state === "waiting")
    return (
      <span role="status" className={styles.waiting} data-kind={message.type} title={file.reason ?? undefined}>
        {words.files.fetching}
      </span>
    );
  if (file.state === "failed") return <Lost reason={file.reason} />;
  return <Stored conversationId={conversationId} message={message} />;
}

function Stored({ conversationId, message }: MessageFileProps) {
  const { words } = useWords();
  const { api } = useServices();
  const { data, isError } = useQuery({
    queryKey: ["file", conversationId, message.id],
    queryFn: ({ signal }) => api.file(conversationId, message.id, signal),
    staleTime: linkLivesMs,
    gcTime: linkLivesMs,
  });
  if (isError) return <Lost reason={null} />;
  if (data === undefined)
    return (
      <span role="status" className={styles.waiting} data-kind={message.type}>
        {words.files.fetching}
      </span>
    );
  const family = message.file.mime_type?.split("/")[0] ?? "";
  return shows[family]?.(data.url, words.files.from) ?? <Document url={data.url} name={data.file_name} size={data.size} />;
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

function Lost({ reason }: { reason: string | null }) {
  const { words } = useWords();
  return (
    <p className={styles.lost}>
      <FileWarning size={16} aria-hidden /> {reason ?? words.files.lost}
    </p>
  );
}

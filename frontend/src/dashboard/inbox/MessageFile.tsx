import { useQuery } from "@tanstack/react-query";
import { FileWarning } from "lucide-react";
import { reasonOf } from "../../words/reasonOf";
import { useWords } from "../../words/useWords";
import type { Message, MessageFile as File } from "../api/shapes";
import { FileView } from "../media/FileView";
import styles from "../media/FileView.module.css";
import { OwnFile, ownFileOf } from "../media/OwnFile";
import { useServices } from "../services";

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
      <span role="status" className={styles.waiting} data-kind={message.type} title={file.reason === null ? undefined : reasonOf(file.reason, words)}>
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
  return <FileView url={data.url} name={data.file_name} mimeType={message.file.mime_type ?? ""} size={data.size} label={words.files.from} />;
}

/** The file of a message of ours, where it is one of the workspace's own. */
export function SentFile({ content }: Pick<Message, "content">) {
  const id = ownFileOf(content);
  return id === null ? null : <OwnFile id={id} />;
}

function Lost({ reason }: { reason: string | null }) {
  const { words } = useWords();
  return (
    <p className={styles.lost}>
      <FileWarning size={16} aria-hidden /> {reason === null ? words.files.lost : reasonOf(reason, words)}
    </p>
  );
}

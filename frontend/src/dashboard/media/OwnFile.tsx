import { useQuery } from "@tanstack/react-query";
import { FileWarning } from "lucide-react";
import { reasonOf } from "../../words/reasonOf";
import { useWords } from "../../words/useWords";
import { useServices } from "../services";
import { FileView } from "./FileView";
import styles from "./FileView.module.css";
import { kindOf } from "./mediaShapes";

/** Links live five minutes; one that is older is asked for anew. */
const linkLivesMs = 4 * 60_000;

/** A file of the workspace's own, as those see it who send it. */
export function OwnFile({ id }: { id: string }) {
  const { words } = useWords();
  const { api } = useServices();
  const { data, isError } = useQuery({
    queryKey: ["media", id],
    queryFn: ({ signal }) => api.media.get(id, signal),
    staleTime: linkLivesMs,
    gcTime: linkLivesMs,
    retry: false,
  });
  if (isError || (data && data.url === null))
    return (
      <p className={styles.lost}>
        <FileWarning size={16} aria-hidden /> {data?.reason ? reasonOf(data.reason, words) : words.files.gone}
      </p>
    );
  if (!data?.url)
    return (
      <span role="status" className={styles.waiting}>
        {words.common.loading}
      </span>
    );
  return <FileView url={data.url} name={data.file_name} mimeType={data.mime_type} size={data.size} label={words.files.kinds[kindOf(data.mime_type)]} />;
}

/** The id of a file of ours that a message names, also in its header; null where it names none. */
export function ownFileOf(content: unknown): string | null {
  if (typeof content !== "object" || content === null) return null;
  const { id, header } = content as { id?: unknown; header?: Record<string, unknown> };
  if (typeof id === "string" && id.startsWith("media_")) return id;
  return header && typeof header.type === "string" ? ownFileOf(header[header.type]) : null;
}

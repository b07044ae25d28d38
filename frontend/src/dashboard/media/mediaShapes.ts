import type { Upload } from "../imports/importShapes";

/** A file of the workspace's own, for messages. */
export interface MediaFile {
  id: string;
  file_name: string;
  mime_type: string;
  state: "waiting" | "ready" | "refused";
  /** Why it is refused, in words. */
  reason: string | null;
  size: number;
  created_at: number;
}

/** The link lives five minutes. */
export type LinkedMediaFile = MediaFile & { url: string | null };
export type StartedMediaFile = MediaFile & { upload: Upload };

export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

/** What a file input lets people choose, by kind of message. */
export const takenBy: Record<MediaKind, string> = {
  image: "image/jpeg,image/png",
  video: "video/mp4,video/3gpp",
  audio: "audio/aac,audio/amr,audio/mpeg,audio/mp4,audio/ogg",
  document: ".pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt",
  sticker: "image/webp",
};

/** The kind of message that a file is sent as. */
export function kindOf(mimeType: string): MediaKind {
  if (mimeType === "image/webp") return "sticker";
  const family = mimeType.split("/")[0];
  return family === "image" || family === "video" || family === "audio" ? family : "document";
}

export const hasCaption = (kind: MediaKind) => kind === "image" || kind === "video" || kind === "document";

/** What is sent for a file and the words that go with it: words that it cannot carry come after it. */
export function messagesOf({ id, mime_type, file_name }: Pick<MediaFile, "id" | "mime_type" | "file_name">, words: string): object[] {
  const kind = kindOf(mime_type);
  const captioned = hasCaption(kind) && words !== "" && words.length <= longestCaption;
  const content = { id, ...(captioned ? { caption: words } : {}), ...(kind === "document" ? { filename: file_name } : {}) };
  const file = { type: kind, [kind]: content };
  return words === "" || captioned ? [file] : [file, { type: "text", text: { body: words } }];
}

const longestCaption = 1024;

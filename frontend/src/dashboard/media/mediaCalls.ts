import type { Requests } from "../api/requests";
import type { LinkedMediaFile, StartedMediaFile } from "./mediaShapes";

export interface MediaCalls {
  /** Where to post the file; it is looked at when it is asked for. */
  begin: (fileName: string, mimeType: string) => Promise<StartedMediaFile>;
  get: (id: string, signal?: AbortSignal) => Promise<LinkedMediaFile>;
}

export function mediaCalls({ get, send }: Requests): MediaCalls {
  return {
    begin: (fileName, mimeType) => send("POST", "/v1/media", { body: { file_name: fileName, mime_type: mimeType } }),
    get: (id, signal) => get(`/v1/media/${encodeURIComponent(id)}`, signal),
  };
}

import type { Requests } from "../api/requests";
import type { Page } from "../api/shapes";
import type { ContactImport, ImportChoices, Upload } from "./importShapes";

export interface ImportCalls {
  list: (cursor: string | null, signal?: AbortSignal) => Promise<Page<ContactImport>>;
  get: (id: string, signal?: AbortSignal) => Promise<ContactImport>;
  /** A place for the file; its reading begins when it has arrived. */
  create: (fileName: string) => Promise<{ id: string; upload: Upload }>;
  start: (id: string, choices: ImportChoices) => Promise<unknown>;
  cancel: (id: string) => Promise<unknown>;
  /** Where the rejected rows can be downloaded, each with its reason. */
  report: (id: string) => Promise<{ url: string }>;
}

export function importCalls({ get, page, send }: Requests): ImportCalls {
  const at = (id: string) => `/v1/contact-imports/${encodeURIComponent(id)}`;
  return {
    list: (cursor, signal) => page("/v1/contact-imports", cursor, signal),
    get: (id, signal) => get(at(id), signal),
    create: (fileName) => send("POST", "/v1/contact-imports", { body: { file_name: fileName } }),
    start: (id, choices) => send("POST", `${at(id)}/start`, { body: choices }),
    cancel: (id) => send("POST", `${at(id)}/cancel`),
    report: (id) => get(`${at(id)}/report`),
  };
}

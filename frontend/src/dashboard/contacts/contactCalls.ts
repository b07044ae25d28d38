import type { Requests } from "../api/requests";
import type { Page } from "../api/shapes";
import type { Filter } from "../segments/filters";
import type {
  ContactNote,
  ContactPatch,
  ContactQuery,
  ContactRecord,
  Export,
  FieldDefinition,
  OptState,
} from "./contactShapes";

export interface ContactCalls {
  list: (query: ContactQuery, cursor: string | null, signal?: AbortSignal) => Promise<Page<ContactRecord>>;
  get: (id: string, signal?: AbortSignal) => Promise<ContactRecord>;
  create: (given: ContactPatch) => Promise<ContactRecord>;
  /** Refused when `revision` is no longer the newest. */
  change: (id: string, revision: number, patch: ContactPatch) => Promise<ContactRecord>;
  erase: (id: string) => Promise<unknown>;
  merge: (id: string, otherId: string) => Promise<ContactRecord>;
  setBlocked: (id: string, blocked: boolean) => Promise<unknown>;
  setOptIn: (id: string, kind: string, state: OptState) => Promise<unknown>;
  notes: (id: string, cursor: string | null, signal?: AbortSignal) => Promise<Page<ContactNote>>;
  addNote: (id: string, text: string) => Promise<ContactNote>;
  removeNote: (id: string, noteId: string) => Promise<unknown>;
  tags: (signal?: AbortSignal) => Promise<string[]>;
  fields: (signal?: AbortSignal) => Promise<FieldDefinition[]>;
  addField: (field: Omit<FieldDefinition, "revision">) => Promise<FieldDefinition>;
  /** Refused when the field is no longer as it was seen. */
  changeField: (seen: FieldDefinition, changes: Partial<Pick<FieldDefinition, "name" | "choices">>) => Promise<FieldDefinition>;
  removeField: (key: string) => Promise<unknown>;
  /** All contacts of a segment or filter as CSV; everybody without either. */
  startExport: (which: { segmentId?: string; filter?: Filter }) => Promise<Export>;
  export: (id: string, signal?: AbortSignal) => Promise<Export>;
  /** Everything that is kept about one person. */
  startContactExport: (id: string) => Promise<Export>;
  contactExport: (id: string, exportId: string, signal?: AbortSignal) => Promise<Export>;
}

function parameters({ search, tag, segmentId, optIn, blocked }: ContactQuery): Record<string, string> {
  const given = { search: search.trim(), tag, segment_id: segmentId, opt_in: optIn, blocked };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
}

export function contactCalls({ get, page, all, send }: Requests): ContactCalls {
  const at = (contact: string) => `/v1/contacts/${encodeURIComponent(contact)}`;
  const fieldAt = (key: string) => `/v1/contact-fields/${encodeURIComponent(key)}`;
  return {
    list: (query, cursor, signal) => page("/v1/contacts", cursor, signal, parameters(query)),
    get: (id, signal) => get(at(id), signal),
    create: (given) => send("POST", "/v1/contacts", { body: given }),
    change: (id, revision, patch) => send("PATCH", at(id), { body: patch, ifMatch: `"${revision}"` }),
    erase: (id) => send("DELETE", at(id)),
    merge: (id, otherId) => send("POST", `${at(id)}/merge`, { body: { other_id: otherId } }),
    setBlocked: (id, blocked) => send("POST", `${at(id)}/${blocked ? "block" : "unblock"}`),
    setOptIn: (id, kind, state) => send("POST", `${at(id)}/opt-ins`, { body: { kind, state, source: "dashboard" } }),
    notes: (id, cursor, signal) => page(`${at(id)}/notes`, cursor, signal),
    addNote: (id, text) => send("POST", `${at(id)}/notes`, { body: { text } }),
    removeNote: (id, noteId) => send("DELETE", `${at(id)}/notes/${encodeURIComponent(noteId)}`),
    tags: async (signal) => (await all<{ tag: string }>("/v1/contact-tags", signal)).map(({ tag }) => tag),
    fields: (signal) => all("/v1/contact-fields", signal),
    addField: (field) => send("POST", "/v1/contact-fields", { body: field }),
    changeField: ({ key, revision }, changes) => send("PATCH", fieldAt(key), { body: changes, ifMatch: `"${revision}"` }),
    removeField: (key) => send("DELETE", fieldAt(key)),
    startExport: ({ segmentId, filter }) =>
      send("POST", "/v1/contact-exports", { body: { ...(segmentId ? { segment_id: segmentId } : {}), ...(filter ? { filter } : {}) } }),
    export: (id, signal) => get(`/v1/contact-exports/${encodeURIComponent(id)}`, signal),
    startContactExport: (id) => send("POST", `${at(id)}/export`),
    contactExport: (id, exportId, signal) => get(`${at(id)}/exports/${encodeURIComponent(exportId)}`, signal),
  };
}

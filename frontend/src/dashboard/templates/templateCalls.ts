import type { Requests } from "../api/requests";
import type { FieldError } from "../api/problem";
import type { Upload } from "../imports/importShapes";
import type { Template, TemplateDraft, TemplatePage } from "./templateShapes";

export interface TemplateFilter {
  search: string;
  status: string;
  category: string;
  language: string;
}

export interface TemplateCalls {
  list: (filter: Partial<TemplateFilter>, cursor: string | null, signal?: AbortSignal) => Promise<TemplatePage>;
  get: (id: string, signal?: AbortSignal) => Promise<Template>;
  check: (draft: TemplateDraft, signal?: AbortSignal) => Promise<{ errors: FieldError[] }>;
  create: (draft: TemplateDraft) => Promise<Template>;
  edit: (id: string, draft: Pick<TemplateDraft, "category" | "components">) => Promise<Template>;
  /** Lets one that Meta has paused be sent again. */
  unpause: (id: string) => Promise<Template>;
  remove: (id: string) => Promise<unknown>;
  sync: () => Promise<{ accounts: number }>;
  /** Where to post a header's sample; `handle` then stands for it. */
  beginSample: () => Promise<Upload & { handle: string }>;
}

const pageSize = "50";

export function templateCalls({ get, send }: Requests): TemplateCalls {
  const of = (id: string) => `/v1/templates/${encodeURIComponent(id)}`;
  return {
    list: (filter, cursor, signal) => {
      const query = new URLSearchParams({ limit: pageSize });
      for (const [name, value] of Object.entries(filter)) if (value !== "") query.set(name, value);
      if (cursor !== null) query.set("cursor", cursor);
      return get(`/v1/templates?${query}`, signal);
    },
    get: (id, signal) => get(of(id), signal),
    check: (draft, signal) => send("POST", "/v1/templates/check", { body: draft, ...(signal ? { signal } : {}) }),
    create: (draft) => send("POST", "/v1/templates", { body: draft }),
    edit: (id, draft) => send("PATCH", of(id), { body: draft }),
    unpause: (id) => send("POST", `${of(id)}/unpause`),
    remove: (id) => send("DELETE", of(id)),
    sync: () => send("POST", "/v1/templates/sync"),
    beginSample: () => send("POST", "/v1/template-samples"),
  };
}

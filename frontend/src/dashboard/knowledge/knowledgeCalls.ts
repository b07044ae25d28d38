import type { Requests } from "../api/requests";
import type { Page } from "../api/shapes";
import type { Upload } from "../imports/importShapes";
import type { Gate } from "./evaluation/evaluationShapes";

/** How a knowledge base answers. */
export interface AskingSettings {
  /** The relevance, 0 to 1, below which a passage is not used. */
  threshold: number;
  /** How much meaning counts against words; 1: meaning alone. */
  weight_of_meaning: number;
  passages: number;
  characters: number;
  instructions: string;
  language: string;
  show_sources: boolean;
  rewrite: boolean;
  /** A model puts the best passages in a better order. */
  rerank: boolean;
}

export interface KnowledgeBase {
  id: string;
  name: string;
  description: string;
  settings: AskingSettings;
  /** Whether there is a model for it. */
  can_rerank: boolean;
  gate: Gate;
  revision: number;
  created_at: number;
}

export interface KnowledgeDocument {
  id: string;
  name: string;
  kind: string;
  state: "waiting" | "queued" | "reading" | "splitting" | "embedding" | "ready" | "failed";
  reason: string | null;
  /** Left out, because they are pictures. */
  scanned_pages: number[];
  /** Of the embedding, 0 to 1. */
  progress: number;
  is_enabled: boolean;
  is_answering: boolean;
  pages: number;
  chunks: number;
  revision: number;
  updated_at: number;
}

export interface FoundPassage {
  document_id: string;
  title: string;
  headings: string[];
  page: number | null;
  chunk_no: number;
  text: string;
  relevance: number;
  similarity: number;
  words: number;
  fused: number;
  /** The score of the model that put passages in a better order; null where none did. */
  reranked: number | null;
  named: boolean;
  used: boolean;
  cited: number | null;
}

/** A passage that an answer cites, under its number. */
export interface AnswerSource {
  number: number;
  document_id: string;
  title: string;
  headings: string[];
  page: number | null;
  chunk_no: number;
}

export interface Asked {
  question: string;
  /** Tried instead of the knowledge base's own. */
  settings?: AskingSettings;
  /** False: passages are looked for only. */
  answer?: boolean;
  /** The customer's, in two letters. */
  language?: string;
  instructions?: string;
  history?: { by_us: boolean; text: string }[];
}

export interface GivenAnswer {
  /** Null when passages were looked for only. */
  id: string | null;
  outcome: "answered" | "no_answer" | "failed" | "found";
  reason: string;
  question: string;
  text: string;
  sources: AnswerSource[];
  threshold: number;
  passages: FoundPassage[];
  prompt: { system: string; user: string } | null;
  model: string;
  tokens_in: number;
  tokens_out: number;
  rerank_queries: number;
  /** A better order was asked for and did not come. */
  rerank_failed: boolean;
  usd: number | null;
  milliseconds: number;
}

export interface Pair {
  question: string;
  answer: string;
}

export interface KnowledgeCalls {
  list: (signal?: AbortSignal) => Promise<{ items: KnowledgeBase[] }>;
  create: (name: string) => Promise<KnowledgeBase>;
  remove: (id: string) => Promise<unknown>;
  /** Refused when somebody else changed it since it was read. */
  set: (base: KnowledgeBase, settings: AskingSettings) => Promise<AskingSettings>;
  documents: (id: string, cursor: string | null, signal?: AbortSignal) => Promise<Page<KnowledgeDocument>>;
  addFile: (id: string, fileName: string) => Promise<KnowledgeDocument & { upload: Upload }>;
  addPairs: (id: string, name: string, pairs: Pair[]) => Promise<KnowledgeDocument>;
  addPage: (id: string, url: string) => Promise<KnowledgeDocument>;
  /** Begins with the file that has come, or once more with what is there. */
  read: (id: string, document: string) => Promise<KnowledgeDocument>;
  replaceFile: (id: string, document: string, fileName: string) => Promise<KnowledgeDocument & { upload: Upload }>;
  replacePairs: (id: string, document: string, pairs: Pair[]) => Promise<KnowledgeDocument>;
  enable: (id: string, document: KnowledgeDocument, isEnabled: boolean) => Promise<unknown>;
  removeDocument: (id: string, document: string) => Promise<unknown>;
  ask: (id: string, asked: Asked) => Promise<GivenAnswer>;
  /** What customers thought of answers, where flows asked them. */
  thumbs: (id: string, signal?: AbortSignal) => Promise<{ up: number; down: number }>;
  rate: (id: string, answer: string, thumb: "up" | "down" | "") => Promise<unknown>;
}

export function knowledgeCalls({ get, page, send }: Requests): KnowledgeCalls {
  const of = (id: string) => `/v1/knowledge-bases/${encodeURIComponent(id)}`;
  const document = (id: string, one: string) => `${of(id)}/documents/${encodeURIComponent(one)}`;
  return {
    list: (signal) => get("/v1/knowledge-bases", signal),
    create: (name) => send("POST", "/v1/knowledge-bases", { body: { name } }),
    remove: (id) => send("DELETE", of(id)),
    set: (base, settings) => send("PUT", `${of(base.id)}/settings`, { body: settings, ifMatch: `"${base.revision}"` }),
    documents: (id, cursor, signal) => page(`${of(id)}/documents`, cursor, signal),
    addFile: (id, fileName) => send("POST", `${of(id)}/documents`, { body: { file_name: fileName } }),
    addPairs: (id, name, pairs) => send("POST", `${of(id)}/faqs`, { body: { name, pairs } }),
    addPage: (id, url) => send("POST", `${of(id)}/web-pages`, { body: { url } }),
    read: (id, one) => send("POST", `${document(id, one)}/index`),
    replaceFile: (id, one, fileName) => send("POST", `${document(id, one)}/replace`, { body: { file_name: fileName } }),
    replacePairs: (id, one, pairs) => send("POST", `${document(id, one)}/replace`, { body: { pairs } }),
    enable: (id, one, isEnabled) => send("PATCH", document(id, one.id), { body: { is_enabled: isEnabled }, ifMatch: `"${one.revision}"` }),
    removeDocument: (id, one) => send("DELETE", document(id, one)),
    ask: (id, asked) => send("POST", `${of(id)}/ask`, { body: asked }),
    thumbs: (id, signal) => get(`${of(id)}/thumbs`, signal),
    rate: (id, answer, thumb) => send("POST", `${of(id)}/answers/${encodeURIComponent(answer)}/thumb`, { body: { thumb } }),
  };
}

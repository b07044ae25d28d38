import type { Requests } from "../../api/requests";
import type { Page } from "../../api/shapes";
import type { AskingSettings, KnowledgeBase } from "../knowledgeCalls";
import type { Asked, AskedWhole, Comparison, Evaluation, Gate, GoldenChange, GoldenQuestion } from "./evaluationShapes";

export interface EvaluationCalls {
  golden: (base: string, signal?: AbortSignal) => Promise<GoldenQuestion[]>;
  addGolden: (base: string, golden: GoldenChange) => Promise<GoldenQuestion>;
  /** Refused when somebody else changed it since it was read. */
  changeGolden: (base: string, before: GoldenQuestion, golden: GoldenChange) => Promise<GoldenQuestion>;
  removeGolden: (base: string, id: string) => Promise<unknown>;
  /** All rows or none: the problem's errors name those that are not as they must be. */
  importGolden: (base: string, csv: string, replace: boolean) => Promise<{ imported: number }>;
  exportGolden: (base: string) => Promise<{ csv: string }>;
  list: (base: string, signal?: AbortSignal) => Promise<Page<Evaluation>>;
  start: (base: string, note: string, settings: AskingSettings | null) => Promise<Evaluation>;
  get: (base: string, id: string, signal?: AbortSignal) => Promise<Evaluation>;
  cancel: (base: string, id: string) => Promise<Evaluation>;
  questions: (base: string, id: string, signal?: AbortSignal) => Promise<{ items: Asked[] }>;
  question: (base: string, id: string, number: number, signal?: AbortSignal) => Promise<AskedWhole>;
  compare: (base: string, before: string, after: string, signal?: AbortSignal) => Promise<Comparison>;
  setGate: (base: KnowledgeBase, gate: Gate) => Promise<KnowledgeBase>;
}

export function evaluationCalls({ all, get, page, send }: Requests): EvaluationCalls {
  const of = (id: string) => `/v1/knowledge-bases/${encodeURIComponent(id)}`;
  const golden = (id: string) => `${of(id)}/golden-questions`;
  const one = (id: string, evaluation: string) => `${of(id)}/evaluations/${encodeURIComponent(evaluation)}`;
  return {
    golden: (base, signal) => all(golden(base), signal),
    addGolden: (base, body) => send("POST", golden(base), { body }),
    changeGolden: (base, { id, revision }, body) =>
      send("PUT", `${golden(base)}/${encodeURIComponent(id)}`, { body, ifMatch: `"${revision}"` }),
    removeGolden: (base, id) => send("DELETE", `${golden(base)}/${encodeURIComponent(id)}`),
    importGolden: (base, csv, replace) => send("POST", `${golden(base)}/import`, { body: { csv, replace } }),
    exportGolden: (base) => get(`${golden(base)}/export`),
    list: (base, signal) => page(`${of(base)}/evaluations`, null, signal),
    start: (base, note, settings) => send("POST", `${of(base)}/evaluations`, { body: { note, settings } }),
    get: (base, id, signal) => get(one(base, id), signal),
    cancel: (base, id) => send("POST", `${one(base, id)}/cancel`),
    questions: (base, id, signal) => get(`${one(base, id)}/questions`, signal),
    question: (base, id, number, signal) => get(`${one(base, id)}/questions/${number}`, signal),
    compare: (base, before, after, signal) => get(`${one(base, before)}/comparison/${encodeURIComponent(after)}`, signal),
    setGate: (base, body) => send("PUT", `${of(base.id)}/gate`, { body, ifMatch: `"${base.revision}"` }),
  };
}

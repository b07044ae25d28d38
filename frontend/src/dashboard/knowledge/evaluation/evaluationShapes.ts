import type { AskingSettings } from "../knowledgeCalls";

/** What is asked to see whether answers are right. */
export interface GoldenChange {
  question: string;
  /** The name of the document that has the answer. */
  document: string;
  /** Text of the passage that has it. */
  passage: string;
  answer: string;
  is_unanswerable: boolean;
}

export interface GoldenQuestion extends GoldenChange {
  id: string;
  revision: number;
}

/** Rates are 0 to 1, null where there is nothing to count. */
export interface Totals {
  questions: number;
  judged: number;
  k: number;
  hit_rate: number | null;
  mrr: number | null;
  correctness: number | null;
  faithfulness: number | null;
  refusal_rate: number | null;
  answered_rate: number | null;
  not_judged: number;
  failed: number;
  tokens: number;
  usd: number | null;
  mean_milliseconds: number | null;
}

export interface Evaluation {
  id: string;
  created_at: number;
  finished_at: number | null;
  state: "queued" | "running" | "done" | "cancelled";
  note: string;
  total: number;
  judged: number;
  settings: AskingSettings;
  models: { chat: string; judge: string; embedding: string; reranker?: string };
  /** Whether the knowledge base answers in just this way now. */
  is_current: boolean;
  totals: Totals | null;
}

export interface Verdict {
  outcome: string;
  reason: string;
  rank: number | null;
  is_rank_expected: boolean;
  correctness: number | null;
  correctness_note: string;
  faithfulness: number | null;
  faithfulness_note: string;
  tokens: number;
  usd: number | null;
  milliseconds: number;
}

export interface Asked {
  number: number;
  question: string;
  is_unanswerable: boolean;
  /** Null as long as it waits. */
  verdict: Verdict | null;
}

export interface AskedWhole extends Asked {
  document: string;
  passage: string;
  expected_answer: string;
  answer: string;
  unsupported: string[];
  passages: {
    document_id: string;
    version: number;
    chunk_no: number;
    title: string;
    page: number | null;
    relevance: number;
    used: boolean;
    cited: number | null;
    /** Null when the document has changed since, or is gone. */
    text: string | null;
  }[];
}

export const changes = ["better", "worse", "same", "unclear"] as const;

export interface ComparedQuestion {
  question: string;
  is_unanswerable: boolean;
  change: (typeof changes)[number];
  before: Verdict | null;
  after: Verdict | null;
  before_number: number | null;
  after_number: number | null;
}

export interface Comparison {
  before: Evaluation;
  after: Evaluation;
  differences: Partial<Record<keyof Totals, number | null>>;
  changed_settings: Record<string, [unknown, unknown]>;
  changed_documents: number;
  better: number;
  worse: number;
  items: ComparedQuestion[];
}

/** What publishing a flow that uses the knowledge base asks of it. */
export interface Gate {
  is_on: boolean;
  correctness: number;
  faithfulness: number;
}

export function isUnderWay({ state }: Evaluation): boolean {
  return state === "queued" || state === "running";
}

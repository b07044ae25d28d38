import type { Requests } from "../api/requests";
import type { Page } from "../api/shapes";

export const causes = ["raised", "waited", "behind", "refused", "undelivered", "silent"] as const;

/** Letters a second that an order may go at. */
export const paces = [1, 2, 5, 10, 20] as const;
export const fastest = 20;

export interface Letter {
  id: string;
  /** Which work it was. */
  queue: string;
  sent_at: number;
  filed_at: number;
  /** Zero where its worker set it aside at once. */
  receives: number;
  cause: (typeof causes)[number];
  error: string | null;
  reason: string | null;
  channel: string | null;
  contact: string | null;
  campaign: string | null;
  in_hand: boolean;
}

export interface LetterSelection {
  queue?: string;
  cause?: string;
}

export interface LetterOrder {
  ids?: string[];
  /** Of all that fit. */
  selection?: LetterSelection;
  per_second: number;
}

export interface LetterJob {
  id: string;
  kind: "redrive" | "drop";
  state: "waiting" | "running" | "done" | "stopped";
  per_second: number;
  /** Null until the letters are counted. */
  total: number | null;
  done: number;
  skipped: number;
  created_at: number;
  finished_at: number | null;
}

export interface LetterCalls {
  list: (selection: LetterSelection, cursor: string | null, signal?: AbortSignal) => Promise<Page<Letter>>;
  get: (id: string, signal?: AbortSignal) => Promise<Letter & { body: string }>;
  order: (kind: LetterJob["kind"], order: LetterOrder) => Promise<LetterJob>;
  jobs: (signal?: AbortSignal) => Promise<{ items: LetterJob[] }>;
  stop: (job: string) => Promise<LetterJob>;
}

export function letterCalls({ get, page, send }: Requests): LetterCalls {
  return {
    list: (selection, cursor, signal) => page("/v1/dead-letters", cursor, signal, { ...selection }),
    get: (id, signal) => get(`/v1/dead-letters/${encodeURIComponent(id)}`, signal),
    order: (kind, order) => send("POST", `/v1/dead-letters/${kind}`, { body: order }),
    jobs: (signal) => get("/v1/dead-letter-jobs", signal),
    stop: (job) => send("POST", `/v1/dead-letter-jobs/${encodeURIComponent(job)}/stop`),
  };
}

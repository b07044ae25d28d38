import type { Requests } from "../api/requests";
import type { Export } from "../contacts/contactShapes";

export interface Meter {
  /** "messages_in", "messages_out", "ai_answers", "ai_tokens", "storage", "people"… */
  meter: string;
  used: number;
  /** Null where the plan sets none. */
  limit: number | null;
  unit: string;
  /** When it begins anew; null for what there is at a time, as storage. */
  resets_at: number | null;
}

export interface Usage {
  /** "2026-11" */
  month: string;
  plan: { id: string; name: string };
  meters: Meter[];
}

export interface PastMonth {
  month: string;
  meters: { meter: string; used: number; unit: string }[];
}

export interface UsageCalls {
  now: (signal?: AbortSignal) => Promise<Usage>;
  /** Newest first, the current one too. */
  history: (signal?: AbortSignal) => Promise<PastMonth[]>;
  startExport: () => Promise<Export>;
  export: (id: string, signal?: AbortSignal) => Promise<Export>;
}

export function usageCalls({ get, send }: Requests): UsageCalls {
  return {
    now: (signal) => get("/v1/usage", signal),
    history: async (signal) => (await get<{ months: PastMonth[] }>("/v1/usage/history", signal)).months,
    startExport: () => send("POST", "/v1/workspace/exports"),
    export: (id, signal) => get(`/v1/workspace/exports/${encodeURIComponent(id)}`, signal),
  };
}

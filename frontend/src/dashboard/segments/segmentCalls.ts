import type { Requests } from "../api/requests";
import type { Page } from "../api/shapes";
import type { Filter, Segment } from "./filters";

export interface Count {
  count: number;
  /** False where the API stopped counting and estimated the rest. */
  exact: boolean;
}

export interface SegmentCalls {
  list: (cursor: string | null, signal?: AbortSignal) => Promise<Page<Segment>>;
  get: (id: string, signal?: AbortSignal) => Promise<Segment>;
  create: (name: string, filter: Filter) => Promise<Segment>;
  change: (id: string, revision: number, name: string, filter: Filter) => Promise<Segment>;
  remove: (id: string) => Promise<unknown>;
  count: (filter: Filter, signal?: AbortSignal) => Promise<Count>;
}

export function segmentCalls({ get, page, send }: Requests): SegmentCalls {
  const at = (segment: string) => `/v1/segments/${encodeURIComponent(segment)}`;
  return {
    list: (cursor, signal) => page("/v1/segments", cursor, signal),
    get: (id, signal) => get(at(id), signal),
    create: (name, filter) => send("POST", "/v1/segments", { body: { name, filter } }),
    change: (id, revision, name, filter) => send("PATCH", at(id), { body: { name, filter }, ifMatch: `"${revision}"` }),
    remove: (id) => send("DELETE", at(id)),
    count: (filter, signal) => send("POST", "/v1/segments/count", { body: { filter }, ...(signal ? { signal } : {}) }),
  };
}

import type { Requests } from "../api/requests";
import type { Page } from "../api/shapes";
import type {
  Activity,
  Finding,
  FlowOpened,
  FlowRun,
  FlowShown,
  FlowVersion,
  GalleryFlow,
  SimulationAnswer,
  SimulationAsked,
} from "./flowShapes";
import type { StoredFlow } from "./model/storedFlow";

export interface FlowCalls {
  list: (cursor: string | null, signal?: AbortSignal) => Promise<Page<FlowShown>>;
  get: (id: string, signal?: AbortSignal) => Promise<FlowOpened>;
  create: (name: string) => Promise<FlowShown>;
  rename: (id: string, name: string) => Promise<unknown>;
  setArchived: (id: string, archived: boolean) => Promise<unknown>;
  /** `revision` is the draft's that was seen; refused when it is no longer the newest. */
  saveDraft: (id: string, flow: StoredFlow, revision: number) => Promise<FlowShown>;
  check: (id: string, flow: StoredFlow) => Promise<{ findings: Finding[] }>;
  publish: (id: string, note: string) => Promise<FlowVersion>;
  versions: (id: string, cursor: string | null, signal?: AbortSignal) => Promise<Page<FlowVersion>>;
  version: (id: string, version: number, signal?: AbortSignal) => Promise<FlowVersion & { flow: StoredFlow }>;
  restore: (id: string, version: number) => Promise<FlowShown>;
  importFlow: (flow: unknown) => Promise<FlowShown>;
  exportFlow: (id: string) => Promise<unknown>;
  simulate: (asked: SimulationAsked) => Promise<SimulationAnswer>;
  activity: (id: string, signal?: AbortSignal) => Promise<Activity>;
  /** The newest. */
  runs: (id: string, signal?: AbortSignal) => Promise<{ items: FlowRun[] }>;
  gallery: (signal?: AbortSignal) => Promise<{ items: GalleryFlow[] }>;
  /** `base`: the knowledge base that it is to answer from. */
  install: (name: string, base: string | null) => Promise<FlowShown>;
}

export function flowCalls({ get, page, send }: Requests): FlowCalls {
  const of = (id: string) => `/v1/flows/${encodeURIComponent(id)}`;
  return {
    list: (cursor, signal) => page("/v1/flows", cursor, signal),
    get: (id, signal) => get(of(id), signal),
    create: (name) => send("POST", "/v1/flows", { body: { name } }),
    rename: (id, name) => send("PATCH", of(id), { body: { name } }),
    setArchived: (id, archived) => send("PATCH", of(id), { body: { archived } }),
    saveDraft: (id, flow, revision) => send("PUT", `${of(id)}/draft`, { body: { flow }, ifMatch: `"${revision}"` }),
    check: (id, flow) => send("POST", `${of(id)}/check`, { body: { flow } }),
    publish: (id, note) => send("POST", `${of(id)}/publish`, { body: { note } }),
    versions: (id, cursor, signal) => page(`${of(id)}/versions`, cursor, signal),
    version: (id, version, signal) => get(`${of(id)}/versions/${version}`, signal),
    restore: (id, version) => send("POST", `${of(id)}/versions/${version}/restore`),
    importFlow: (flow) => send("POST", "/v1/flows/import", { body: { flow } }),
    exportFlow: (id) => get(`${of(id)}/export`),
    simulate: (asked) => send("POST", "/v1/flows/simulate", { body: asked }),
    activity: (id, signal) => get(`${of(id)}/activity`, signal),
    runs: (id, signal) => get(`${of(id)}/runs`, signal),
    gallery: (signal) => get("/v1/flow-gallery", signal),
    install: (name, base) => send("POST", `/v1/flow-gallery/${encodeURIComponent(name)}/install`, { body: { knowledge_base: base } }),
  };
}

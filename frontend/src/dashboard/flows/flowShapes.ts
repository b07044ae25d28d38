import type { AnswerSource } from "../knowledge/knowledgeCalls";
/** What the API answers about flows; times are milliseconds since the epoch. */
import type { Json, JsonObject, StoredFlow, StoredTrigger } from "./model/storedFlow";

export interface FlowShown {
  id: string;
  name: string;
  /** Of the draft; a change names the one that was seen. */
  revision: number;
  /** Null until it is published for the first time. */
  live_version: number | null;
  draft_changed: boolean;
  archived: boolean;
  triggers: StoredTrigger[];
  updated_at: number;
  updated_by: string;
}

export interface FlowOpened extends FlowShown {
  draft: Partial<StoredFlow>;
}

export interface Finding {
  /** Null when it concerns the flow as a whole. */
  node_id: string | null;
  level: "error" | "warning";
  code: string;
  message: string;
  /** The place within the step's data, or the exit that is meant. */
  field?: string | null;
  /** The id of what it speaks of outside of the flow: an evaluation. */
  about?: string | null;
}

export interface FlowVersion {
  version: number;
  note: string;
  published_at: number;
  published_by: string;
  live: boolean;
}

export interface NodeActivity {
  entered: number;
  waiting: number;
  dropped: number;
  exits: Record<string, number>;
}

export interface Activity {
  /** How often the flow was begun. */
  runs: number;
  nodes: Record<string, NodeActivity>;
}

export interface GalleryFlow {
  name: string;
  title: Record<string, string>;
  lead: Record<string, string>;
  /** A knowledge base is to be named when it is installed. */
  asks_knowledge: boolean;
}

export interface SimulationAsked {
  flow: StoredFlow;
  /** What the last answer's `state` was; null begins anew. */
  state: JsonObject | null;
  event: SimulatedEvent;
  contact?: JsonObject;
}

export type SimulatedEvent =
  | { type: "said"; text: string; payload?: string; message?: JsonObject }
  | { type: "started"; trigger: string; values?: JsonObject }
  | { type: "timer_fired" }
  | { type: "http_answered"; outcome: string; status: number | null; body: Json }
  | { type: "ai_answered"; outcome: string; text: string; sources?: AnswerSource[] }
  /** What is awaited is done for real. */
  | { type: "perform" }
  | { type: "taken_over" }
  | { type: "handed_back" };

export interface Waiting {
  awaited: "customer" | "action" | "time" | "person";
  /** When waiting has been too long; null: never. */
  deadline: number | null;
  flow: string;
  node: string;
}

export interface Visit {
  flow: string;
  node: string;
  /** False when the run was waiting here. */
  entered: boolean;
  exit: string | null;
  dropped: string | null;
}

/** What one step had to do with an event that really happened. */
export interface RunVisit {
  flow: string;
  node: string;
  exit?: string | null;
  dropped?: string | null;
  /** The variables that were set, in short. */
  values?: JsonObject;
}

export interface RunEvent {
  at: number;
  visits: RunVisit[];
}

/** One customer's way through the flow. */
export interface FlowRun {
  id: string;
  conversation_id: string;
  started_at: number;
  last_at: number;
  /** Null when it has ended. */
  waits_at: string | null;
  events: RunEvent[];
}

export interface Effect extends JsonObject {
  type: string;
}

export interface SimulationAnswer {
  state: JsonObject;
  waiting: Waiting | null;
  variables: JsonObject;
  contact: JsonObject;
  effects: Effect[];
  visits: Visit[];
  /** Why it was ended before its end. */
  stopped: string | null;
}

/** A flow as the API stores it: what is drawn here is what the engine runs. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = Record<string, Json>;

export interface Point {
  x: number;
  y: number;
}

export interface StoredNode {
  id: string;
  type: string;
  /** What people call it; without one it is called by its kind. */
  title?: string;
  data: JsonObject;
  position?: Point;
}

export interface StoredEdge {
  id?: string;
  source: string;
  /** The exit it leaves by; none stands for `default`. */
  sourceHandle?: string | null;
  target: string;
}

export type NoteTone = "saffron" | "teal" | "grey";

export interface StickyNote {
  id: string;
  text: string;
  position: Point;
  size: { width: number; height: number };
  tone: NoteTone;
}

/** What only the canvas needs; the engine never reads it. */
export interface CanvasKeep {
  start?: Point;
  notes?: StickyNote[];
}

export interface StoredTrigger extends JsonObject {
  type: string;
}

export interface StoredFlow {
  schema: number;
  name: string;
  /** Of the texts that are written in one language, and the last that is tried for a contact. */
  language?: string;
  /** The first node, empty while there is none. */
  start: string;
  nodes: StoredNode[];
  edges: StoredEdge[];
  triggers?: StoredTrigger[];
  canvas?: CanvasKeep;
  [more: string]: unknown;
}

export const defaultExit = "default";

export function exitOf(edge: StoredEdge): string {
  return edge.sourceHandle ?? defaultExit;
}

/** An exit has one edge at most, so that its name is enough. */
export function edgeId(source: string, exit: string): string {
  return `${source}:${exit}`;
}

export const newestSchema = 2;

/** A draft may be anything that was saved; what is missing is empty. */
export function completed(draft: Partial<StoredFlow>, name: string, language: string): StoredFlow {
  return { schema: newestSchema, language, start: "", nodes: [], edges: [], triggers: [], ...draft, name };
}

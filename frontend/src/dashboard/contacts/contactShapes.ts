/** People that the workspace writes to, as the API shows them; times are milliseconds since the epoch. */
export type OptState = "in" | "out" | "unknown";
export type FieldValue = string | number | boolean;

export interface OptIn {
  state: OptState;
  /** Who or what said so: "dashboard", "import", "flow"… */
  source: string;
  at: number;
}

export interface ContactRecord {
  id: string;
  /** Counts its changes; an edit names the one that was seen. */
  revision: number;
  name: string | null;
  /** E.164, or null where WhatsApp hides it. */
  phone: string | null;
  username: string | null;
  email: string | null;
  language: string | null;
  tags: string[];
  fields: Record<string, FieldValue>;
  opt_ins: Record<string, OptIn>;
  blocked: boolean;
  last_seen_at: number | null;
  created_at: number;
  updated_at: number;
  /** Ids of the conversations with this person. */
  conversations: string[];
}

/** What an edit may change; a field's null clears it. */
export interface ContactPatch {
  name?: string | null;
  phone?: string | null;
  email?: string | null;
  language?: string | null;
  tags?: string[];
  fields?: Record<string, FieldValue | null>;
}

export interface ContactNote {
  id: string;
  text: string;
  by: string;
  at: number;
}

export const fieldTypes = ["text", "number", "date", "boolean", "choice"] as const;
export type FieldType = (typeof fieldTypes)[number];

/** A field that the workspace has defined for its contacts. */
export interface FieldDefinition {
  key: string;
  name: string;
  type: FieldType;
  choices: string[];
  /** Counts its changes; an edit names the one that was seen. */
  revision: number;
}

/** Kinds of messages that a person may want or not. */
export const optKinds = ["marketing", "utility", "authentication"] as const;

/** Which contacts a list shows. */
export interface ContactQuery {
  search: string;
  tag: string;
  segmentId: string;
  /** "marketing:in", or empty. */
  optIn: string;
  /** "true", "false", or empty. */
  blocked: string;
}

/** Long work on the server: its count goes up until `url` can be downloaded. */
export interface Export {
  id: string;
  status: "waiting" | "running" | "done" | "failed" | "cancelled";
  done: number;
  /** Missing or null where nobody counts beforehand. */
  total?: number | null;
  url: string | null;
}

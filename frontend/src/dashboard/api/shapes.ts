/** What the API answers with; times are milliseconds since the epoch. */
export interface Me {
  user: { id: string; email: string } | null;
  /** Null for a person who is in no workspace yet. */
  workspace: WorkspaceHeader | null;
  role: string | null;
  permissions: string[];
  /** Every workspace of this person. */
  workspaces: { id: string; name: string; role: string }[];
}

export interface WorkspaceHeader {
  id: string;
  name: string;
  /** Counts its changes; a rename names the one that was seen. */
  revision: number;
  /** Set while the workspace waits to be deleted. */
  delete_after: number | null;
  time_zone: string | null;
  language: string | null;
  country_code: string | null;
}

/** An IANA name, a language as WhatsApp writes it, what numbers begin with; empty: not told. */
export interface WorkspacePlaceShape {
  time_zone: string;
  language: string;
  country_code: string;
}

export interface Member {
  user_id: string;
  email: string;
  role: string;
  joined_at: number;
}

export interface Invite {
  id: string;
  email: string;
  role: string;
  invited_by: string;
  created_at: number;
  expires_at: number;
}

export interface ApiKey {
  id: string;
  name: string;
  scopes: string[];
  /** The first letters of the key. */
  prefix: string;
  created_by: string;
  created_at: number;
  expires_at: number;
}

export interface AuditEntry {
  id: string;
  actor: { id: string; name: string };
  action: string;
  target: string;
  at: number;
  detail: Record<string, unknown>;
}

export interface Contact {
  id: string;
  name: string | null;
  wa_id: string | null;
  bsuid: string | null;
  username: string | null;
}

/** Which person answers instead of the bot. */
export interface Taken {
  /** A person's or key's id, "phone", or null while it waits for somebody of `team`. */
  by: string | null;
  team: string | null;
  since: number;
  /** When the bot goes on by itself. */
  back_at: number | null;
}

export interface Conversation {
  id: string;
  channel: string;
  contact: Contact;
  /** The contact's record; null for the first moments. */
  contact_id: string | null;
  blocked: boolean;
  /** Null while the bot answers. */
  taken: Taken | null;
  /** Until then anything may be sent, later templates only; null while the customer has not written. */
  open_until: number | null;
  /** Linked phones may write at any time. */
  has_window: boolean;
  last_message: { text: string | null; direction: "in" | "out"; type: string } | null;
  last_at: number;
}

export interface Message {
  /** Its number in the conversation, counted up. */
  id: string;
  direction: "in" | "out";
  type: string;
  text: string | null;
  at: number;
  wamid: string | null;
  status: "queued" | "sending" | "sent" | "delivered" | "read" | "failed" | "unsettled" | null;
  reason: string | null;
  /** What the type names, in WhatsApp's own shape. */
  content: unknown;
  /** The wamid of the message that this one edits, deletes or reacts to. */
  target: string | null;
  /** The wamid of the message that this one answers. */
  quotes: string | null;
  /** "message", or how it came otherwise: echo, standby, history, history_echo, call. */
  kind: string;
  /** What somebody's phone sent with it. */
  file: MessageFile | null;
}

/** `mime_type` is what its bytes say; `reason` says why it takes long, or why it is lost. */
export interface MessageFile {
  state: "waiting" | "stored" | "failed";
  reason: string | null;
  mime_type: string | null;
  size: number;
}

export interface FileLink {
  url: string;
  expires_at: number;
  mime_type: string;
  size: number;
  file_name: string;
}

export interface InspectionEntry {
  id: string;
  reason: string;
  /** Null or empty where the webhook names none. */
  field: string | null;
  at: number;
  body: unknown;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** What the API answers with; times are milliseconds since the epoch. */
export interface Me {
  user: { id: string; email: string } | null;
  workspace: { id: string; name: string };
  role: string;
}

export interface Contact {
  id: string;
  name: string | null;
  wa_id: string | null;
  bsuid: string | null;
  username: string | null;
}

export interface Conversation {
  id: string;
  channel: string;
  contact: Contact;
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

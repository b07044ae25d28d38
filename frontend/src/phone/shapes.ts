import type { Choice } from "../chat/choices";

/** The phone API of the stand-in for Meta; times are milliseconds since the epoch. */
export interface Business {
  name: string;
  display_phone_number: string;
  phone_number_id: string;
}

export type Status = "pending" | "sent" | "delivered" | "read" | "failed";

export interface WireMessage {
  id: string;
  from: "customer" | "business";
  type: string;
  text: string;
  at: number;
  status: Status;
  context_id: string | null;
  /** What there is besides the text. */
  content?: WireContent | null;
}

export interface WireContent {
  choices?: Choice[];
  /** A customer's own media, by its type. */
  image?: { id?: string; link?: string };
  sticker?: { id?: string; link?: string };
  document?: { id?: string; link?: string; filename?: string };
}

/** What a customer does besides writing. */
export type Gesture =
  | { tap: { message_id: string; id: string } }
  | { location: { latitude: number; longitude: number; name: string } }
  | { media: { mime_type: string; data: string; filename: string } };

export interface Customer {
  id: string;
  name: string;
  wa_id: string | null;
  user_id: string;
  username: string | null;
  avatar_color: string;
  last: WireMessage | null;
  unread: number;
}

export interface PhoneState {
  business: Business;
  customers: Customer[];
}

export type LiveEvent =
  | { type: "message"; customer_id: string; message: WireMessage }
  | { type: "status"; customer_id: string; message_id: string; status: Status }
  | { type: "typing"; customer_id: string; seconds?: number }
  | { type: "customer"; customer_id: string; customer: Customer };

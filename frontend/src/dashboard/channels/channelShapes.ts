/** A number, as the API has it. Qualities, limits and names are Meta's own words. */
export interface Channel {
  id: string;
  kind: string;
  state: "connected" | "needs_attention" | "disconnected";
  reason: string;
  display_phone_number: string;
  name: string;
  waba_id: string;
  app_id: string;
  coexistence: boolean;
  flow_id: string;
  health: {
    quality: string;
    messaging_limit: string;
    throughput: string;
    name_status: string;
    username: string;
    username_status: string;
    /** How much of the phone's history has come, in percent, or "declined"; empty on other numbers. */
    history: string;
    per_second: number;
  };
  warning: string;
  warned_at: number | null;
  /** Of channels of an own app. */
  webhook_url: string | null;
  created_at: number;
  updated_at: number;
}

/** What Meta's sign-up window needs, where the platform offers it. */
export interface SignupOffered {
  app_id: string;
  config_id: string;
  graph_version: string;
}

export interface ChannelPage {
  items: Channel[];
  next_cursor: string | null;
  signup: SignupOffered | null;
  /** Whether phones can be linked here. */
  linked_phones: boolean;
}

/** How a linked phone is connected; `qr` is a picture as a data address. */
export interface Connection {
  state: "connecting" | "reconnecting" | "open" | "close";
  qr: string | null;
  error: string;
  restricted: string;
  updated_at: number;
}

/** `verify_token` is told once, for an own app. */
export interface Connected {
  channel: Channel;
  verify_token: string | null;
}

export interface OwnApp {
  app_id: string;
  app_secret: string;
  access_token: string;
  waba_id: string;
  phone_number_id: string;
}

export interface Signup {
  code: string;
  waba_id: string;
  phone_number_id: string;
  coexistence: boolean;
}
